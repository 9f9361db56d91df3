namespace Behaviour.Joins;

public sealed class AnyTests
{
    private readonly Gate[] _gates = [new(), new(), new(), new()];
    private readonly Journal _journal = new();
    private readonly RecordingObserver _observer = new();

    [Theory]
    [InlineData(0, "nextA")]
    [InlineData(1, "nextB")]
    public async Task The_first_that_completes_starts_it(int first, string expected)
    {
        Task<Answer> run = new AfterAnyOfTwo(_gates, _journal).RunAsync(new Ask(3)).AsTask();
        Assert.Empty(_journal.Entries);
        _gates[first].Release();
        Assert.Equal([expected], _journal.Entries);
        Assert.False(run.IsCompleted);
        _gates[1 - first].Release();

        Assert.Equal("3 3 3", (await run.Soon()).Text);
    }

    [Fact]
    public async Task One_that_is_skipped_has_settled()
    {
        Task<Answer> run = new AfterAnyOfTwo(_gates, _journal).RunAsync(new Ask(0)).AsTask();
        Assert.Equal(["next"], _journal.Entries);
        _gates[1].Release();

        Assert.Equal("0  0", (await run.Soon()).Text);
    }

    [Fact]
    public async Task One_whose_failure_is_handled_has_settled()
    {
        Task<Answer> run = new AfterAnyOfTwo(_gates, _journal).RunAsync(new Ask(3)).AsTask();
        _gates[1].Fail(new BoomException("B"));
        Assert.Equal(["next"], _journal.Entries);
        _gates[0].Release();

        Assert.Equal("0 3 ", (await run.Soon()).Text);
    }

    [Fact]
    public async Task A_failure_that_nobody_handles_fails_the_run()
    {
        Task<Answer> run = new AfterAnyOfTwo(_gates, _journal).RunAsync(new Ask(3)).AsTask();
        _gates[0].Fail(new BoomException("A"));

        Assert.Equal("A", (await Assert.ThrowsAsync<BoomException>(() => run.Soon())).Message);
        Assert.Empty(_journal.Entries);
        Assert.Equal(0, _gates[1].Waiting);
    }

    [Fact]
    public async Task Each_group_needs_one()
    {
        Task<Answer> run = new AfterAnyOfBoth(_gates, _journal).RunAsync(new Ask(3)).AsTask();
        _gates[0].Release();
        _gates[1].Release();
        Assert.Empty(_journal.Entries);
        _gates[3].Release();
        Assert.Equal(["next"], _journal.Entries);
        Assert.False(run.IsCompleted);
        _gates[2].Release();

        Assert.Equal("3", (await run.Soon()).Text);
        Assert.Equal(["next"], _journal.Entries);
    }

    [Fact]
    public async Task Those_that_completed_at_once_count_together()
    {
        _gates[0].Open();
        _gates[1].Open();
        _gates[2].Open();

        Assert.Equal("3 3 3", (await new AfterAnyOfTwo(_gates, _journal).RunAsync(new Ask(3)).Soon()).Text);
        Assert.Equal("ran", (await new SomeOfThree(_gates, _journal).RunAsync(new Ask(3)).Soon()).Text);
    }

    [Theory]
    [InlineData(0, 1, "nextAB")]
    [InlineData(2, 1, "nextBC")]
    [InlineData(2, 0, "nextAC")]
    public async Task Two_of_three_are_enough(int first, int second, string expected)
    {
        Task<Answer> run = new SomeOfThree(_gates, _journal).RunAsync(new Ask(3)).AsTask();
        _gates[first].Release();
        Assert.Empty(_journal.Entries);
        _gates[second].Release();
        Assert.Equal([expected], _journal.Entries);
        Assert.False(run.IsCompleted);
        _gates[3 - first - second].Release();

        Assert.Equal("ran", (await run.Soon()).Text);
        Assert.Single(_journal.Entries);
    }

    [Fact]
    public async Task A_rule_may_say_that_it_will_not_run()
    {
        Task<Answer> run = new SomeOfThree(_gates, _journal) { Runtime = _observer.Watch() }.RunAsync(new Ask(0)).AsTask();
        _gates[0].Fail(new BoomException("A"));
        Assert.Equal("Skipped", _observer.StatesOf("Next"));
        _gates[1].Release();

        Assert.Equal("skipped", (await run.Soon()).Text);
        Assert.Empty(_journal.Entries);
    }

