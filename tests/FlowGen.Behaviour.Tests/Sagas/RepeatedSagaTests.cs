using Behaviour.Policies;

namespace Behaviour.Sagas;

public sealed class RepeatedSagaTests
{
    private readonly Tries _tries = new();
    private readonly Gate _gate = new();
    private readonly Gate _last = new();
    private readonly Journal _journal = new();

    [Fact]
    public async Task Each_finished_element_is_undone_the_last_first()
    {
        _gate.Open();
        ValueTask<Answer> run = new BooksMany(new BooksOne(_gate, _journal), _last) { Runtime = _tries.Watch() }.RunAsync(Ones(1, 2, 3, 4));
        _last.Fail(new BoomException("boom"));

        await Assert.ThrowsAsync<BoomException>(() => run.Soon());
        Assert.Equal(["cancel 4 4", "cancel 3 3", "cancel 2 2", "cancel 1 1"], _journal.Entries.Skip(4));
        Assert.Equal(8, _tries.Boundaries.Count);
    }

    [Fact]
    public async Task An_element_that_fails_undoes_itself_and_those_that_have_finished_are_undone_after_it()
    {
        ValueTask<Answer> run = new BooksMany(new BooksOne(_gate, _journal), _last).RunAsync(Ones(1, -2, 3, 4));
        _gate.ReleaseAt(0);
        Assert.Equal(["book 1", "book -2", "book 3", "book 4"], _journal.Entries);
        _gate.ReleaseAt(0);

        Assert.Equal("-2", (await Assert.ThrowsAsync<BoomException>(() => run.Soon())).Message);
        Assert.Equal(["cancel -2 -2", "cancel 3 3", "cancel 4 4"], _journal.Entries.Skip(4).SkipLast(1).Order(StringComparer.Ordinal));
        Assert.Equal("cancel 1 1", _journal.Entries[^1]);
    }

    [Fact]
    public async Task Cancellation_undoes_elements_in_flight_and_finished_ones()
    {
        using CancellationTokenSource cts = new();
        ValueTask<Answer> run = new BooksMany(new BooksOne(_gate, _journal), _last).RunAsync(Ones(1, 2, 3, 4), cts.Token);
        _gate.ReleaseAt(0);
        await cts.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(["cancel 1 1", "cancel 2 2", "cancel 3 3", "cancel 4 4"], _journal.Entries.Skip(4).Order(StringComparer.Ordinal));
        Assert.Equal("cancel 1 1", _journal.Entries[^1]);
    }

    [Fact]
    public async Task An_element_that_is_left_out_has_undone_itself_and_is_not_undone_again()
    {
        _gate.Open();
        ValueTask<Answer> run = new BooksWhatWorks(new BooksOne(_gate, _journal), _last).RunAsync(Ones(1, -2, 3));
        Assert.Equal(["book 1", "book -2", "cancel -2 -2", "book 3"], _journal.Entries);
        _last.Fail(new BoomException("boom"));

        await Assert.ThrowsAsync<BoomException>(() => run.Soon());
        Assert.Equal(["cancel 3 3", "cancel 1 1"], _journal.Entries.Skip(4));
    }

    [Fact]
    public async Task The_parent_s_compensation_of_a_loop_replaces_that_of_its_elements()
    {
        _gate.Open();
        ValueTask<Answer> run = new UndoesAllAtOnce(new BooksOne(_gate, _journal), _last, _journal).RunAsync(Ones(1, 2));
        _last.Fail(new BoomException("boom"));

        await Assert.ThrowsAsync<BoomException>(() => run.Soon());
        Assert.Equal(["book 1", "book 2", "undo 2,3"], _journal.Entries);
    }

    [Fact]
    public async Task A_loop_that_has_not_completed_is_undone_element_by_element()
    {
        ValueTask<Answer> run = new UndoesAllAtOnce(new BooksOne(_gate, _journal), _last, _journal).RunAsync(Ones(1, -2));
        _gate.ReleaseAt(0);
        _gate.ReleaseAt(0);

        Assert.Equal("-2", (await Assert.ThrowsAsync<BoomException>(() => run.Soon())).Message);
        Assert.Equal(["book 1", "book -2", "cancel -2 -2", "cancel 1 1"], _journal.Entries);
    }

    [Fact]
    public async Task When_all_goes_well_no_element_is_undone()
    {
        _gate.Open();
        _last.Open();

        Assert.Equal("2,3,4,5", (await new BooksMany(new BooksOne(_gate, _journal), _last).RunAsync(Ones(1, 2, 3, 4)).Soon()).Text);
        Assert.Equal(4, _journal.Entries.Count);
    }

    [Fact]
    public async Task Each_iteration_is_undone_the_last_first()
    {
        ValueTask<Answer> run = new BooksAgain(new BooksAndGrows(99, _journal), _last) { Runtime = _tries.Watch() }.RunAsync(new One(1));
        Assert.Equal(["book 1", "book 2", "book 3"], _journal.Entries);
        _last.Fail(new BoomException("boom"));

        await Assert.ThrowsAsync<BoomException>(() => run.Soon());
        Assert.Equal(["cancel 3", "cancel 2", "cancel 1"], _journal.Entries.Skip(3));
        Assert.Equal([">Grow", "<Grow Completed", ">Grow", "<Grow Completed", ">Grow", "<Grow Completed"], _tries.Boundaries);
    }

    [Fact]
    public async Task An_iteration_that_fails_undoes_itself_and_then_those_before_it_are_undone()
    {
        ValueTask<Answer> run = new BooksAgain(new BooksAndGrows(-1, _journal), _last).RunAsync(new One(-3));

        Assert.Equal("at -1", (await Assert.ThrowsAsync<BoomException>(() => run.Soon())).Message);
        Assert.Equal(["book -3", "book -2", "book -1", "cancel -1", "cancel -2", "cancel -3"], _journal.Entries);
    }

    [Fact]
    public async Task A_loop_of_one_node_is_undone_with_its_last_value()
    {
        ValueTask<Answer> run = new CountsUp(_last, _journal).RunAsync(new One(0));
        _last.Fail(new BoomException("boom"));

        await Assert.ThrowsAsync<BoomException>(() => run.Soon());
        Assert.Equal(["count 0", "count 1", "count 2", "uncount 3"], _journal.Entries);
    }

    [Fact]
    public async Task Who_loses_a_race_and_returns_normally_is_undone()
    {
        Gate left = new();
        Gate right = new();
        ValueTask<Answer> run = new BooksTheFirst(left, right, _last, _journal).RunAsync(new Ask(7));
        left.Open();
        right.Open();
        _last.Fail(new BoomException("boom"));

        await Assert.ThrowsAsync<BoomException>(() => run.Soon());
        Assert.Equal(["undo right -7", "undo left 7"], _journal.Entries);
    }

    [Fact]
    public async Task Who_loses_a_race_by_cancellation_is_not_undone()
    {
        Gate left = new();
        Gate right = new();
        ValueTask<Answer> run = new BooksTheFirst(left, right, _last, _journal).RunAsync(new Ask(7));
        right.Open();
        _last.Fail(new BoomException("boom"));

        await Assert.ThrowsAsync<BoomException>(() => run.Soon());
        Assert.Equal(["undo right -7"], _journal.Entries);
    }

    private static One[] Ones(params int[] numbers) => [.. numbers.Select(n => new One(n))];
}
