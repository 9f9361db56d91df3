using Behaviour.Policies;

namespace Behaviour.Sagas;

public sealed class NestedSagaTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly Tries _tries = new();
    private readonly Gate _inside = new();
    private readonly Gate _last = new();
    private readonly Journal _journal = new();

    [Fact]
    public async Task Across_finished_sub_workflows_the_order_is_kept()
    {
        _inside.Open();
        ValueTask<Answer> run = Journey();
        _last.Fail(new BoomException("boom"));

        await Assert.ThrowsAsync<BoomException>(() => run.Soon());
        Assert.Equal(["book 7", "fly 7", "insure 7", "refund 7", "land 7", "cancel 7"], _journal.Entries);
        Assert.Equal([">Journey", ">Journey.Stay", "<Journey.Stay Completed", "<Journey Completed"], _tries.Boundaries);
        Assert.Equal("Compensated 1", _tries.Of("Journey.Stay.Book")[^1]);
    }

    [Fact]
    public async Task A_failure_inside_undoes_everything_around_it()
    {
        BoomException boom = new("boom");
        ValueTask<Answer> run = Journey();
        _inside.Fail(boom);

        Assert.Same(boom, await Assert.ThrowsAsync<BoomException>(() => run.Soon()));
        Assert.Equal(["book 7", "cancel 7"], _journal.Entries);
        Assert.Equal([">Journey", ">Journey.Stay", "<Journey.Stay Failed", "<Journey Failed"], _tries.Boundaries);
    }

    [Fact]
    public async Task Cancellation_undoes_across_sub_workflows()
    {
        using CancellationTokenSource cts = new();
        _inside.Open();
        ValueTask<Answer> run = Journey(cts.Token);
        await cts.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(["book 7", "fly 7", "insure 7", "refund 7", "land 7", "cancel 7"], _journal.Entries);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_linked_child_and_one_laid_out_are_undone_in_the_order_in_which_their_nodes_completed(bool succeeds)
    {
        Gate here = new();
        Gate there = new();
        ValueTask<Answer> run = new BooksTwoStays(new BooksAStay(here, _journal), new BooksAStay(there, _journal), _last) { Runtime = _tries.Watch() }.RunAsync(new Ask(1));
        string[] booked = [.. _journal.Entries];
        there.Open();
        here.Open();
        if (succeeds)
        {
            _last.Open();
            Assert.Equal("1 2", (await run.Soon()).Text);
            Assert.Equal(booked, _journal.Entries);
            return;
        }

        _last.Fail(new BoomException("boom"));
        await Assert.ThrowsAsync<BoomException>(() => run.Soon());
        Assert.Equal(2, booked.Length);
        Assert.Equal(booked.Reverse().Select(b => b.Replace("book", "cancel", StringComparison.Ordinal)), _journal.Entries.Skip(2));
    }

    [Fact]
    public async Task A_child_that_is_still_on_its_way_is_undone_first_and_then_the_finished_one()
    {
        Gate here = new();
        Gate there = new();
        ValueTask<Answer> run = new BooksTwoStays(new BooksAStay(here, _journal), new BooksAStay(there, _journal), _last).RunAsync(new Ask(1));
        here.Open();
        there.Fail(new BoomException("boom"));

        await Assert.ThrowsAsync<BoomException>(() => run.Soon());
        Assert.Equal(["cancel 1", "cancel 2"], _journal.Entries.Skip(2).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_parent_s_compensation_replaces_the_child_s()
    {
        _inside.Open();
        ValueTask<Answer> run = new UndoesTheChild(new BooksAStay(_inside, _journal), _last, _journal) { Runtime = _tries.Watch() }.RunAsync(new Ask(7));
        _last.Fail(new BoomException("boom"));

        await Assert.ThrowsAsync<BoomException>(() => run.Soon());
        Assert.Equal(["book 7", "leave 7"], _journal.Entries);
        Assert.Equal("Compensated 1", _tries.Of("Stay")[^1]);
    }

    [Fact]
    public async Task A_child_that_fails_undoes_itself_whatever_its_parent_declares()
    {
        ValueTask<Answer> run = new UndoesTheChild(new BooksAStay(_inside, _journal), _last, _journal).RunAsync(new Ask(7));
        _inside.Fail(new BoomException("boom"));

        await Assert.ThrowsAsync<BoomException>(() => run.Soon());
        Assert.Equal(["book 7", "cancel 7"], _journal.Entries);
    }

    [Fact]
    public async Task A_child_that_came_too_late_is_undone_as_a_whole_where_the_parent_says_so()
    {
        ValueTask<Answer> run = new UndoesTheLateChild(new BooksDeaf(_inside, _journal), _last, _journal) { Runtime = _tries.Watch(_clock) }.RunAsync(new Ask(7));
        _clock.Advance(TimeSpan.FromSeconds(5));
        _inside.Open();
        _last.Fail(new BoomException("boom"));

        Assert.Equal("boom", (await Assert.ThrowsAsync<BoomException>(() => run.Soon())).Message);
        Assert.Equal(["book 7", "book 7", "leave 7", "leave 7"], _journal.Entries);
    }

    [Fact]
    public async Task So_it_is_when_the_next_try_fails()
    {
        ValueTask<Answer> run = new UndoesTheLateChild(new BooksDeaf(_inside, _journal), _last, _journal) { Runtime = _tries.Watch(_clock) }.RunAsync(new Ask(7));
        _clock.Advance(TimeSpan.FromSeconds(5));
        _inside.Release();
        _inside.Fail(new BoomException("boom"));

        Assert.Equal("boom", (await Assert.ThrowsAsync<BoomException>(() => run.Soon())).Message);
        Assert.Equal(["book 7", "book 7", "cancel 7", "leave 7"], _journal.Entries);
    }

    [Fact]
    public async Task A_child_that_came_too_late_is_undone_when_the_run_fails()
    {
        ValueTask<Answer> run = new KeepsTheLateChild(new BooksDeaf(_inside, _journal), _last) { Runtime = _tries.Watch(_clock) }.RunAsync(new Ask(7));
        _clock.Advance(TimeSpan.FromSeconds(5));
        _inside.Open();
        _last.Fail(new BoomException("boom"));
        await Assert.ThrowsAsync<BoomException>(() => run.Soon());

        Assert.Equal(2, _journal.Count("book 7"));
        Assert.Equal(2, _journal.Count("cancel 7"));
    }

    [Fact]
    public async Task A_handled_child_has_undone_itself_before_the_handler_runs()
    {
        ValueTask<Answer> run = Handled();
        _inside.Fail(new BoomException("boom"));
        Assert.Equal(["begin", "book 7", "cancel 7", "camp"], _journal.Entries);
        _last.Open();

        Assert.Equal("4", (await run.Soon()).Text);
        Assert.Equal(["begin", "book 7", "cancel 7", "camp"], _journal.Entries);
    }

    [Fact]
    public async Task What_a_handled_child_has_undone_is_not_undone_again()
    {
        ValueTask<Answer> run = Handled();
        _inside.Fail(new BoomException("boom"));
        _last.Fail(new BoomException("later"));

        await Assert.ThrowsAsync<BoomException>(() => run.Soon());
        Assert.Equal(["begin", "book 7", "cancel 7", "camp", "undo begin 7"], _journal.Entries);
    }

    [Fact]
    public async Task A_child_chosen_at_run_time_stays_armed_too()
    {
        _inside.Open();
        ValueTask<Answer> run = new BooksWhatIsChosen(_last).RunAsync(new Ask(7), new FlowRef<Ask, Two>(new BooksAStay(_inside, _journal)));
        _last.Fail(new BoomException("boom"));

        await Assert.ThrowsAsync<BoomException>(() => run.Soon());
        Assert.Equal(["book 7", "cancel 7"], _journal.Entries);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_class_that_replaces_the_child_is_undone_in_its_place(bool isReplaced)
    {
        MayBeReplaced child = isReplaced ? new Replaces(_journal) : new MayBeReplaced(_journal);
        ValueTask<Answer> run = new CallsTheReplaceable(child, _last, _journal).RunAsync(new Ask(7));
        _last.Fail(new BoomException("boom"));

        await Assert.ThrowsAsync<BoomException>(() => run.Soon());
        string[] undone = isReplaced ? ["undo third 7", "undo work 7", "undo first 7"] : ["undo third 7", "undo first 7"];
        Assert.Equal(["first", "work", "third", .. undone], _journal.Entries);
    }

    [Fact]
    public async Task A_child_that_has_ended_early_stays_armed_like_any_other()
    {
        ValueTask<Answer> run = new CallsWhoEndsEarly(new EndsEarly(_inside, _journal), _last).RunAsync(new Ask(7));
        Assert.Equal(["book 7"], _journal.Entries);
        _last.Fail(new BoomException("boom"));

        await Assert.ThrowsAsync<BoomException>(() => run.Soon());
        Assert.Equal(["book 7", "cancel 7"], _journal.Entries);
        Assert.Equal("7", (await new CallsWhoEndsEarly(new EndsEarly(_inside, _journal), Opened()).RunAsync(new Ask(7)).Soon()).Text);
        Assert.Equal(["book 7", "cancel 7", "book 7"], _journal.Entries);
    }

    private static Gate Opened()
    {
        Gate gate = new();
        gate.Open();
        return gate;
    }

    private ValueTask<Answer> Journey(CancellationToken ct = default)
        => new PaysForAJourney(new BooksAJourney(new BooksAStay(_inside, _journal), _journal), _last, _journal) { Runtime = _tries.Watch() }.RunAsync(new Ask(7), ct);

    private ValueTask<Answer> Handled() => new HandlesTheChild(new BooksAStay(_inside, _journal), _last, _journal).RunAsync(new Ask(7));
}
