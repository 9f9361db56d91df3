using FlowGen.Generator.Linking;
using FlowGen.Generator.Lowering;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FlowGen.Generator;

/// <summary>
/// The compiler: [Workflow] classes in, one source file each and a catalog out. Every step is tracked by name, and what leaves
/// <see cref="WorkflowParser"/> holds no Roslyn object, so that an edit re-runs only what it changes.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class FlowGenerator : IIncrementalGenerator
{
    private const string WorkflowAttribute = "FlowGen.WorkflowAttribute";

    private readonly int _maxMethodWeight;

    /// <summary>Makes the generator as it is used.</summary>
    public FlowGenerator()
        : this(Segments.MaxWeight)
    {
    }

    /// <summary>Tests let small workflows be divided as only large ones are.</summary>
    internal FlowGenerator(int maxMethodWeight) => _maxMethodWeight = maxMethodWeight;

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<LinkedResult> linked = context.SyntaxProvider
            .ForAttributeWithMetadataName(WorkflowAttribute, static (node, _) => node is TypeDeclarationSyntax, WorkflowParser.Parse)
            .WithTrackingName(TrackingNames.Parse)
            .Select(WorkflowBinder.Bind)
            .WithTrackingName(TrackingNames.Bind)
            .Collect()
            .SelectMany(static (workflows, token) => WorkflowLinker.Link(workflows, token).Workflows)
            .WithTrackingName(TrackingNames.Link);

        IncrementalValuesProvider<LoweredWorkflow> lowered = linked
            .Select((result, token) => LoweredWorkflow.Of(result, _maxMethodWeight, token))
            .WithTrackingName(TrackingNames.Lower);

        context.RegisterSourceOutput(
            lowered.Select(EmittedFile.Of).WithTrackingName(TrackingNames.Emit),
            static (output, file) => file.AddTo(output));

        context.RegisterSourceOutput(
            linked.Select(CatalogEntry.Of).Collect().Combine(CatalogPlace.In(context)).Select(EmittedFile.OfCatalog).WithTrackingName(TrackingNames.Catalog),
            static (output, file) => file.AddTo(output));

        BuildGuard.Register(context, linked);
    }
}
