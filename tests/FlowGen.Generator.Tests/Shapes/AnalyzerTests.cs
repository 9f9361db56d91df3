using System.Collections.Immutable;
using System.Reflection;
using FlowGen.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FlowGen.Generator.Tests.Shapes;

/// <summary>
/// A project may switch on every rule there is and treat warnings as errors: generated files must give none of them anything to say. All
/// rules of the SDK (AnalysisMode=All), Meziantou and Roslynator run over the shapes, those that are off by default included.
/// </summary>
public class AnalyzerTests
{
    /// <summary>Without those that differ from others in a type or a number only: rules look at code, not at types.</summary>
    private static readonly List<Shape> s_shapes = [.. DeclarationShapes.All, .. EntryShapes.All.Where((_, i) => i % 4 == 0), .. NodeShapes.All.Skip(9), .. GraphShapes.All.SkipLast(1), .. ReachShapes.All];

    private static readonly Lazy<ImmutableArray<DiagnosticAnalyzer>> s_analyzers = new(Load);

    [Theory]
    [InlineData("Microsoft.CodeAnalysis")]
    [InlineData("Meziantou")]
    [InlineData("Roslynator")]
    public async Task Nothing_is_reported_in_generated_files(string family)
    {
        ImmutableArray<DiagnosticAnalyzer> analyzers =
            [.. s_analyzers.Value.Where(analyzer => analyzer.GetType().Assembly.GetName().Name!.StartsWith(family, StringComparison.Ordinal))];
        Assert.True(analyzers.Length > 50, $"{analyzers.Length} analyzers of {family}");
        CompiledFlow flow = FlowCompiler.Compile([.. s_shapes.Select(shape => shape.Source)]).MustCompile();
        Assert.True(flow.Files.Count > s_shapes.Count);

        IEnumerable<Diagnostic> reported = await Strictly(flow.Output, analyzers)
            .WithAnalyzers(analyzers, new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: false))
            .GetAnalyzerDiagnosticsAsync();

        Assert.Contains(reported, found => found.Location.SourceTree?.FilePath.StartsWith("Source", StringComparison.Ordinal) == true);
        Assert.Equal([], reported
            .Where(found => found.Id == "AD0001" || found.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true)
            .Select(found => found.ToString()));
    }

    private static CSharpCompilation Strictly(CSharpCompilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        IEnumerable<KeyValuePair<string, ReportDiagnostic>> all = analyzers
            .SelectMany(analyzer => analyzer.SupportedDiagnostics)
            .Select(rule => rule.Id)
            .Distinct(StringComparer.Ordinal)
            .Select(id => KeyValuePair.Create(id, ReportDiagnostic.Warn));
        return compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions(all).WithGeneralDiagnosticOption(ReportDiagnostic.Default));
    }

    private static ImmutableArray<DiagnosticAnalyzer> Load()
        => [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "analyzers"), "*.dll")
            .Where(file => !file.Contains("CodeFix", StringComparison.Ordinal))
            .Select(Assembly.LoadFrom)
            .SelectMany(TypesOf)
            .Where(type => !type.IsAbstract && type.IsDefined(typeof(DiagnosticAnalyzerAttribute), inherit: false)
                && type.GetCustomAttribute<DiagnosticAnalyzerAttribute>()!.Languages.Contains(LanguageNames.CSharp))
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)];

    /// <summary>Some assemblies hold code fixes too, whose base classes no test needs.</summary>
    private static IEnumerable<Type> TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException partial)
        {
            return partial.Types.OfType<Type>();
        }
    }
}
