using BenchmarkDotNet.Attributes;
using FlowGen.Benchmarks.Asynchronous;
using FlowGen.Benchmarks.Running;
using FlowGen.Benchmarks.Sources;

namespace FlowGen.Benchmarks.Policies;

/// <summary>What policies cost that are declared and not needed.</summary>
public class UnusedPoliciesBenchmarks
{
    private readonly CompletedChain _plain = new();
    private readonly GuardedChain _guarded = new();
    private int _input = 7;

    [GlobalSetup]
    public void Check() => Expect.Same(Plain(), Guarded());

    [Benchmark(Baseline = true)]
    public int Plain() => _plain.RunAsync(_input).Result;

    [Benchmark]
    [Bar("retry, timeout, handler and compensation on each of 10 nodes, none needed", MaxExtraNanoseconds = 30)]
    public int Guarded() => _guarded.RunAsync(_input).Result;
}
