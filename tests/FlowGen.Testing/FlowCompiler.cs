using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using FlowGen.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FlowGen.Testing;

/// <summary>
/// Compiles source in memory with the generator attached, as a strict project would: nullable on, every warning wave, every warning an
/// error, documentation checked in what FlowGen emits.
/// </summary>
public static class FlowCompiler
{
    /// <summary>What <c>ImplicitUsings</c> of the SDK adds, and FlowGen.</summary>
    public const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using FlowGen;
        """;

    // No analyzer looks at these compilations, so the generator has to say itself what is wrong.
    private static readonly BuildProperties s_properties = new(new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["RunAnalyzers"] = "false",
        ["RootNamespace"] = "Compiled",
    });

    private static readonly Lazy<ImmutableArray<MetadataReference>> s_references = new(FindReferences);

    /// <summary>Compiles <paramref name="sources"/> (one file each) together with the implicit usings.</summary>
    public static CompiledFlow Compile(params string[] sources) => Compile(LanguageVersion.Preview, sources);

    /// <summary>The same in one version of the language, from C# 11.</summary>
    public static CompiledFlow Compile(LanguageVersion version, params string[] sources) => Compile(version, CreateGenerators(), sources);

    /// <summary>The same with every workflow of more than a few steps divided into many methods, as only very large ones are.</summary>
    public static CompiledFlow CompileDivided(params string[] sources)
        => Compile(LanguageVersion.Preview, [new FlowGenerator(maxMethodWeight: 3).AsSourceGenerator()], sources);

    private static CompiledFlow Compile(LanguageVersion version, IEnumerable<ISourceGenerator> generators, string[] sources)
    {
        CSharpParseOptions parse = new(version, DocumentationMode.Diagnose);
        CSharpCompilation input = CreateCompilation(parse, [Usings, .. sources]);
        GeneratorDriver driver = CreateDriver(parse, generators, tracksSteps: true);
        driver = driver.RunGeneratorsAndUpdateCompilation(input, out Compilation output, out ImmutableArray<Diagnostic> reported);
        return new CompiledFlow(input, (CSharpCompilation)output, driver.GetRunResult(), reported);
    }

    /// <summary>The generator, in a build that no analyzer looks at.</summary>
    public static GeneratorDriver CreateDriver(CSharpParseOptions parse, IEnumerable<ISourceGenerator>? generators = null, bool tracksSteps = false)
        => CSharpGeneratorDriver.Create(
            generators ?? CreateGenerators(),
            parseOptions: parse,
            optionsProvider: s_properties,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, tracksSteps));

    /// <summary>A compilation of <paramref name="sources"/> before any generator has run; files are named Source0.cs, Source1.cs ...</summary>
    public static CSharpCompilation CreateCompilation(CSharpParseOptions parse, params string[] sources)
    {
        CSharpCompilationOptions options = new(
            OutputKind.DynamicallyLinkedLibrary,
            optimizationLevel: OptimizationLevel.Debug,
            generalDiagnosticOption: ReportDiagnostic.Error,
            warningLevel: 9_999,
            nullableContextOptions: NullableContextOptions.Enable,
            specificDiagnosticOptions:
            [
                // The author's own code is not what is under test; CompiledFlow reports CS1591 of emitted files itself.
                KeyValuePair.Create("CS1591", ReportDiagnostic.Warn),
                // Coverage builds reference instrumented assemblies, whose versions unify.
                KeyValuePair.Create("CS1701", ReportDiagnostic.Suppress),
                KeyValuePair.Create("CS1702", ReportDiagnostic.Suppress),
                // The prelude of usings is the same for every source.
                KeyValuePair.Create("CS8019", ReportDiagnostic.Suppress),
            ]);
        IEnumerable<SyntaxTree> trees = sources.Select((source, i) => CSharpSyntaxTree.ParseText(source, parse, $"Source{i}.cs", Encoding.UTF8));
        return CSharpCompilation.Create("Compiled", trees, s_references.Value, options);
    }

    /// <summary>Every generator of the compiler's assembly.</summary>
    public static IEnumerable<ISourceGenerator> CreateGenerators()
        => Assembly.Load("FlowGen.Generator").GetTypes()
            .Where(type => type.IsDefined(typeof(GeneratorAttribute), inherit: false))
            .Select(type => ((IIncrementalGenerator)Activator.CreateInstance(type)!).AsSourceGenerator());

    private static ImmutableArray<MetadataReference> FindReferences()
    {
        string trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        return
        [
            .. trusted.Split(Path.PathSeparator)
                .Where(path => Path.GetFileName(path) is var name
                    && (name.StartsWith("System.", StringComparison.Ordinal) || name is "mscorlib.dll" or "netstandard.dll" or "FlowGen.dll" or "FlowGen.Testing.dll"))
                .Select(path => MetadataReference.CreateFromFile(path)),
        ];
    }
}
