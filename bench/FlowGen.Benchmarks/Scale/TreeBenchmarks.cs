using BenchmarkDotNet.Attributes;
using FlowGen.Benchmarks.Running;
using FlowGen.Benchmarks.Sources;

namespace FlowGen.Benchmarks.Scale;

/// <summary>A binary tree of 1,023 nodes that do next to nothing, and the same in a loop.</summary>
public class TreeBenchmarks
{
    private const int Nodes = 1_023;

    private readonly int[] _nodes = new int[Nodes + 1];
    private ScaleFlow _values = null!;
    private ScaleFlow _tasks = null!;
    private int _input = 7;

    [GlobalSetup]
    public void Compile()
    {
        _values = ScaleFlow.Compile(ScaleSources.Tree(Nodes, Answers.Value));
        _tasks = ScaleFlow.Compile(ScaleSources.Tree(Nodes, Answers.CompletedTask));
        Expect.Same(Loop(), Run(), LoopOfTasks(), RunAsync());
        ScaleFlow.Settle(() => _ = Run() + RunAsync() + Loop() + LoopOfTasks());
    }

    [Benchmark(Baseline = true)]
    public int Loop() => Grid.Tree(_nodes, _input);

    [Benchmark]
    [Bar("binary tree of 1,023 synchronous nodes, `Run`", MaxRatio = 6)]
    public int Run() => _values.Run(_input);

    [Benchmark]
    public int LoopOfTasks() => Grid.TreeAsync(_nodes, _input).GetAwaiter().GetResult();

    [Benchmark]
    [Bar("binary tree of 1,023 `ValueTask` nodes that complete, `RunAsync`", MaxRatio = 6, Against = nameof(LoopOfTasks))]
    public int RunAsync() => _tasks.RunAsync(_input).GetAwaiter().GetResult();
}
