using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Linking;
using FlowGen.Generator.Model;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FlowGen.Generator;

/// <summary>
/// The analyzer reports what is wrong, live and in place. A build that skips analyzers must still break: then each broken workflow gets
/// one FG0001. Where the C# compiler finds an error in the declaration itself it ends before analyzers have spoken: the generator says in their place what is
/// wrong. A language version that the emitted code cannot be written in gets FG0002.
/// </summary>
internal static class BuildGuard
{
    public static void Register(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<LinkedResult> linked)
    {
        IncrementalValueProvider<bool> skipsAnalyzers = context.AnalyzerConfigOptionsProvider
            .Select(static (options, _) => SkipsAnalyzers(options.GlobalOptions));

        context.RegisterSourceOutput(
            linked.Select(static (result, _) => BrokenWorkflow.Of(result)).Combine(skipsAnalyzers),
            static (output, pair) =>
            {
                if (pair.Left is { } broken && pair.Right)
                {
                    output.ReportDiagnostic(Diagnostic.Create(
                        Descriptors.Get(Rule.NotCompiled), Location.None, broken.Name, broken.Reason));
                }
            });

        context.RegisterSourceOutput(
            linked.Where(static result => Reports.BeforeAnalyzers(result).Any()).Combine(skipsAnalyzers).Combine(context.CompilationProvider),
            static (output, found) =>
            {
                ((LinkedResult result, bool skips), Compilation compilation) = found;
                foreach (Issue issue in skips ? [] : Reports.BeforeAnalyzers(result))
                {
                    output.ReportDiagnostic(Reports.Create(issue, SpotLocator.Locate(compilation, issue.Spot), []));
                }
            });

        context.RegisterSourceOutput(
            linked.Collect().Select(static (all, _) => !all.IsEmpty).Combine(context.ParseOptionsProvider),
            static (output, pair) =>
            {
                if (pair.Left && pair.Right is CSharpParseOptions options && options.LanguageVersion < LanguageVersion.CSharp11)
                {
                    output.ReportDiagnostic(Diagnostic.Create(Descriptors.Get(Rule.CompilerTooOld), Location.None, "C# language version", "C# 11"));
                }
            });
    }

    private static bool SkipsAnalyzers(AnalyzerConfigOptions options)
    {
        bool Is(string property, string value) =>
            options.TryGetValue("build_property." + property, out string? set) && string.Equals(set, value, StringComparison.OrdinalIgnoreCase);

        return Is("RunAnalyzers", "false")
            || Is("RunAnalyzersDuringBuild", "false")
            || (Is("IsImplicitlyTriggeredBuild", "true") && Is("OptimizeImplicitlyTriggeredBuild", "true"));
    }

    /// <summary>A workflow with errors of its own, and the first of them.</summary>
    private sealed record BrokenWorkflow(string Name, string Reason)
    {
        public static BrokenWorkflow? Of(LinkedResult result)
            => Reports.WhyNotCompiled(result) is { } reason ? new BrokenWorkflow(result.Display, reason) : null;
    }
}
