using FlowGen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowGen.Diagnostics.Tests.Refactoring;

/// <summary>
/// A node that gets another name keeps its place: the graph is the same but for the name, or there is an error. That holds for a fresh
/// name and for every name that some parameter has and could be taken in by.
/// </summary>
public class RenameTests
{
    public static TheoryData<string> Names => Corpus.Names;

    /// <summary>As an editor renames, with every <c>nameof</c>.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Renaming_a_node_everywhere_rewires_nothing(string name)
    {
        foreach (WorkflowClass workflow in Corpus.Get(name).Workflows)
        {
            foreach (BoundNode node in workflow.Nodes)
            {
                SyntaxToken[] tokens = [.. References(workflow, node), workflow.Declaration(node).Identifier];
                Check(workflow, node, tokens);
            }
        }
    }

    /// <summary>As a hand renames that forgets all others; what is left dangling is an error of the compiler itself.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Renaming_only_the_declaration_rewires_nothing(string name)
    {
        foreach (WorkflowClass workflow in Corpus.Get(name).Workflows)
        {
            foreach (BoundNode node in workflow.Nodes)
            {
                Check(workflow, node, [workflow.Declaration(node).Identifier]);
            }
        }
    }

    /// <summary>Where a name is what pairs values with parameters, renaming is an error; everywhere else nothing happens at all.</summary>
    [Theory]
    [InlineData("S3_TicketDesk", "")]
    [InlineData("S5_Fulfil", "Scenarios.FulfilOrder.Cold, Scenarios.FulfilOrder.Dry, Scenarios.MakeLabel.Text")]
    [InlineData("PackageAudit", "")]
    public void Only_what_binds_by_name_needs_its_name(string name, string errors)
    {
        Subject before = Corpus.Get(name);
        IEnumerable<string> broken =
            from workflow in before.Workflows
            from node in workflow.Nodes
            let after = before.With([.. References(workflow, node), workflow.Declaration(node).Identifier], "Renamed")
            where after.Workflows.Count < before.Workflows.Count
            select $"{workflow.Key}.{node.Name}";
        Assert.Equal(errors, string.Join(", ", broken.Order(StringComparer.Ordinal)));
    }

    private static void Check(WorkflowClass workflow, BoundNode node, SyntaxToken[] tokens)
    {
        string suffix = node.MethodName.EndsWith("Async", StringComparison.Ordinal) && node.Name != node.MethodName ? "Async" : "";
        foreach (string fresh in workflow.TemptingNames.Prepend("Renamed"))
        {
            Subject after = workflow.Subject.With(tokens, fresh + suffix);
            foreach (WorkflowClass other in workflow.Subject.Workflows)
            {
                Wiring expected = other.Has(workflow) ? other.Graph.Renamed(node.Name, fresh) : other.Graph;
                if (after.GraphOf(other.Key) is { } graph && graph.DifferencesFrom(expected) is { Count: > 0 } differences)
                {
                    Assert.True(after.CompilerErrors.Any(), $"{workflow.Key}.{node.Name} renamed to {fresh} rewires {other.Key}:\n{string.Join("\n", differences)}");
                }
            }
        }
    }

    private static IEnumerable<SyntaxToken> References(WorkflowClass workflow, BoundNode node)
    {
        foreach (TypeDeclarationSyntax part in workflow.Parts)
        {
            SemanticModel model = workflow.Subject.ModelOf(part.SyntaxTree);
            foreach (IdentifierNameSyntax name in part.DescendantNodes().OfType<IdentifierNameSyntax>().Where(n => n.Identifier.ValueText == node.MethodName.TrimStart('@')))
            {
                SymbolInfo info = model.GetSymbolInfo(name);
                if (info.CandidateSymbols.Add(info.Symbol!).Any(s => s is IMethodSymbol { MethodKind: MethodKind.Ordinary } method
                    && method.DeclaringSyntaxReferences.Any(r => workflow.Parts.Any(p => p.SyntaxTree == r.SyntaxTree && p.Span.Contains(r.Span)))))
                {
                    yield return name.Identifier;
                }
            }
        }
    }
}
