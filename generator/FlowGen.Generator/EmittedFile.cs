using System.Collections.Immutable;
using System.Text;
using FlowGen.Generator.Emission;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace FlowGen.Generator;

/// <summary>A generated file. No text: nothing can be added to the class, which has an error that says why.</summary>
internal sealed record EmittedFile(string HintName, string? Text)
{
    public static EmittedFile Of(LoweredWorkflow workflow, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string? text = workflow.Plan is { } plan ? WorkflowEmitter.Emit(plan)
            : workflow.InheritsEntry ? InheritedEmitter.Emit(workflow.Surface)
            : workflow.CanEmit ? FallbackEmitter.Emit(workflow.Surface, workflow.Declared, workflow.Reason)
            : null;
        return new EmittedFile(workflow.FileName, text);
    }

    public static EmittedFile OfCatalog((ImmutableArray<CatalogEntry?> Entries, string Namespace) catalog, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        List<CatalogEntry> entries = catalog.Entries.OfType<CatalogEntry>().ToList();
        return new EmittedFile(HintNames.Catalog, entries.Count == 0 ? null : CatalogEmitter.Emit(catalog.Namespace, entries));
    }

    public void AddTo(SourceProductionContext output)
    {
        if (Text is not null)
        {
            output.AddSource(HintName, SourceText.From(Text, Encoding.UTF8));
        }
    }
}
