using FlowGen.Analyzers;
using FlowGen.Generator.Diagnostics;
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

    /// <summary>Before any generator has run. Rules that are off unless somebody asks for them are on if they are among <paramref name="asked"/>.</summary>
    public static Compilation Compile(string prelude, string source, IEnumerable<string>? asked = null)
    {
        CSharpCompilation compilation = FlowCompiler.CreateCompilation(Options, FlowCompiler.Usings + prelude)
            .AddSyntaxTrees(CSharpSyntaxTree.ParseText(source, Options, SourcePath));
        IEnumerable<KeyValuePair<string, ReportDiagnostic>> enabled = (asked ?? [])
            .Distinct(StringComparer.Ordinal)
            .Select(Descriptors.Get)
            .Where(rule => !rule.IsEnabledByDefault)
            .Select(rule => KeyValuePair.Create(rule.Id, ReportDiagnostic.Info));
        return compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions(compilation.Options.SpecificDiagnosticOptions.Concat(enabled)));
    }

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