    [Fact]
    public async Task One_that_fails_may_be_made_up_for()
    {
        Task<Answer> run = new SomeOfThree(_gates, _journal).RunAsync(new Ask(1)).AsTask();
        _gates[1].Fail(new BoomException("B"));
        _gates[0].Release();
        Assert.Empty(_journal.Entries);
        _gates[2].Release();

        Assert.Equal("ran", (await run.Soon()).Text);
        Assert.Equal(["nextAC"], _journal.Entries);
    }

    [Fact]
    public async Task The_rest_can_be_cancelled()
    {
        Task<Answer?> run = new TwoCancelTheThird(_gates, _journal) { Runtime = _observer.Watch() }.RunAsync(new Ask(1)).AsTask();
        _gates[2].Release();
        _gates[0].Release();

        Assert.Equal("AC", (await run.Soon())?.Text);
        Assert.Equal("Executing Cancelled", _observer.StatesOf("B"));
    }

    [Fact]
    public async Task What_completed_at_once_leaves_nothing_to_cancel_but_the_rest()
    {
        _gates[0].Open();
        _gates[1].Open();

        Task<Answer?> run = new TwoCancelTheThird(_gates, _journal).RunAsync(new Ask(1)).AsTask();
        Assert.Equal("AB", (await run.Soon())?.Text);
    }

    [Fact]
    public async Task A_rule_that_throws_fails_its_own_node()
    {
        Task<Answer> run = new BadJoin(_gates, _journal) { Runtime = _observer.Watch() }.RunAsync(new Ask(1)).AsTask();
        _gates[0].Release();
        _gates[1].Release();

        Assert.Equal("rule", (await Assert.ThrowsAsync<BoomException>(() => run.Soon())).Message);
        Assert.Equal("Executing Completed", _observer.StatesOf("B"));
        Assert.EndsWith("Failed", _observer.StatesOf("Next"), StringComparison.Ordinal);
        Assert.Equal("Executing Cancelled", _observer.StatesOf("Beside"));
        Assert.Empty(_journal.Entries);
    }

    [Fact]
    public async Task A_rule_that_throws_where_nothing_suspends_fails_its_own_node()
    {
        _gates[0].Open();
        _gates[1].Open();
        _gates[2].Open();

        Task<Answer> run = new BadJoin(_gates, _journal) { Runtime = _observer.Watch() }.RunAsync(new Ask(1)).AsTask();
        Assert.Equal("rule", (await Assert.ThrowsAsync<BoomException>(() => run.Soon())).Message);
        Assert.Equal("Executing Completed", _observer.StatesOf("B"));
        Assert.EndsWith("Failed", _observer.StatesOf("Next"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_object_joins_anew_in_each_run()
    {
        SomeOfThree workflow = new(_gates, _journal);
        for (int round = 0; round < 3; round++)
        {
            Task<Answer> run = workflow.RunAsync(new Ask(1)).AsTask();
            _gates[round].Release();
            _gates[(round + 1) % 3].Release();
            Assert.Equal(round + 1, _journal.Entries.Count);
            _gates[(round + 2) % 3].Release();
            Assert.Equal("ran", (await run.Soon()).Text);
        }
    }

    [Fact]
    public async Task Cancellation_does_not_count_as_settled()
    {
        using CancellationTokenSource cts = new();
        Task<Answer> run = new AfterAnyOfTwo(_gates, _journal).RunAsync(new Ask(3), cts.Token).AsTask();
        await cts.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Empty(_journal.Entries);
    }

    [Fact]
    public async Task Many_threads_may_settle_what_is_joined_at_once()
    {
        for (int i = 0; i < 100; i++)
        {
            Gate[] gates = [new(), new(), new()];
            Journal journal = new();
            Task<Answer> run = new SomeOfThree(gates, journal).RunAsync(new Ask(1)).AsTask();
            await Crowd.Run(3, number => gates[number].Open());
            Assert.Equal("ran", (await run.Soon()).Text);
            Assert.Single(journal.Entries);
        }
    }
}
