using BenchmarkDotNet.Attributes;
using FlowGen.Benchmarks.Running;
using FlowGen.Benchmarks.Sources;

namespace FlowGen.Benchmarks.Asynchronous;

/// <summary>Ten nodes that suspend each time, completed in place: nothing but the code around the suspension.</summary>
public class SuspendingChainBenchmarks
{
    private readonly Pump _pump;
    private readonly SuspendingChain _flow;
    private int _input = 7;

    public SuspendingChainBenchmarks()
    {
        _pump = new Pump();
        _flow = new SuspendingChain(_pump);
    }

    [GlobalSetup]
    public void Check() => Expect.Same(ByHand(), ByHandPooled(), RunAsync());

    [Benchmark(Baseline = true)]
    public int ByHand() => Finish(_flow.ByHand(_input, CancellationToken.None));

    [Benchmark]
    public int ByHandPooled() => Finish(_flow.ByHandPooled(_input, CancellationToken.None));

    [Benchmark]
    [Bar("chain of 10 ValueTask nodes, suspending each time", MaxRatio = 0.95)]
    public int RunAsync() => Finish(_flow.RunAsync(_input));

    private int Finish(ValueTask<int> run)
    {
        _pump.Drain();
        return run.GetAwaiter().GetResult();
    }
}
