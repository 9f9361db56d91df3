using FlowGen.Benchmarks.Sources;
using Polly;
using Polly.Timeout;

namespace FlowGen.Benchmarks.Policies;

/// <summary>One node with a time limit, which always suspends.</summary>
[Workflow]
public sealed partial class Limited(ILater work, TimeProvider clock)
{
    private readonly ResiliencePipeline<int> _pipeline = new ResiliencePipelineBuilder<int> { TimeProvider = clock }
        .AddTimeout(new TimeoutStrategyOptions { Timeout = TimeSpan.FromSeconds(30) })
        .Build();

    public partial ValueTask<int> RunAsync(int input, CancellationToken ct = default);

    /// <summary>Polly's pipeline around the same call.</summary>
    public ValueTask<int> ByPolly(int input, CancellationToken ct) =>
        _pipeline.ExecuteAsync(static (state, token) => state.work.CallAsync(state.input, token), (work, input), ct);

    [Node, Timeout(Seconds = 30)]
    ValueTask<int> Call(int input, CancellationToken ct) => work.CallAsync(input, ct);
}
