using BenchmarkDotNet.Attributes;
using FlowGen.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FlowGen.Benchmarks.Compiler;

/// <summary>
/// The generator over a project of 100 workflows in 50 files: from nothing, and after an edit as an editor reports it. An edit's
/// time includes what the compiler itself needs to bind the attributed classes again.
/// </summary>
public class GeneratorBenchmarks
{
    private readonly WorkflowSources _sources = new(50);
    private GeneratorDriver _warm = null!;

    [GlobalSetup]
    public void Check()
    {
        _warm = Fresh().RunGeneratorsAndUpdateCompilation(_sources.Original, out Compilation output, out _);
        Diagnostic? error = output.GetDiagnostics().FirstOrDefault(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        if (error is not null)
            throw new InvalidOperationException($"The sources do not compile: {error}");
    }

    [Benchmark(Baseline = true)]
    public GeneratorDriver Cold() => Fresh().RunGenerators(_sources.Create());

    [Benchmark]
    public GeneratorDriver Cached() => _warm.RunGenerators(_sources.Original);

    [Benchmark]
    public GeneratorDriver UnrelatedEdit() => _warm.RunGenerators(_sources.After(_sources.UnrelatedEdit));

    [Benchmark]
    public GeneratorDriver BodyEdit() => _warm.RunGenerators(_sources.After(_sources.BodyEdit));

    [Benchmark]
    public GeneratorDriver SignatureEdit() => _warm.RunGenerators(_sources.After(_sources.SignatureEdit));

    private static GeneratorDriver Fresh()
        => CSharpGeneratorDriver.Create([new FlowGenerator().AsSourceGenerator()], parseOptions: WorkflowSources.ParseOptions);
}
