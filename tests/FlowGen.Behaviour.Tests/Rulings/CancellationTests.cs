using Behaviour.Policies;

namespace Behaviour.Rulings;

/// <summary>Elements whose failures are values, or are left out, or end the loop.</summary>
[Workflow]
internal sealed partial class CollectsFailures(Gate gate, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(IReadOnlyList<Ask> asks, CancellationToken ct = default);

    [Node]
    async ValueTask<One> Collected([Each(MaxParallelism = 2, OnError = EachError.Collect)] Ask ask, CancellationToken ct)
    {
        await gate.Wait(ct);
        return ask.Number > 0 ? new One(ask.Number) : throw new TaskCanceledException("its own");
    }

    [Node]
    async ValueTask<Two> Left([Each(MaxParallelism = 2, OnError = EachError.Skip)] Ask ask, CancellationToken ct)
    {
        await gate.Wait(ct);
        return ask.Number > 0 ? new Two(ask.Number) : throw new TaskCanceledException("its own");
    }

    [Node]
    Answer Show(Outcome<One>[] ones, Two[] twos) => journal.Add("show", new Answer($"{ones.Count(o => o.IsFailed)} {ones.Length} {twos.Length}"));
}

/// <summary>Everything that could mistake a cancellation for a failure.</summary>
[Workflow]
internal sealed partial class WouldHandleAnything(Gate gate, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node, Retry(3, DelayMs = 0)]
    async ValueTask<One> Work(Ask ask, CancellationToken ct)
    {
        journal.Add("try");
        await gate.Wait(ct);
        return new One(ask.Number);
    }

    [Catch(nameof(Work))]
    One Instead(Exception error) => journal.Add("catch", new One(error.Message.Length));

    [Node]
    Answer Show(One one) => journal.Add("show", new Answer($"{one.Number}"));

    [Catch]
    Answer Last(Exception error) => journal.Add("workflow catch", new Answer(error.Message));
}

/// <summary>
/// "Cancellation is an OperationCanceledException while the node's token is cancelled by anything but a [Timeout] (that is a TimeoutException); any other is a failure. Cancellation is
/// never retried, caught, best-efforted or collected."
/// </summary>
public sealed class CancellationTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly Tries _tries = new();
    private readonly Gate _gate = new();
    private readonly Journal _journal = new();

    [Fact]
    public async Task Cancellation_is_an_exception_while_the_token_is_cancelled_by_anything_but_a_timeout()
    {
        using CancellationTokenSource cts = new();
        Gate leaving = new();
        leaving.Open();
        LimitsANode workflow = new(_gate, leaving, _journal) { Runtime = _tries.Watch(_clock) };
        ValueTask<Answer> cancelled = workflow.RunAsync(new Ask(1), cts.Token);
        await cts.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.Soon());
        Assert.Equal("run Cancelled", _tries.Lines[^1]);

        ValueTask<Answer> late = workflow.RunAsync(new Ask(2));
        _clock.Advance(TimeSpan.FromSeconds(5));
        await Assert.ThrowsAsync<TimeoutException>(() => late.Soon());
        Assert.Equal("run Failed", _tries.Lines[^1]);
    }

    [Fact]
    public async Task Any_other_is_a_failure()
    {
        TaskCanceledException own = new("the client's own timeout");
        _gate.Fail(own);

        Assert.Equal("24", (await new WouldHandleAnything(_gate, _journal).RunAsync(new Ask(7)).Soon()).Text);
        Assert.Equal(["try", "try", "try", "try", "catch", "show"], _journal.Entries);
    }

    [Fact]
    public async Task Cancellation_is_never_retried_or_caught()
    {
        using CancellationTokenSource cts = new();
        ValueTask<Answer> run = new WouldHandleAnything(_gate, _journal).RunAsync(new Ask(7), cts.Token);
        await cts.CancelAsync();

        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(cts.Token, error.CancellationToken);
        Assert.Equal(["try"], _journal.Entries);
    }

    [Fact]
    public async Task Cancellation_is_never_collected()
    {
        using CancellationTokenSource cts = new();
        ValueTask<Answer> run = new CollectsFailures(_gate, _journal).RunAsync([new(1), new(2), new(3)], cts.Token);
        await _gate.ReachedBy(4);
        await cts.CancelAsync();

        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(cts.Token, error.CancellationToken);
        Assert.Empty(_journal.Entries);
        Assert.Equal(4, _gate.Arrivals);
    }

    [Fact]
    public async Task A_failure_that_only_looks_like_one_is_collected()
    {
        _gate.Open();

        Assert.Equal("1 3 2", (await new CollectsFailures(_gate, _journal).RunAsync([new(1), new(-2), new(3)]).Soon()).Text);
    }
}
