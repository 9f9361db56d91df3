using BenchmarkDotNet.Attributes;
using FlowGen.Benchmarks.Running;
using FlowGen.Benchmarks.Sources;

namespace FlowGen.Benchmarks.Elements;

/// <summary>A thousand elements that occupy a processor, one for each. A run allocates its results: 4,024 bytes.</summary>
public class BusyElementsBenchmarks
{
    private readonly Element[] _elements = Element.Many(1000);
    private readonly BusyElements _flow = new();

    [GlobalSetup]
    public async Task Check() => Expect.Same(await ByHand(), await RunAsync());

    [Benchmark(Baseline = true)]
    public ValueTask<int> ByHand() => _flow.ByHand(_elements);

    [Benchmark]
    [Bar("[Each] over 1,000 CPU-bound ones, RunOn.ThreadPool", MaxRatio = 1.0, MaxBytes = 4500)]
    public ValueTask<int> RunAsync() => _flow.RunAsync(_elements, Environment.ProcessorCount);
}
