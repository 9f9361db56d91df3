using BenchmarkDotNet.Attributes;
using FlowGen.Benchmarks.Running;
using FlowGen.Benchmarks.Sources;

namespace FlowGen.Benchmarks.Scale;

/// <summary>A grid of 64 x 64 nodes that do next to nothing, and the same in two loops.</summary>
public class WavefrontBenchmarks
{
    private const int Side = 64;

    private readonly int[] _row = new int[Side];
    private ScaleFlow _values = null!;
    private ScaleFlow _tasks = null!;
    private int _input = 7;

    [GlobalSetup]
    public void Compile()
    {
        _values = ScaleFlow.Compile(ScaleSources.Wavefront(Side, Answers.Value));
        _tasks = ScaleFlow.Compile(ScaleSources.Wavefront(Side, Answers.CompletedTask));
        Expect.Same(Loops(), Run(), LoopsOfTasks(), RunAsync());
        ScaleFlow.Settle(() => _ = Run() + RunAsync() + Loops() + LoopsOfTasks());
    }

    [Benchmark(Baseline = true)]
    public int Loops() => Grid.Wavefront(_row, _input);

    [Benchmark]
    [Bar("wavefront of 64 x 64 synchronous nodes, `Run`", MaxRatio = 6)]
    public int Run() => _values.Run(_input);

    [Benchmark]
    public int LoopsOfTasks() => Grid.WavefrontAsync(_row, _input).GetAwaiter().GetResult();

    [Benchmark]
    [Bar("wavefront of 64 x 64 `ValueTask` nodes that complete, `RunAsync`", MaxRatio = 6, Against = nameof(LoopsOfTasks))]
    public int RunAsync() => _tasks.RunAsync(_input).GetAwaiter().GetResult();
}
