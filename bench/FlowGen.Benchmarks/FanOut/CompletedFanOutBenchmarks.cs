using BenchmarkDotNet.Attributes;
using FlowGen.Benchmarks.Running;
using FlowGen.Benchmarks.Sources;

namespace FlowGen.Benchmarks.FanOut;

/// <summary>Eight asynchronous nodes that complete at once, and their join.</summary>
public class CompletedFanOutBenchmarks
{
    private readonly CompletedFanOut _flow = new();
    private int _input = 7;

    [GlobalSetup]
    public void Check() => Expect.Same(WhenAll(), StartThenAwait(), StartThenAwaitPooled(), RunAsync());

    [Benchmark(Baseline = true)]
    public int WhenAll() => _flow.WhenAll(_input, CancellationToken.None).Result;

    [Benchmark]
    public int StartThenAwait() => _flow.StartThenAwait(_input, CancellationToken.None).Result;

    [Benchmark]
    public int StartThenAwaitPooled() => _flow.StartThenAwaitPooled(_input, CancellationToken.None).Result;

    [Benchmark]
    [Bar("fan-out 8 and join, synchronous", MaxRatio = 0.30)]
    public int RunAsync() => _flow.RunAsync(_input).Result;
}
