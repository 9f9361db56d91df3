using BenchmarkDotNet.Attributes;
using FlowGen.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FlowGen.Benchmarks.Compiler;

/// <summary>
/// A key stroke in a project of 1,000 workflows in 500 files. On each the compiler itself binds every attributed class again: what that
/// takes shows a generator that looks at nothing but their names. What FlowGen adds is to read them (parse), and to do again what the
/// edit reaches.
/// </summary>
public class EditingBenchmarks
{
    private readonly WorkflowSources _sources = new(500);
    private GeneratorDriver _warm = null!;
    private GeneratorDriver _names = null!;

    [GlobalSetup]
    public void Start()
    {
        _warm = Driver(new FlowGenerator());
        _names = Driver(new NamesOnly());
    }

    [Benchmark(Baseline = true, Description = "names only, edit elsewhere")]
    public GeneratorDriver Names() => _names.RunGenerators(_sources.After(_sources.UnrelatedEdit));

    [Benchmark(Description = "edit elsewhere")]
    public GeneratorDriver Elsewhere() => _warm.RunGenerators(_sources.After(_sources.UnrelatedEdit));

    [Benchmark(Description = "edit in a node's body")]
    public GeneratorDriver Body() => _warm.RunGenerators(_sources.After(_sources.BodyEdit));

    [Benchmark(Description = "edit of one signature")]
    public GeneratorDriver Signature() => _warm.RunGenerators(_sources.After(_sources.SignatureEdit));

    private GeneratorDriver Driver(IIncrementalGenerator generator)
        => CSharpGeneratorDriver.Create([generator.AsSourceGenerator()], parseOptions: WorkflowSources.ParseOptions).RunGenerators(_sources.Original);

    /// <summary>Finds the same classes and asks for nothing but their names.</summary>
    private sealed class NamesOnly : IIncrementalGenerator
    {
        public void Initialize(IncrementalGeneratorInitializationContext context)
            => context.RegisterSourceOutput(
                context.SyntaxProvider.ForAttributeWithMetadataName(
                    "FlowGen.WorkflowAttribute", static (_, _) => true, static (found, _) => found.TargetSymbol.Name + found.Attributes.Length),
                static (output, name) => { });
    }
}
