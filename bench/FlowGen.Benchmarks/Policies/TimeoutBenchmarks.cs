using BenchmarkDotNet.Attributes;
using FlowGen.Benchmarks.Running;
using FlowGen.Benchmarks.Sources;
using Polly.Timeout;

namespace FlowGen.Benchmarks.Policies;

/// <summary>A time limit that is armed, because the node suspends, and not reached.</summary>
public class ArmedTimeoutBenchmarks
{
    private readonly Pump _pump = new();
    private readonly Limited _flow;
    private int _input = 7;

    public ArmedTimeoutBenchmarks() => _flow = new Limited(new Pumped(_pump), TimeProvider.System);

    [GlobalSetup]
    public void Check() => Expect.Same(Polly(), RunAsync());

    [Benchmark(Baseline = true)]
    public int Polly() => Finish(_flow.ByPolly(_input, CancellationToken.None));

    [Benchmark]
    [Bar("timeout that is armed and does not fire, beside Polly.Core", MaxRatio = 1.00)]
    public int RunAsync() => Finish(_flow.RunAsync(_input));

    private int Finish(ValueTask<int> run)
    {
        _pump.Drain();
        return run.GetAwaiter().GetResult();
    }
}

/// <summary>A time limit that is reached: the work is cancelled and awaited. The exceptions are most of the time.</summary>
public class FiredTimeoutBenchmarks
{
    private readonly ManualClock _clock = new();
    private readonly Limited _flow;
    private int _input = 7;

    public FiredTimeoutBenchmarks()
        => _flow = new Limited(new Endless(), _clock) { Runtime = new FlowRuntime(new FlowRuntimeOptions { TimeProvider = _clock }) };

    [GlobalSetup]
    public async Task Check() => Expect.Same(await Polly().ConfigureAwait(false), await RunAsync().ConfigureAwait(false));

    [Benchmark(Baseline = true)]
    public async Task<string> Polly()
    {
        ValueTask<int> run = _flow.ByPolly(_input, CancellationToken.None);
        _clock.Expire();
        try
        {
            await run.ConfigureAwait(false);
            return "completed";
        }
        catch (TimeoutRejectedException)
        {
            return "timed out";
        }
    }

    [Benchmark]
    [Bar("timeout that fires, beside Polly.Core", MaxRatio = 1.00, MaxBytes = 4_000)]
    public async Task<string> RunAsync()
    {
        ValueTask<int> run = _flow.RunAsync(_input);
        _clock.Expire();
        try
        {
            await run.ConfigureAwait(false);
            return "completed";
        }
        catch (TimeoutException)
        {
            return "timed out";
        }
    }
}
