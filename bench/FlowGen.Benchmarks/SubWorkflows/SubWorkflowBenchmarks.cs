using BenchmarkDotNet.Attributes;
using FlowGen.Benchmarks.Running;
using FlowGen.Benchmarks.Sources;

namespace FlowGen.Benchmarks.SubWorkflows;

/// <summary>A main workflow whose sub-workflow rents five node instances with state and gives them back clean.</summary>
public class SubWorkflowBenchmarks
{
    private readonly Scoring _flow = new(new Filtering());
    private int _reading = 77;

    [GlobalSetup]
    public void Check() => Expect.Same(ByHand(), ByHand(), RunAsync(), RunAsync());

    [Benchmark(Baseline = true)]
    public int ByHand() => PooledByHand.RunAsync(_flow, _reading).Result;

    [Benchmark]
    [Bar("main with a sub-workflow of 5 class nodes with state", MaxRatio = 1.25)]
    public int RunAsync() => _flow.RunAsync(_reading).Result;
}
