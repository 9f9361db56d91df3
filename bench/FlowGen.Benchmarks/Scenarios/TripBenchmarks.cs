using BenchmarkDotNet.Attributes;
using FlowGen.Benchmarks.Sources;

namespace FlowGen.Benchmarks.Scenarios;

/// <summary>A diamond of three searches that suspend.</summary>
public class TripBenchmarks
{
    private readonly Pump _pump;
    private readonly Trip _flow;
    private TripRequest _request = new(3, 4, 5);

    public TripBenchmarks()
    {
        _pump = new Pump();
        _flow = new Trip(_pump);
    }

    [GlobalSetup]
    public void Check() => Expect.Same(ByHand(), RunAsync());

    [Benchmark(Baseline = true)]
    public TripQuote ByHand() => Finish(_flow.ByHand(_request, CancellationToken.None));

    [Benchmark]
    public TripQuote RunAsync() => Finish(_flow.RunAsync(_request));

    private TripQuote Finish(ValueTask<TripQuote> run)
    {
        _pump.Drain();
        return run.GetAwaiter().GetResult();
    }
}
