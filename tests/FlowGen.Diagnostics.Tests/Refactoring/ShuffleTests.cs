using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowGen.Diagnostics.Tests.Refactoring;

/// <summary>Member order never matters: every arrangement of the members of every workflow has the same graph.</summary>
public class ShuffleTests
{
    private const int Rounds = 4;

    public static TheoryData<string> Names => Corpus.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Shuffling_members_changes_nothing(string name)
    {
        Subject before = Corpus.Get(name);
        for (int round = 0; round < Rounds; round++)
        {
            Random random = new(round);
            Same(before, Rearranged(before, members => random.Shuffle(members)));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Turning_members_round_changes_nothing(string name)
    {
        Subject before = Corpus.Get(name);
        Same(before, Rearranged(before, Array.Reverse));
    }

    private static void Same(Subject before, Subject after)
    {
        foreach (WorkflowClass workflow in before.Workflows)
        {
            Wiring? graph = after.GraphOf(workflow.Key);
            Assert.True(graph is not null, $"{workflow.Key} has errors now: {Errors.Of(after, workflow.Key)}");
            Assert.Empty(graph.DifferencesFrom(workflow.Graph));
        }
    }

    /// <summary>One class after the other, because one may stand in another.</summary>
    private static Subject Rearranged(Subject before, Action<MemberDeclarationSyntax[]> rearrange)
        => before.Workflows.Aggregate(before, (subject, workflow) => subject.With(subject.PartsOf(workflow.Key), part =>
        {
            MemberDeclarationSyntax[] members = [.. ((TypeDeclarationSyntax)part).Members];
            rearrange(members);
            return ((TypeDeclarationSyntax)part).WithMembers([.. members.Select(m => m.WithTrailingTrivia(m.GetTrailingTrivia().Add(SyntaxFactory.LineFeed)))]);
        }));
}
