using BenchmarkDotNet.Attributes;
using FlowGen.Benchmarks.Running;
using FlowGen.Benchmarks.Sources;

namespace FlowGen.Benchmarks.Loops;

/// <summary>A loop of a thousand asynchronous iterations that complete at once.</summary>
public class LoopBenchmarks
{
    private readonly Counting _flow = new();
    private readonly Tally _start = new(0, 1);

    [GlobalSetup]
    public void Check() => Expect.Same(ByHand(), RunAsync());

    [Benchmark(Baseline = true)]
    public Tally ByHand() => _flow.ByHand(_start, CancellationToken.None).Result;

    [Benchmark]
    [Bar("loop of 1,000 iterations of a ValueTask node", MaxExtraNanoseconds = 1_000)]
    public Tally RunAsync() => _flow.RunAsync(_start).Result;
}

/// <summary>A loop of a thousand calls.</summary>
public class SynchronousLoopBenchmarks
{
    private readonly CountingSynchronously _flow = new();
    private readonly Tally _start = new(0, 1);

    [GlobalSetup]
    public void Check() => Expect.Same(ByHand(), Run());

    [Benchmark(Baseline = true)]
    public Tally ByHand() => _flow.ByHand(_start);

    [Benchmark]
    [Bar("loop of 1,000 iterations of a synchronous node", MaxExtraNanoseconds = 1_000)]
    public Tally Run() => _flow.Run(_start);
}
