using BenchmarkDotNet.Attributes;
using FlowGen.Benchmarks.Running;
using FlowGen.Benchmarks.Sources;

namespace FlowGen.Benchmarks.Asynchronous;

/// <summary>Ten nodes that suspend each time and resume on the thread pool, in runs that follow each other. The loop's own task is a byte per run.</summary>
public class HoppingChainBenchmarks
{
    private const int Runs = 256;

    private readonly HoppingChain _flow = new();

    [GlobalSetup]
    public async Task Check() => Expect.Same(await ByHand(), await ByHandPooled(), await RunAsync());

    [Benchmark(Baseline = true, OperationsPerInvoke = Runs)]
    public async Task<int> ByHand()
    {
        int sum = 0;
        for (int run = 0; run < Runs; run++)
            sum += await _flow.ByHand(run, CancellationToken.None).ConfigureAwait(false);
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Runs)]
    public async Task<int> ByHandPooled()
    {
        int sum = 0;
        for (int run = 0; run < Runs; run++)
            sum += await _flow.ByHandPooled(run, CancellationToken.None).ConfigureAwait(false);
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Runs)]
    [Bar("chain of 10 ValueTask nodes, suspending on the thread pool", MaxRatio = 0.95, MaxBytes = 2)]
    public async Task<int> RunAsync()
    {
        int sum = 0;
        for (int run = 0; run < Runs; run++)
            sum += await _flow.RunAsync(run).ConfigureAwait(false);
        return sum;
    }
}
