namespace Behaviour.Policies;

/// <summary>Each try is limited, and so are all of them.</summary>
[Workflow]
internal sealed partial class LimitsTries(Gate gate, Trouble trouble, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node, Timeout(Seconds = 2), Timeout(Seconds = 10, Scope = TimeoutScope.Total), Retry(9, DelayMs = 1_000, Jitter = false, Backoff = Backoff.Constant)]
    async ValueTask<Answer> Work(Ask ask, FlowContext context, CancellationToken ct)
    {
        journal.Add($"try {context.Attempt}");
        await gate.Wait(ct);
        return trouble.Pass(new Answer($"{ask.Number}"));
    }
}

/// <summary>Only a try that took too long is worth another.</summary>
[Workflow]
internal sealed partial class RetriesTimeouts(Gate gate, Trouble trouble)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node, Timeout(Seconds = 2), Retry<TimeoutException>(2, DelayMs = 0)]
    async ValueTask<Answer> Work(Ask ask, CancellationToken ct)
    {
        await gate.Wait(ct);
        return trouble.Pass(new Answer($"{ask.Number}"));
    }
}

/// <summary>Tries that fail at once, while time passes.</summary>
[Workflow]
internal sealed partial class LimitsTriesThatNeverSuspend(FakeTimeProvider clock, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node, Timeout(Seconds = 10, Scope = TimeoutScope.Total), Retry(99, DelayMs = 0)]
    ValueTask<Answer> Work(Ask ask, CancellationToken ct)
    {
        journal.Add("try");
        clock.Advance(TimeSpan.FromSeconds(ask.Number));
        throw new BoomException("boom");
    }
}

/// <summary>A try that returns normally although it is too late; the next one is in time.</summary>
[Workflow]
internal sealed partial class UndoesWhatCameTooLate(Gate gate, Gate last, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node, Timeout(Seconds = 2), Retry(1, DelayMs = 0)]
    async ValueTask<One> Book(Ask ask, FlowContext context, CancellationToken ct)
    {
        int attempt = context.Attempt;
        _ = ct.IsCancellationRequested;
        await gate.Wait(CancellationToken.None);
        return journal.Add($"book {attempt}", new One(attempt));
    }

    [Compensate(nameof(Book))]
    void Cancel(One one) => journal.Add($"cancel {one.Number}");

    [Node]
    ValueTask<Answer> Finish(One one, CancellationToken ct) => last.Wait(new Answer($"{one.Number}"), ct);
}

