using BenchmarkDotNet.Attributes;
using FlowGen.Benchmarks.Running;
using FlowGen.Benchmarks.Sources;

namespace FlowGen.Benchmarks.Elements;

/// <summary>A thousand elements that suspend, eight in flight. A run allocates its results: 4,024 bytes.</summary>
public class SuspendingElementsBenchmarks
{
    private readonly Element[] _elements = Element.Many(1000);
    private readonly SuspendingElements _flow = new();

    [GlobalSetup]
    public async Task Check() => Expect.Same(await ByHand(), await RunAsync());

    [Benchmark(Baseline = true)]
    public ValueTask<int> ByHand() => _flow.ByHand(_elements);

    [Benchmark]
    [Bar("[Each] over 1,000 that suspend, 8 in flight", MaxRatio = 0.8, MaxBytes = 4500)]
    public ValueTask<int> RunAsync() => _flow.RunAsync(_elements);
}
