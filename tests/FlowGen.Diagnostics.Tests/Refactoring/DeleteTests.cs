using FlowGen.Generator.Model;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowGen.Diagnostics.Tests.Refactoring;

/// <summary>
/// A node that is taken away takes its edges with it and no others: every remaining parameter is bound to what is left of its sources, or
/// there is an error. Two things follow from the language's own words and are no surprise: [Otherwise] stands for what no [When] lists, and
/// a result falls back to the producer that all others precede (language.md B10).
/// </summary>
public class DeleteTests
{
    public static TheoryData<string> Names => Corpus.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Deleting_a_node_rewires_nothing(string name)
    {
        foreach (WorkflowClass workflow in Corpus.Get(name).Workflows)
        {
            foreach (BoundNode node in workflow.Nodes)
            {
                MethodDeclarationSyntax declaration = workflow.Declaration(node);
                Subject after = workflow.Subject.With([declaration], _ => null);
                foreach (WorkflowClass other in workflow.Subject.Workflows)
                {
                    Check(workflow, node, other, after);
                }
            }
        }
    }

    private static void Check(WorkflowClass workflow, BoundNode deleted, WorkflowClass other, Subject after)
    {
        if (after.GraphOf(other.Key) is not { } graph)
        {
            return;
        }

        IEnumerable<string> changes = other.Has(workflow)
            ? GraphChange.OfDeletion(other.Graph, graph, deleted.Name, Otherwise(workflow))
            : graph.DifferencesFrom(other.Graph);
        string[] surprising = [.. changes];
        Assert.True(surprising.Length == 0 || after.CompilerErrors.Any(), $"{workflow.Key} without {deleted.Name} rewires {other.Key}:\n{string.Join("\n", surprising)}");
    }

    private static HashSet<string> Otherwise(WorkflowClass workflow)
        => [.. workflow.Nodes.Where(n => workflow.Declaration(n).AttributeLists.ToString().Contains("Otherwise", StringComparison.Ordinal)).Select(n => n.Name)];
}
