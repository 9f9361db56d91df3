using FlowGen.Analyzers;
using FlowGen.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FlowGen.Diagnostics.Tests;

/// <summary>Runs the analyzer as a compiler does.</summary>
internal static class Live
{
    public const string SourcePath = "Case.cs";

    public static readonly CSharpParseOptions Options = new(LanguageVersion.Preview, DocumentationMode.Diagnose);

    /// <summary>Before any generator has run.</summary>
    public static Compilation Compile(string prelude, string source)
        => FlowCompiler.CreateCompilation(Options, FlowCompiler.Usings + prelude)
            .AddSyntaxTrees(CSharpSyntaxTree.ParseText(source, Options, SourcePath));

    public static GeneratorDriverRunResult Generate(Compilation before, out Compilation after)
        => CSharpGeneratorDriver.Create([.. FlowCompiler.CreateGenerators()], parseOptions: Options)
            .RunGeneratorsAndUpdateCompilation(before, out after, out _)
            .GetRunResult();

    /// <summary>What it reports, in the order of the source.</summary>
    public static async Task<IReadOnlyList<Diagnostic>> ReportedAsync(Compilation compilation)
    {
        IEnumerable<Diagnostic> all = await compilation.WithAnalyzers([new WorkflowAnalyzer()]).GetAnalyzerDiagnosticsAsync();
        return [.. all.OrderBy(d => d.Location.SourceSpan.Start).ThenBy(d => d.Id, StringComparer.Ordinal)];
    }
}
