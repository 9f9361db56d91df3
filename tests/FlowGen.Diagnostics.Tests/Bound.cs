using FlowGen.Generator.Linking;
using FlowGen.Generator.Model;
using FlowGen.Generator.Parsing;
using FlowGen.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FlowGen.Diagnostics.Tests;

/// <summary>Runs the front end alone: source to models to bound workflows.</summary>
internal static class Bound
{
    /// <summary>The domain types that cases are written in.</summary>
    public const string Prelude =
        "public record A; public record B; public record C; public record D : C; public record E; public enum Color { Red, Green, Blue }";

    public static IReadOnlyList<WorkflowModel> Parse(params string[] sources)
        => Parse(FlowCompiler.CreateCompilation(new CSharpParseOptions(LanguageVersion.Preview), [FlowCompiler.Usings + Prelude, .. sources]));

    public static IReadOnlyList<WorkflowModel> Parse(Compilation compilation)
        => [.. compilation.GetSymbolsWithName(_ => true, SymbolFilter.Type)
            .OfType<INamedTypeSymbol>()
            .Select(type => (Type: type, Attribute: FlowNames.Find(type, FlowAttribute.Workflow)))
            .Where(found => found.Attribute is not null)
            .OrderBy(found => found.Attribute!.ApplicationSyntaxReference!, Comparer<SyntaxReference>.Create(DeclarationOrder.Compare))
            .Select(found => WorkflowParser.Parse(found.Type, found.Attribute!, compilation, CancellationToken.None))];

    public static LinkResult Link(params string[] sources)
        => WorkflowLinker.Link([.. Parse(sources).Select(m => WorkflowBinder.Bind(m, CancellationToken.None))], CancellationToken.None);

    /// <summary>The one workflow called <paramref name="name"/>, without errors.</summary>
    public static BoundWorkflow Workflow(string name, params string[] sources)
    {
        LinkedResult result = Link(sources).Workflows.Single(w => w.Surface.Name == name);
        string issues = string.Join("; ", result.Issues.Select(i => $"{i.Id}({string.Join(", ", i.Arguments)})"));
        return result.Linked?.Root ?? throw new InvalidOperationException($"{name} is broken: {issues}");
    }

    /// <summary>Nodes, their presence and their sources in words, so that a test reads like a graph.</summary>
    public static string Describe(BoundWorkflow workflow)
    {
        IEnumerable<string> lines = workflow.Nodes.Select(node =>
        {
            string presence = node.Presence.Length > 0 ? $" [{node.Presence}]" : "";
            string sources = string.Join("; ", node.Arguments.Where(a => a.Value is not null).Select(a => Describe(workflow, a.Parameter, a.Value!)));
            return $"{node.Name}{presence}: {sources}";
        });
        return string.Join("\n", workflow.Result is { } result ? lines.Append(Describe(workflow, "result", result)) : lines);
    }

    private static string Describe(BoundWorkflow workflow, string name, BoundValue value)
    {
        string strength = value.Strength switch
        {
            Strength.Required => "",
            Strength.Nullable => "?",
            _ => $" {value.Strength}",
        };
        IEnumerable<string> sources = value.Sources.Select(s =>
            (s.Kind == SourceKind.Input ? workflow.Surface.Entry!.Inputs[s.Index].Name : workflow.Nodes[s.Index].Name) + s.Access);
        return $"{name}{strength} <- {string.Join(value.Combination == Combination.Gather ? " & " : " | ", sources)}";
    }
}
