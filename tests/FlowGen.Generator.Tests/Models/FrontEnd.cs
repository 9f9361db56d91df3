using FlowGen.Generator.Linking;
using FlowGen.Generator.Lowering;
using FlowGen.Generator.Model;
using FlowGen.Generator.Parsing;
using FlowGen.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FlowGen.Generator.Tests.Models;

/// <summary>The steps of the generator one by one, without its driver.</summary>
internal static class FrontEnd
{
    public static IReadOnlyList<WorkflowModel> Parse(params string[] sources)
    {
        Compilation compilation = FlowCompiler.CreateCompilation(new CSharpParseOptions(LanguageVersion.Preview), [FlowCompiler.Usings, .. sources]);
        return [.. compilation.GetSymbolsWithName(_ => true, SymbolFilter.Type)
            .OfType<INamedTypeSymbol>()
            .Select(type => (Type: type, Attribute: Parsing.FlowNames.Find(type, FlowAttribute.Workflow)))
            .Where(found => found.Attribute is not null)
            .OrderBy(found => TypeNames.Metadata(found.Type), StringComparer.Ordinal)
            .Select(found => WorkflowParser.Parse(found.Type, found.Attribute!, compilation, CancellationToken.None))];
    }

    public static LinkResult Link(IReadOnlyList<WorkflowModel> models)
        => WorkflowLinker.Link([.. models.Select(model => WorkflowBinder.Bind(model, CancellationToken.None))], CancellationToken.None);

    public static LoweredWorkflow Lower(LinkedResult linked) => LoweredWorkflow.Of(linked, Segments.MaxWeight, CancellationToken.None);

    /// <summary>The plan of the workflow called <paramref name="name"/>.</summary>
    public static ExecutionPlan Plan(string name, params string[] sources)
    {
        LinkedResult found = Link(Parse(sources)).Workflows.Single(workflow => workflow.Surface.Name == name);
        string issues = string.Join("; ", found.Issues.Select(issue => $"{issue.Id}({string.Join(", ", issue.Arguments)})"));
        return found.Linked is { } linked
            ? WorkflowLowering.Lower(linked, CancellationToken.None)
            : throw new InvalidOperationException($"{name} is broken: {issues}");
    }
}
