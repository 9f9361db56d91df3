using FlowGen.Benchmarks.Sources;
using Polly;
using Polly.Retry;

namespace FlowGen.Benchmarks.Policies;

/// <summary>One node that is retried at once, up to three times.</summary>
[Workflow]
public sealed partial class Retried(Flaky work)
{
    private readonly ResiliencePipeline<int> _pipeline = new ResiliencePipelineBuilder<int>()
        .AddRetry(new RetryStrategyOptions<int> { MaxRetryAttempts = 3, Delay = TimeSpan.Zero, ShouldHandle = new PredicateBuilder<int>().Handle<InvalidOperationException>() })
        .Build();

    public partial ValueTask<int> RunAsync(int input, CancellationToken ct = default);

    /// <summary>Polly's pipeline around the same call.</summary>
    public ValueTask<int> ByPolly(int input, CancellationToken ct) =>
        _pipeline.ExecuteAsync(static (state, token) => state.work.CallAsync(state.input, token), (work, input), ct);

    [Node, Retry<InvalidOperationException>(3, DelayMs = 0, Jitter = false)]
    ValueTask<int> Call(int input, CancellationToken ct) => work.CallAsync(input, ct);
}
