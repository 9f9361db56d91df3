using FlowGen.Benchmarks.Sources;

namespace FlowGen.Benchmarks.Races;

/// <summary>Two nodes that suspend, of which the first to complete counts and the other is cancelled.</summary>
[Workflow]
public sealed partial class Racing(Pump pump)
{
    public partial ValueTask<int> RunAsync(int input, CancellationToken ct = default);

    /// <summary>The baseline: <see cref="Task.WhenAny{TResult}(Task{TResult}, Task{TResult})"/>, then cancelling and awaiting the other.</summary>
    public async ValueTask<int> WhenAny(int input, CancellationToken ct)
    {
        using CancellationTokenSource source = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Task<int> left = Left(input, source.Token).AsTask();
        Task<int> right = Right(input, source.Token).AsTask();
        Task<int> first = await Task.WhenAny(left, right).ConfigureAwait(false);
        await source.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(left, right).ConfigureAwait(false);
        return Take(await first.ConfigureAwait(false));
    }

    [Node]
    ValueTask<int> Left(int input, CancellationToken ct) => pump.Later(input + 1);

    [Node]
    ValueTask<int> Right(int input, CancellationToken ct) => pump.Later(input + 1);

    [Node]
    static int Take([FromFirst(nameof(Left), nameof(Right))] int first) => first * 2;
}
