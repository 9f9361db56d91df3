namespace Allocation;

/// <summary>Everything that can be declared around a node, and none of it needed.</summary>
[Workflow]
internal sealed partial class Guarded(Func<int, ValueTask<int>> step)
{
    [return: From(nameof(Third))]
    public partial ValueTask<int> RunAsync(int start, CancellationToken ct = default);

    [Node, Retry(3), Timeout(Seconds = 30)]
    ValueTask<int> First(int start, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return step(start);
    }

    [Catch(nameof(First))]
    static int InsteadOfFirst(TimeoutException error) => error.HResult;

    [Compensate(nameof(First))]
    static void UndoFirst(int first) => _ = first;

    [Node, Retry(3), BestEffort]
    Money Second(int first) => new(first + 1);

    [Node, Retry(3), Timeout(Seconds = 30, Scope = TimeoutScope.Total)]
    ValueTask<int> Third(int first, Money? second, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return step(first + (second?.Cents ?? 0));
    }
}

public sealed class GuardedTests : IDisposable
{
    private readonly Pulses _pulses = new();
    private readonly CancellationTokenSource _source = new();

    [Fact]
    public void Nodes_that_complete() => Check(static number => new ValueTask<int>(number + 1), CancellationToken.None);

    [Fact]
    public void Nodes_that_complete_while_the_caller_may_cancel() => Check(static number => new ValueTask<int>(number + 1), _source.Token);

    [Fact]
    public void Nodes_that_suspend() => Check(number => _pulses.Later(number + 1), CancellationToken.None);

    [Fact]
    public void A_node_that_suspends_after_one_that_completes() => Check(number => number == 0 ? new ValueTask<int>(1) : _pulses.Later(number + 1), CancellationToken.None);

    public void Dispose() => _source.Dispose();

    private void Check(Func<int, ValueTask<int>> step, CancellationToken token)
    {
        Guarded workflow = new(step);

        Assert.Equal(0, Bytes.OfThread(() =>
        {
            ValueTask<int> pending = workflow.RunAsync(0, token);
            _pulses.Beat();
            if (pending.Result != 4)
            {
                throw new InvalidOperationException("It has gone another way.");
            }
        }));
    }
}
