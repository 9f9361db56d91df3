using System.Collections.Immutable;
using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FlowGen.Analyzers;

/// <summary>Reports live what the compiler has to say about workflows: the same checks as the generator's, with real locations.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class WorkflowAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [.. Descriptors.All.Where(d => d.Id is not (Rule.NotCompiled or Rule.CompilerTooOld))];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName(FlowNames.Workflow) is null)
            {
                return;
            }

            CompilationCheck check = new(start.Compilation);
            start.RegisterSymbolAction(
                context =>
                {
                    foreach (Diagnostic diagnostic in check.Find((INamedTypeSymbol)context.Symbol, context.CancellationToken))
                    {
                        context.ReportDiagnostic(diagnostic);
                    }
                },
                SymbolKind.NamedType);
        });
    }
}
