using BenchmarkDotNet.Attributes;
using FlowGen.Benchmarks.Running;
using FlowGen.Benchmarks.Sources;

namespace FlowGen.Benchmarks.Policies;

/// <summary>A retry that is not needed.</summary>
public class UnusedRetryBenchmarks
{
    private readonly Retried _flow = new(new Flaky(0));
    private int _input = 7;

    [GlobalSetup]
    public void Check() => Expect.Same(Polly(), RunAsync());

    [Benchmark(Baseline = true)]
    public int Polly() => _flow.ByPolly(_input, CancellationToken.None).Result;

    [Benchmark]
    [Bar("retry that succeeds at the first try, beside Polly.Core", MaxRatio = 1.00)]
    public int RunAsync() => _flow.RunAsync(_input).Result;
}

/// <summary>A retry through one failure. The exception is most of the time.</summary>
public class UsedRetryBenchmarks
{
    // Each side fails at its first try and succeeds at its second.
    private readonly Retried _polly = new(new Flaky(2));
    private readonly Retried _flow = new(new Flaky(2));
    private int _input = 7;

    public UsedRetryBenchmarks()
    {
        _ = _polly.ByPolly(_input, CancellationToken.None).Result;
        _ = _flow.RunAsync(_input).Result;
    }

    [GlobalSetup]
    public void Check() => Expect.Same(Polly(), RunAsync());

    [Benchmark(Baseline = true)]
    public int Polly() => _polly.ByPolly(_input, CancellationToken.None).Result;

    [Benchmark]
    [Bar("retry through one failure, beside Polly.Core", MaxRatio = 1.00, MaxBytes = 400)]
    public int RunAsync() => _flow.RunAsync(_input).Result;
}
