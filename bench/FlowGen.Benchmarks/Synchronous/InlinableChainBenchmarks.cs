using BenchmarkDotNet.Attributes;
using FlowGen.Benchmarks.Running;
using FlowGen.Benchmarks.Sources;

namespace FlowGen.Benchmarks.Synchronous;

/// <summary>Ten nodes that the JIT may inline: what a workflow costs over calling them.</summary>
public class InlinableChainBenchmarks
{
    private readonly InlinableChain _flow = new();
    private readonly InlinableChainAsync _flowAsync = new();
    private int _input = 7;

    [GlobalSetup]
    public void Check() => Expect.Same(ByHand(), ByHandAsync(), Run(), RunAsync());

    [Benchmark(Baseline = true)]
    public int ByHand() => _flow.ByHand(_input);

    [Benchmark]
    [Bar("chain of 10 synchronous nodes, inlinable, Run", MaxExtraNanoseconds = 2)]
    public int Run() => _flow.Run(_input);

    [Benchmark]
    public int ByHandAsync() => _flowAsync.ByHand(_input, CancellationToken.None).Result;

    [Benchmark]
    [Bar("chain of 10 synchronous nodes, inlinable, RunAsync over a method of its signature", Against = nameof(ByHandAsync), MaxExtraNanoseconds = 2)]
    public int RunAsync() => _flowAsync.RunAsync(_input).Result;
}
