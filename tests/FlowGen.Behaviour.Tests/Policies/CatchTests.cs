namespace Behaviour.Policies;

public sealed class CatchTests
{
    private readonly Gate _gate = new();
    private readonly Gate _second = new();
    private readonly Journal _journal = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_nearest_type_handles(bool failsFirst)
    {
        Assert.Equal(("-1", "io a"), await Fail(new IOException("a"), failsFirst));
        Assert.Equal(("-1", "io b"), await Fail(new EndOfStreamException("b"), failsFirst));
        Assert.Equal(("-2", "missing c 7"), await Fail(new FileNotFoundException("c"), failsFirst));
        Assert.Equal(("-3", "late d False"), await Fail(new TimeoutException("d"), failsFirst));
    }

    [Fact]
    public async Task Who_follows_the_node_follows_its_handler()
    {
        _gate.Fail(new IOException("a"));
        await new CatchesByType(_gate, _journal).RunAsync(new Ask(7)).Soon();

        Assert.Equal(["following -1", "io a", "later"], _journal.Entries.Order(StringComparer.Ordinal));
        Assert.Equal("io a", _journal.Entries[0]);
    }

    [Fact]
    public async Task What_fits_no_handler_fails_the_run()
    {
        BoomException boom = new("boom");
        _gate.Fail(boom);

        Assert.Same(boom, await Assert.ThrowsAsync<BoomException>(() => new CatchesByType(_gate, _journal).RunAsync(new Ask(7)).Soon()));
        Assert.Empty(_journal.Entries);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_fits_no_handler_fails_the_run_where_somebody_requires_the_value_though_others_observe_it(bool failsFirst)
    {
        BoomException boom = new("boom");
        if (failsFirst)
        {
            _gate.Fail(boom);
        }

        ValueTask<Answer> run = new CatchesSomeOfWhatIsRequired(_gate, _journal).RunAsync(new Ask(7));
        _gate.Fail(boom);

        Assert.Same(boom, await Assert.ThrowsAsync<BoomException>(() => run.Soon()));
        Assert.Equal(["observed True"], _journal.Entries);
    }

    [Fact]
    public async Task A_handler_that_stands_in_is_what_is_required()
    {
        _gate.Fail(new IOException("a"));

        Assert.Equal("-1", (await new CatchesSomeOfWhatIsRequired(_gate, _journal).RunAsync(new Ask(7)).Soon()).Text);
        Assert.Equal(["io a", "observed False", "required"], _journal.Entries);
    }

    [Fact]
    public async Task Without_a_failure_no_handler_runs()
    {
        Tries tries = new();
        _gate.Open();
        ValueTask<Answer> run = new CatchesByType(_gate, _journal) { Runtime = tries.Watch() }.RunAsync(new Ask(7));

        Assert.Equal("7", (await run.Soon()).Text);
        Assert.Equal("Skipped 1", Assert.Single(tries.Of("OfFiles")));
        Assert.Equal("Completed 1", tries.Of("Work")[^1]);
    }

    [Fact]
    public async Task The_observer_sees_the_failure_and_its_handler()
    {
        Tries tries = new();
        _gate.Fail(new IOException("a"));
        await new CatchesByType(_gate, _journal) { Runtime = tries.Watch() }.RunAsync(new Ask(7)).Soon();

        Assert.Equal("Failed 1", tries.Of("Work")[^1]);
        Assert.Equal(["Executing 1", "Completed 1"], tries.Of("OfFiles"));
        Assert.Equal("Skipped 1", Assert.Single(tries.Of("OfMissingFiles")));
        Assert.Equal("run Completed", tries.Lines[^1]);
    }

    [Fact]
    public async Task Cancellation_is_never_caught()
    {
        using CancellationTokenSource cts = new();
        ValueTask<Answer> run = new CatchesForTwo(_gate, _journal).RunAsync(new Ask(1), cts.Token);
        await cts.CancelAsync();

        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(cts.Token, error.CancellationToken);
        Assert.Empty(_journal.Entries);
    }

    [Fact]
    public async Task What_looks_like_a_cancellation_and_is_none_is_caught()
    {
        using CancellationTokenSource cts = new();
        _gate.Fail(new TaskCanceledException("the client's own timeout"));

        Assert.Equal("-1", (await new CatchesForTwo(_gate, _journal).RunAsync(new Ask(1), cts.Token).Soon()).Text);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task One_handler_may_serve_several_nodes(int number)
    {
        _gate.Fail(new BoomException("boom"));

        Assert.Equal($"-{number}", (await new CatchesForTwo(_gate, _journal).RunAsync(new Ask(number)).Soon()).Text);
        Assert.Equal([$"instead of {number}"], _journal.Entries);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Of_two_nodes_that_fail_together_the_handler_handles_both_and_runs_once(bool firstFails, bool secondFails)
    {
        ValueTask<Answer> run = new CatchesForBoth(_gate, _second, _journal).RunAsync(new Ask(7));
        End(_second, secondFails, "second");
        End(_gate, firstFails, "first");

        Assert.Equal("7", (await run.Soon()).Text);
        Assert.Equal(firstFails ? "instead first" : "instead second", _journal.Entries[0]);
        Assert.Equal(["show"], _journal.Entries.Skip(1));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_handler_throws_replaces_the_failure_which_is_kept(bool suspends)
    {
        BoomException boom = new("boom");
        InvalidOperationException worse = new("worse");
        _gate.Fail(boom);
        if (!suspends)
        {
            _second.Fail(worse);
        }

        ValueTask<Answer> run = new CatchesAndThrows(_gate, _second).RunAsync(new Ask(7));
        _second.Fail(worse);

        Assert.Same(worse, await Assert.ThrowsAsync<InvalidOperationException>(() => run.Soon()));
        Assert.Equal([boom], Suppressed.With(worse));
    }

    [Fact]
    public async Task A_handler_that_is_cancelled_ends_the_run_as_cancelled()
    {
        using CancellationTokenSource cts = new();
        Tries tries = new();
        _gate.Fail(new BoomException("boom"));
        ValueTask<Answer> run = new CatchesAndThrows(_gate, _second) { Runtime = tries.Watch() }.RunAsync(new Ask(7), cts.Token);
        await cts.CancelAsync();

        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(cts.Token, error.CancellationToken);
        Assert.Equal("run Cancelled", tries.Lines[^1]);
    }

    [Fact]
    public async Task A_handler_that_is_skipped_leaves_the_failure_unhandled()
    {
        BoomException boom = new("boom");
        _gate.Fail(boom);

        Assert.Same(boom, await Assert.ThrowsAsync<BoomException>(() => new CatchesOnlyWith(_gate, _journal).RunAsync(new Ask(0)).Soon()));
        Assert.Empty(_journal.Entries);
        Assert.Equal("7", (await new CatchesOnlyWith(_gate, _journal).RunAsync(new Ask(7)).Soon())?.Text);
    }

    [Theory]
    [InlineData(1, "4")]
    [InlineData(2, null)]
    public async Task A_handler_runs_after_the_last_try_and_may_be_tried_again_itself(int failures, string? expected)
    {
        _gate.Fail(new BoomException("boom"));
        ValueTask<Answer> run = new CatchesTheHandler(_gate, Trouble.Times(failures), _journal).RunAsync(new Ask(7));

        if (expected is null)
        {
            BoomException error = await Assert.ThrowsAsync<BoomException>(() => run.Soon());
            Assert.Equal("boom 2", error.Message);
            Assert.Equal("boom", Assert.Single(Suppressed.With(error)).Message);
        }
        else
        {
            Assert.Equal(expected, (await run.Soon()).Text);
        }

        Assert.Equal(2, _gate.Arrivals);
    }

    [Fact]
    public async Task A_failure_inside_of_a_child_is_handled_there_if_it_can_be()
    {
        _gate.Fail(new IOException("io"));
        _second.Open();

        Assert.Equal("2 7", (await new CaughtOutside(new CaughtInside(_gate, _journal), _second, _journal).RunAsync(new Ask(7)).Soon()).Text);
        Assert.Equal(["inside"], _journal.Entries);
    }

    [Fact]
    public async Task Otherwise_it_is_handled_around_the_child_and_nobody_else_is_disturbed()
    {
        Tries tries = new();
        CaughtOutside workflow = new(new CaughtInside(_gate, _journal), _second, _journal) { Runtime = tries.Watch() };
        ValueTask<Answer> run = workflow.RunAsync(new Ask(7));
        _gate.Fail(new BoomException("boom"));
        Assert.Equal(["outside"], _journal.Entries);
        Assert.Equal(1, _second.Waiting);
        _second.Open();

        Assert.Equal("4 7", (await run.Soon()).Text);
        Assert.Equal([">Call", "<Call Failed"], tries.Boundaries);
    }

    [Fact]
    public async Task What_nobody_handles_is_thrown_from_two_levels_down()
    {
        ArgumentException other = new("other");
        ValueTask<Answer> run = new CaughtOutside(new CaughtInside(_gate, _journal), _second, _journal).RunAsync(new Ask(7));
        _gate.Fail(other);

        Assert.Same(other, await Assert.ThrowsAsync<ArgumentException>(() => run.Soon()));
        Assert.Equal(0, _second.Waiting);
    }

    [Fact]
    public async Task The_failure_of_an_element_is_the_failure_of_the_node()
    {
        Ask[] asks = [new(1), new(2)];

        Assert.Equal("-1", (await new CatchesElements(Trouble.Times(1), _journal).RunAsync(asks).Soon()).Text);
        Assert.Equal("1,2", (await new CatchesElements(Trouble.Times(0), _journal).RunAsync(asks).Soon()).Text);
        Assert.Equal(["boom 1"], _journal.Entries);
    }

    [Fact]
    public async Task The_same_object_handles_in_one_run_and_not_in_the_next()
    {
        Gate gate = new();
        CatchesByType workflow = new(gate, _journal);
        for (int i = 0; i < 20; i++)
        {
            ValueTask<Answer> run = workflow.RunAsync(new Ask(i));
            gate.Release();
            Assert.Equal($"{i}", (await run.Soon()).Text);
            Gate broken = new();
            broken.Fail(new IOException("a"));
            Assert.Equal("-1", (await new CatchesByType(broken, _journal).RunAsync(new Ask(i)).Soon()).Text);
        }
    }

    private static void End(Gate gate, bool fails, string message)
    {
        if (fails)
        {
            gate.Fail(new BoomException(message));
        }
        else
        {
            gate.Open();
        }
    }

    private async Task<(string Answer, string Handled)> Fail(Exception error, bool failsFirst)
    {
        Gate gate = new();
        Journal journal = new();
        if (failsFirst)
        {
            gate.Fail(error);
        }

        ValueTask<Answer> run = new CatchesByType(gate, journal).RunAsync(new Ask(7));
        gate.Fail(error);
        return ((await run.Soon()).Text, journal.Entries[0]);
    }
}
