using BenchmarkDotNet.Attributes;
using FlowGen.Benchmarks.Running;
using FlowGen.Benchmarks.Sources;

namespace FlowGen.Benchmarks.FanOut;

/// <summary>Eight nodes that suspend each time, completed in place, and their join.</summary>
public class SuspendingFanOutBenchmarks
{
    private readonly Pump _pump;
    private readonly SuspendingFanOut _flow;
    private int _input = 7;

    public SuspendingFanOutBenchmarks()
    {
        _pump = new Pump();
        _flow = new SuspendingFanOut(_pump);
    }

    [GlobalSetup]
    public void Check() => Expect.Same(WhenAll(), StartThenAwait(), StartThenAwaitPooled(), RunAsync());

    [Benchmark(Baseline = true)]
    public int WhenAll() => Finish(_flow.WhenAll(_input, CancellationToken.None));

    [Benchmark]
    public int StartThenAwait() => Finish(_flow.StartThenAwait(_input, CancellationToken.None));

    [Benchmark]
    public int StartThenAwaitPooled() => Finish(_flow.StartThenAwaitPooled(_input, CancellationToken.None));

    [Benchmark]
    [Bar("fan-out 8 and join, suspending", MaxRatio = 0.60)]
    public int RunAsync() => Finish(_flow.RunAsync(_input));

    private int Finish(ValueTask<int> run)
    {
        _pump.Drain();
        return run.GetAwaiter().GetResult();
    }
}
