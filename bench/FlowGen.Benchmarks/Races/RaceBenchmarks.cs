using BenchmarkDotNet.Attributes;
using FlowGen.Benchmarks.Running;
using FlowGen.Benchmarks.Sources;

namespace FlowGen.Benchmarks.Races;

/// <summary>A race of two that suspend.</summary>
public class RaceBenchmarks
{
    private readonly Pump _pump = new();
    private readonly Racing _flow;
    private int _input = 7;

    public RaceBenchmarks() => _flow = new Racing(_pump);

    [GlobalSetup]
    public void Check() => Expect.Same(WhenAny(), RunAsync());

    [Benchmark(Baseline = true)]
    public int WhenAny() => Finish(_flow.WhenAny(_input, CancellationToken.None));

    [Benchmark]
    [Bar("race of 2, suspending", MaxRatio = 1.00)]
    public int RunAsync() => Finish(_flow.RunAsync(_input));

    private int Finish(ValueTask<int> run)
    {
        _pump.Drain();
        return run.GetAwaiter().GetResult();
    }
}