public sealed class TimeoutAndRetryTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly Gate _gate = new();
    private readonly Gate _last = new();
    private readonly Journal _journal = new();

    private FlowRuntime Clocked => new(new FlowRuntimeOptions { TimeProvider = _clock });

    [Fact]
    public async Task A_try_that_takes_too_long_is_followed_by_another()
    {
        ValueTask<Answer> run = Limited(new Trouble());
        _clock.Advance(TimeSpan.FromSeconds(2));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["try 1", "try 2"], _journal.Entries);
        _gate.Open();

        Assert.Equal("7", (await run.Soon()).Text);
    }

    [Fact]
    public async Task All_tries_together_have_their_own_limit()
    {
        ValueTask<Answer> run = Limited(new Trouble());
        for (int second = 0; second < 9; second++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        // 0-2, 3-5, 6-8, and the fourth at 9 has one second left.
        Assert.Equal(["try 1", "try 2", "try 3", "try 4"], _journal.Entries);
        Assert.False(run.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));

        TimeoutException error = await Assert.ThrowsAsync<TimeoutException>(() => run.Soon());
        Assert.Contains("00:00:10", error.Message, StringComparison.Ordinal);
        Assert.Contains("tries", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_delay_beyond_the_limit_of_all_tries_ends_when_the_limit_is_reached()
    {
        ValueTask<Answer> run = Limited(Trouble.Times(1));
        _clock.Advance(TimeSpan.FromSeconds(2));
        _clock.Advance(TimeSpan.FromSeconds(1));
        _clock.Advance(TimeSpan.FromSeconds(2));
        _clock.Advance(TimeSpan.FromSeconds(1));
        _clock.Advance(TimeSpan.FromSeconds(2));
        _clock.Advance(TimeSpan.FromSeconds(1));
        _clock.Advance(TimeSpan.FromMilliseconds(500));
        Assert.Equal(4, _journal.Entries.Count);
        _gate.Release();
        Assert.False(run.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(500));

        TimeoutException error = await Assert.ThrowsAsync<TimeoutException>(() => run.Soon());
        Assert.Equal("boom 1", error.InnerException?.Message);
        Assert.Equal(4, _journal.Entries.Count);
    }

    [Fact]
    public async Task Cancelled_in_a_delay_beyond_the_limit_it_is_cancelled_and_not_late()
    {
        using CancellationTokenSource cts = new();
        Tries tries = new();
        ValueTask<Answer> run = new LimitsTries(_gate, Trouble.Times(1), _journal) { Runtime = tries.Watch(_clock) }.RunAsync(new Ask(7), cts.Token);
        for (int half = 0; half < 19; half++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(500));
        }

        _gate.Release();
        Assert.False(run.IsCompleted);
        int made = _journal.Entries.Count;
        cts.Cancel();

        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(cts.Token, error.CancellationToken);
        Assert.Equal("run Cancelled", tries.Lines[^1]);
        Assert.Equal(made, _journal.Entries.Count);
    }

    [Fact]
    public async Task Cancelled_in_a_delay_a_limited_node_is_not_tried_again()
    {
        using CancellationTokenSource cts = new();
        _gate.Open();
        ValueTask<Answer> run = new LimitsTries(_gate, Trouble.Times(9), _journal) { Runtime = Clocked }.RunAsync(new Ask(7), cts.Token);
        Assert.Equal(["try 1"], _journal.Entries);
        cts.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(["try 1"], _journal.Entries);
    }

    [Fact]
    public async Task A_timeout_can_be_the_only_failure_that_is_retried()
    {
        ValueTask<Answer> late = new RetriesTimeouts(_gate, new Trouble()) { Runtime = Clocked }.RunAsync(new Ask(7));
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(2, _gate.Arrivals);
        _gate.Open();
        Assert.Equal("7", (await late.Soon()).Text);

        await Assert.ThrowsAsync<BoomException>(() => new RetriesTimeouts(_gate, Trouble.Times(1)) { Runtime = Clocked }.RunAsync(new Ask(7)).Soon());
        Assert.Equal(3, _gate.Arrivals);
    }

    [Fact]
    public async Task After_the_last_try_its_timeout_is_thrown()
    {
        ValueTask<Answer> run = new RetriesTimeouts(_gate, new Trouble()) { Runtime = Clocked }.RunAsync(new Ask(7));
        _clock.Advance(TimeSpan.FromSeconds(2));
        _clock.Advance(TimeSpan.FromSeconds(2));
        _clock.Advance(TimeSpan.FromSeconds(2));

        TimeoutException error = await Assert.ThrowsAsync<TimeoutException>(() => run.Soon());
        Assert.Contains("2000 ms", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, _gate.Arrivals);
    }

    [Fact]
    public async Task A_run_that_is_cancelled_while_a_try_is_late_is_cancelled()
    {
        using CancellationTokenSource cts = new();
        ValueTask<Answer> run = new RetriesTimeouts(_gate, new Trouble()) { Runtime = Clocked }.RunAsync(new Ask(7), cts.Token);
        _clock.Advance(TimeSpan.FromSeconds(2));
        await cts.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(2, _gate.Arrivals);
    }

    [Fact]
    public async Task Tries_that_fail_at_once_do_not_outlast_the_limit_of_all()
    {
        ValueTask<Answer> run = new LimitsTriesThatNeverSuspend(_clock, _journal) { Runtime = Clocked }.RunAsync(new Ask(4));

        TimeoutException error = await Assert.ThrowsAsync<TimeoutException>(() => run.Soon());
        Assert.IsType<BoomException>(error.InnerException);
        Assert.InRange(_journal.Entries.Count, 3, 4);
    }

    [Fact]
    public async Task What_each_try_has_done_is_undone_with_its_own_value()
    {
        ValueTask<Answer> run = new UndoesWhatCameTooLate(_gate, _last, _journal) { Runtime = Clocked }.RunAsync(new Ask(7));
        _clock.Advance(TimeSpan.FromSeconds(2));
        _gate.Release();
        _gate.Release();
        _last.Fail(new BoomException("last"));

        await Assert.ThrowsAsync<BoomException>(() => run.Soon());
        Assert.Equal(["book 1", "book 2", "cancel 2", "cancel 1"], _journal.Entries);
    }

    [Fact]
    public async Task What_came_too_late_stays_when_the_run_succeeds()
    {
        ValueTask<Answer> run = new UndoesWhatCameTooLate(_gate, _last, _journal) { Runtime = Clocked }.RunAsync(new Ask(7));
        _clock.Advance(TimeSpan.FromSeconds(2));
        _gate.Open();
        _last.Open();

        Assert.Equal("2", (await run.Soon()).Text);
        Assert.Equal(["book 1", "book 2"], _journal.Entries);
    }

    private ValueTask<Answer> Limited(Trouble trouble) => new LimitsTries(_gate, trouble, _journal) { Runtime = Clocked }.RunAsync(new Ask(7));
}
