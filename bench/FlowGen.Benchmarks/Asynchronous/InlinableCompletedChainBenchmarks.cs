using BenchmarkDotNet.Attributes;
using FlowGen.Benchmarks.Running;
using FlowGen.Benchmarks.Sources;

namespace FlowGen.Benchmarks.Asynchronous;

/// <summary>Ten asynchronous nodes that complete at once and may be inlined.</summary>
public class InlinableCompletedChainBenchmarks
{
    private readonly InlinableCompletedChain _flow = new();
    private int _input = 7;

    [GlobalSetup]
    public void Check() => Expect.Same(ByHand(), ByHandPooled(), RunAsync());

    [Benchmark(Baseline = true)]
    public int ByHand() => _flow.ByHand(_input, CancellationToken.None).Result;

    [Benchmark]
    public int ByHandPooled() => _flow.ByHandPooled(_input, CancellationToken.None).Result;

    [Benchmark]
    [Bar("chain of 10 ValueTask nodes, completing synchronously, inlinable", MaxRatio = 0.80)]
    public int RunAsync() => _flow.RunAsync(_input).Result;
}
