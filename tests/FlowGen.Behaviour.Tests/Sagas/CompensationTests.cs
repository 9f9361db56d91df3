using Behaviour.Policies;

namespace Behaviour.Sagas;

public sealed class CompensationTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly Tries _tries = new();
    private readonly Gate _first = new();
    private readonly Gate _second = new();
    private readonly Gate _last = new();
    private readonly Journal _journal = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_completed_last_is_undone_first(bool firstCompletesFirst)
    {
        ValueTask<Answer> run = Start();
        (firstCompletesFirst ? _first : _second).Open();
        (firstCompletesFirst ? _second : _first).Open();
        _last.Fail(new BoomException("boom"));

        await Assert.ThrowsAsync<BoomException>(() => run.Soon());
        string[] expected = firstCompletesFirst
            ? ["first", "second", "undo second 9 boom False", "undo first 8 7"]
            : ["second", "first", "undo first 8 7", "undo second 9 boom False"];
        Assert.Equal(expected, _journal.Entries);
    }

    [Fact]
    public async Task A_run_that_succeeds_undoes_nothing()
    {
        Open(_first, _second, _last);

        Assert.Equal("8 9", (await Start().Soon()).Text);
        Assert.Equal(["first", "second"], _journal.Entries.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_sibling_that_completes_after_the_failure_is_undone_too()
    {
        ValueTask<Answer> run = Start();
        _first.Fail(new BoomException("boom"));
        Assert.Empty(_journal.Entries);
        _second.Open();

        await Assert.ThrowsAsync<BoomException>(() => run.Soon());
        Assert.Equal(["second", "undo second 9 boom False"], _journal.Entries);
        Assert.Equal(["Executing 1", "Completed 1", "Compensated 1"], _tries.Of("Second"));
    }

    [Fact]
    public async Task Cancellation_undoes_with_a_token_that_is_not_cancelled()
    {
        using CancellationTokenSource cts = new();
        ValueTask<Answer> run = Start(cts.Token);
        Open(_first, _second);
        await cts.CancelAsync();

        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(cts.Token, error.CancellationToken);
        Assert.Equal("undo second 9 ", _journal.Entries[2][..14]);
        Assert.EndsWith(" False", _journal.Entries[2], StringComparison.Ordinal);
        Assert.Equal("undo first 8 7", _journal.Entries[3]);
        Assert.Equal("run Cancelled", _tries.Lines[^1]);
    }

    [Fact]
    public async Task A_body_that_returns_normally_although_it_is_cancelled_is_undone()
    {
        using CancellationTokenSource cts = new();
        ValueTask<Answer> run = Start(cts.Token);
        await cts.CancelAsync();
        Assert.False(run.IsCompleted);
        _second.Open();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal("second", _journal.Entries[0]);
        Assert.StartsWith("undo second 9", _journal.Entries[1], StringComparison.Ordinal);
        Assert.Equal(2, _journal.Entries.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task In_a_row_it_is_the_same(bool isCancelled)
    {
        using CancellationTokenSource cts = new();
        ValueTask<Answer> run = new BooksInARow(_last, _journal) { Runtime = _tries.Watch() }.RunAsync(new Ask(7), cts.Token);
        if (isCancelled)
        {
            await cts.CancelAsync();
        }

        _last.Fail(new BoomException("boom"));
        await Assert.ThrowsAnyAsync<Exception>(() => run.Soon());

        Assert.Equal(["first", "second", "undo second 7", "undo first 7"], _journal.Entries);
        Assert.Equal(isCancelled ? "run Cancelled" : "run Failed", _tries.Lines[^1]);
        Assert.Equal("Compensated 1", _tries.Of("First")[^1]);
    }

    [Fact]
    public async Task A_run_that_is_cancelled_before_it_starts_has_nothing_to_undo()
    {
        using CancellationTokenSource cts = new();
        await cts.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new BooksInARow(_last, _journal).RunAsync(new Ask(7), cts.Token).Soon());
        Assert.Empty(_journal.Entries);
    }

    [Fact]
    public async Task The_handle_s_cancel_undoes_and_shows_it()
    {
        await using Books.Handle run = new Books(_first, _second, _last, _journal).Start(new Ask(7));
        Open(_first, _second);
        run.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Completion.Soon());
        Assert.Equal(RunStatus.Cancelled, run.Status);
        Assert.Equal(NodeState.Compensated, run[Books.NodeId.First]);
        Assert.Equal(NodeState.Cancelled, run[Books.NodeId.Pay]);
    }

    [Fact]
    public async Task A_compensation_is_tried_again_and_not_cancelled()
    {
        using CancellationTokenSource cts = new();
        Gate undoing = new();
        undoing.Open();
        ValueTask<Answer> run = Troubled(undoing, Trouble.Times(2), new Trouble(), cts.Token);
        await cts.CancelAsync();
        Assert.False(run.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(run.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));

        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(["undo third 7", "undo second 7", "undo first False", "undo first False", "undo first False", "first undone"], _journal.Entries);
        Assert.Empty(Suppressed.With(error));
    }

    [Fact]
    public async Task The_failure_of_a_compensation_is_kept_and_the_others_still_run()
    {
        BoomException boom = new("boom");
        InvalidOperationException fatal = new("fatal");
        Gate undoing = new();
        undoing.Open();
        ValueTask<Answer> run = Troubled(undoing, new Trouble(), new Trouble(fatal));
        _last.Fail(boom);

        Assert.Same(boom, await Assert.ThrowsAsync<BoomException>(() => run.Soon()));
        Assert.Equal([fatal], Suppressed.With(boom));
        Assert.Equal(["undo third 7", "undo first False", "first undone"], _journal.Entries);
        Assert.Contains("undoing Second failed: fatal", _tries.Lines);
        Assert.Equal("Completed 1", _tries.Of("Second")[^1]);
        Assert.Equal("Compensated 1", _tries.Of("First")[^1]);
    }

    [Fact]
    public async Task After_the_last_try_of_a_compensation_its_failure_is_kept()
    {
        BoomException boom = new("boom");
        Gate undoing = new();
        undoing.Open();
        ValueTask<Answer> run = Troubled(undoing, Trouble.Times(9), new Trouble());
        _last.Fail(boom);
        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Same(boom, await Assert.ThrowsAsync<BoomException>(() => run.Soon()));
        Assert.Equal(["boom 3"], Suppressed.With(boom).Select(e => e.Message));
    }

    [Fact]
    public async Task The_failures_of_several_compensations_are_kept_in_their_order()
    {
        BoomException boom = new("boom");
        Gate undoing = new();
        undoing.Fail(new IOException("io"));
        ValueTask<Answer> run = Troubled(undoing, new Trouble(), new Trouble(new InvalidOperationException("fatal")));
        _last.Fail(boom);
        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Same(boom, await Assert.ThrowsAsync<BoomException>(() => run.Soon()));
        Assert.Equal(["fatal", "io"], Suppressed.With(boom).Select(e => e.Message));
    }

    [Fact]
    public async Task On_cancellation_the_failure_of_a_compensation_is_kept_too()
    {
        using CancellationTokenSource cts = new();
        InvalidOperationException fatal = new("fatal");
        Gate undoing = new();
        undoing.Open();
        ValueTask<Answer> run = Troubled(undoing, new Trouble(), new Trouble(fatal), cts.Token);
        await cts.CancelAsync();

        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal([fatal], Suppressed.With(error));
        Assert.Equal("run Cancelled", _tries.Lines[^1]);
    }

    [Fact]
    public async Task Compensations_run_one_after_the_other()
    {
        Gate undoing = new();
        ValueTask<Answer> run = new UndoesWithTrouble(_last, undoing, new Trouble(), new Trouble(), _journal).RunAsync(new Ask(7));
        _last.Fail(new BoomException("boom"));
        Assert.Equal(["undo third 7", "undo second 7", "undo first False"], _journal.Entries);
        Assert.False(run.IsCompleted);
        undoing.Open();

        await Assert.ThrowsAsync<BoomException>(() => run.Soon());
        Assert.Equal("first undone", _journal.Entries[^1]);
    }

    [Fact]
    public async Task A_compensation_that_takes_too_long_is_cancelled_and_the_others_run()
    {
        BoomException boom = new("boom");
        Gate undoing = new();
        ValueTask<Answer> run = new LimitsItsUndoing(_last, undoing, _journal) { Runtime = _tries.Watch(_clock) }.RunAsync(new Ask(7));
        _last.Fail(boom);
        Assert.Equal(["first"], _journal.Entries);
        _clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Same(boom, await Assert.ThrowsAsync<BoomException>(() => run.Soon()));
        Assert.IsType<TimeoutException>(Assert.Single(Suppressed.With(boom)));
        Assert.Equal(["first", "undo first 7"], _journal.Entries);
    }

    [Theory]
    [InlineData(0, true, "")]
    [InlineData(1, true, "undo optional 1")]
    [InlineData(0, false, "undo tried 0,undo caught 0")]
    [InlineData(1, false, "undo tried 1,undo caught 1,undo optional 1")]
    public async Task Only_what_has_itself_completed_is_undone(int number, bool worksFail, string expected)
    {
        Gate work = new();
        if (worksFail)
        {
            work.Fail(new BoomException("work"));
        }

        ValueTask<Answer> run = new UndoesWhatRan(work, _last, _journal).RunAsync(new Ask(number));
        if (!worksFail)
        {
            work.Open();
        }

        _last.Fail(new BoomException("boom"));
        await Assert.ThrowsAsync<BoomException>(() => run.Soon());

        Assert.Equal(expected, string.Join(',', _journal.Entries));
    }

    [Fact]
    public async Task The_same_object_undoes_each_of_its_runs_by_itself()
    {
        Books workflow = new(_first, _second, _last, _journal);
        Open(_first, _second);
        ValueTask<Answer>[] runs = [workflow.RunAsync(new Ask(10)), workflow.RunAsync(new Ask(20)), workflow.RunAsync(new Ask(30))];
        _last.ReleaseAt(1);
        Assert.Equal("21 22", (await runs[1].Soon()).Text);
        _last.Fail(new BoomException("boom"));
        await Assert.ThrowsAsync<BoomException>(() => runs[0].Soon());
        await Assert.ThrowsAsync<BoomException>(() => runs[2].Soon());

        Assert.Equal((1, 0, 1), (_journal.Count("undo first 11 10"), _journal.Count("undo first 21 20"), _journal.Count("undo first 31 30")));
        Gate open = new();
        open.Open();
        await new Books(_first, _second, open, _journal).RunAsync(new Ask(40)).Soon();
        Assert.Equal(0, _journal.Count("undo first 41 40"));
    }

    private static void Open(params Gate[] gates)
    {
        foreach (Gate gate in gates)
        {
            gate.Open();
        }
    }

    private ValueTask<Answer> Start(CancellationToken ct = default) => new Books(_first, _second, _last, _journal) { Runtime = _tries.Watch() }.RunAsync(new Ask(7), ct);

    private ValueTask<Answer> Troubled(Gate undoing, Trouble trouble, Trouble fatal, CancellationToken ct = default)
        => new UndoesWithTrouble(_last, undoing, trouble, fatal, _journal) { Runtime = _tries.Watch(_clock) }.RunAsync(new Ask(7), ct);
}
