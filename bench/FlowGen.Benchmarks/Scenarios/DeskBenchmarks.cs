using BenchmarkDotNet.Attributes;
using FlowGen.Benchmarks.Sources;

namespace FlowGen.Benchmarks.Scenarios;

/// <summary>Three tickets, one for each way of the switch; one of them suspends.</summary>
public class DeskBenchmarks
{
    private readonly Pump _pump;
    private readonly Desk _flow;
    private int _number = 300;

    public DeskBenchmarks()
    {
        _pump = new Pump();
        _flow = new Desk(_pump);
    }

    [GlobalSetup]
    public void Check() => Expect.Same(ByHand(), RunAsync());

    [Benchmark(Baseline = true, OperationsPerInvoke = 3)]
    public int ByHand()
    {
        int sum = 0;
        for (int way = 0; way < 3; way++)
            sum += Finish(_flow.ByHand(new Ticket(_number + way, way * 4), CancellationToken.None));
        return sum;
    }

    [Benchmark(OperationsPerInvoke = 3)]
    public int RunAsync()
    {
        int sum = 0;
        for (int way = 0; way < 3; way++)
            sum += Finish(_flow.RunAsync(new Ticket(_number + way, way * 4)));
        return sum;
    }

    private int Finish(ValueTask<Reply> run)
    {
        _pump.Drain();
        return run.GetAwaiter().GetResult().Text;
    }
}
