namespace Behaviour.Policies;

public sealed class RetryTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly Gate _gate = new();
    private readonly Gate _beside = new();
    private readonly Journal _journal = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void A_synchronous_run_tries_again_at_once(int failures)
    {
        Trouble trouble = Trouble.Times(failures);

        Assert.Equal("7", new RetriesAtOnce(trouble).Run(new Ask(7)).Text);
        Assert.Equal(failures + 1, trouble.Calls);
    }

    [Fact]
    public void What_the_last_try_throws_is_thrown()
    {
        Trouble trouble = Trouble.Times(4);

        Assert.Equal("boom 4", Assert.Throws<BoomException>(() => new RetriesAtOnce(trouble).Run(new Ask(7))).Message);
        Assert.Equal(4, trouble.Calls);
    }

    [Fact]
    public void Each_run_of_the_same_object_has_all_its_tries()
    {
        Trouble trouble = Trouble.Times(8);
        RetriesAtOnce workflow = new(trouble);

        Assert.Equal("boom 4", Assert.Throws<BoomException>(() => workflow.Run(new Ask(1))).Message);
        Assert.Equal("boom 8", Assert.Throws<BoomException>(() => workflow.Run(new Ask(2))).Message);
        Assert.Equal("3", workflow.Run(new Ask(3)).Text);
    }

    [Fact]
    public void There_may_be_thousands_of_tries()
    {
        Trouble trouble = Trouble.Times(1_999);

        Assert.Equal("1", new RetriesForLong(trouble).Run(new Ask(1)).Text);
        Assert.Equal(2_000, trouble.Calls);
    }

    [Fact]
    public async Task A_try_that_suspends_is_followed_by_another_after_the_delay()
    {
        ValueTask<Answer> run = Later(Trouble.Times(2));
        _gate.Release();
        Assert.Equal(["try 1"], _journal.Entries);
        _clock.Advance(TimeSpan.FromMilliseconds(999));
        Assert.Equal(["try 1"], _journal.Entries);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(["try 1", "try 2"], _journal.Entries);

        _gate.Release();
        _clock.Advance(TimeSpan.FromMilliseconds(1_999));
        Assert.Equal(["try 1", "try 2"], _journal.Entries);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        _gate.Release();

        Assert.Equal("7", (await run.Soon()).Text);
        Assert.Equal(["try 1", "try 2", "try 3"], _journal.Entries);
    }

    [Fact]
    public async Task It_gives_up_after_the_last_try()
    {
        Trouble trouble = Trouble.Times(9);
        _gate.Open();
        ValueTask<Answer> run = Later(trouble);
        _clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal("boom 3", (await Assert.ThrowsAsync<BoomException>(() => run.Soon())).Message);
        Assert.Equal(3, trouble.Calls);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cancellation_ends_the_delay_at_once(bool beside)
    {
        using CancellationTokenSource cts = new();
        Trouble trouble = Trouble.Times(9);
        _gate.Open();
        ValueTask<Answer> run = beside ? Beside(trouble, cts.Token) : Later(trouble, cts.Token);
        Assert.False(run.IsCompleted);
        await cts.CancelAsync();

        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(cts.Token, error.CancellationToken);
        Assert.Equal(1, trouble.Calls);
    }

    [Fact]
    public async Task Cancellation_is_never_retried()
    {
        using CancellationTokenSource cts = new();
        ValueTask<Answer> run = Later(new Trouble(), cts.Token);
        await cts.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(["try 1"], _journal.Entries);
    }

    [Fact]
    public async Task What_looks_like_a_cancellation_and_is_none_is_retried()
    {
        using CancellationTokenSource cts = new();
        _gate.Open();
        ValueTask<Answer> run = Later(new Trouble(new TaskCanceledException("the client's own timeout")), cts.Token);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("7", (await run.Soon()).Text);
    }

    [Fact]
    public async Task Others_go_on_while_it_waits_for_its_next_try()
    {
        ValueTask<Answer> run = Beside(Trouble.Times(1));
        _gate.Release();
        _beside.Open();
        Assert.Equal(["try 1", "following"], _journal.Entries);
        Assert.False(run.IsCompleted);

        _clock.Advance(TimeSpan.FromSeconds(1));
        _gate.Open();
        Assert.Equal("21", (await run.Soon()).Text);
    }

    [Fact]
    public async Task A_sibling_s_failure_ends_the_delay_at_once()
    {
        BoomException boom = new("sibling");
        ValueTask<Answer> run = Beside(Trouble.Times(9));
        _gate.Release();
        _beside.Fail(boom);

        Assert.Same(boom, await Assert.ThrowsAsync<BoomException>(() => run.Soon()));
        Assert.Equal(["try 1"], _journal.Entries);
        Assert.Empty(Suppressed.With(boom));
    }

    [Fact]
    public async Task The_observer_is_told_of_every_try()
    {
        Tries tries = new();
        _gate.Open();
        ValueTask<Answer> run = new RetriesLater(_gate, Trouble.Times(2), _journal) { Runtime = tries.Watch(_clock) }.RunAsync(new Ask(7));
        _clock.Advance(TimeSpan.FromSeconds(3));
        await run.Soon();

        Assert.Equal(["Executing 1", "Waiting 2", "Executing 2", "Waiting 3", "Executing 3", "Completed 3"], tries.Of("Work"));
    }

    [Fact]
    public async Task The_observer_is_told_which_try_was_the_last()
    {
        Tries tries = new();
        _gate.Open();
        ValueTask<Answer> run = new RetriesLater(_gate, Trouble.Times(9), _journal) { Runtime = tries.Watch(_clock) }.RunAsync(new Ask(7));
        _clock.Advance(TimeSpan.FromSeconds(3));
        await Assert.ThrowsAsync<BoomException>(() => run.Soon());

        Assert.Equal("Failed 3", tries.Of("Work")[^1]);
    }

    [Fact]
    public async Task The_handle_shows_a_node_that_waits_for_its_next_try()
    {
        _gate.Open();
        await using RetriesLater.Handle run = new RetriesLater(_gate, Trouble.Times(1), _journal) { Runtime = Clocked() }.Start(new Ask(7));
        Assert.Equal(NodeState.Waiting, run[RetriesLater.NodeId.Work]);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("7", (await run.Completion.Soon()).Text);
        Assert.Equal(NodeState.Completed, run[RetriesLater.NodeId.Work]);
    }

    [Fact]
    public async Task The_handle_s_cancel_ends_the_delay_at_once()
    {
        _gate.Open();
        await using RetriesLater.Handle run = new RetriesLater(_gate, Trouble.Times(1), _journal) { Runtime = Clocked() }.Start(new Ask(7));
        run.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Completion.Soon());
        Assert.Equal(RunStatus.Cancelled, run.Status);
    }

    [Fact]
    public async Task Runs_side_by_side_do_not_share_their_tries()
    {
        Trouble trouble = Trouble.Times(2 * 20);
        RetriesLater workflow = new(_gate, trouble, _journal) { Runtime = Clocked() };
        _gate.Open();
        Task<Answer>[] runs = [.. Enumerable.Range(0, 20).Select(i => workflow.RunAsync(new Ask(i)).AsTask())];
        _clock.Advance(TimeSpan.FromSeconds(1));
        _clock.Advance(TimeSpan.FromSeconds(2));

        Answer[] answers = await Task.WhenAll(runs).Soon();
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{i}"), answers.Select(a => a.Text));
        Assert.Equal(20, _journal.Count("try 3"));
    }

    [Fact]
    public async Task A_node_on_the_thread_pool_is_tried_again()
    {
        Trouble trouble = Trouble.Times(3);

        Assert.Equal("7", (await new RetriesOnThePool(trouble).RunAsync(new Ask(7)).Soon()).Text);
        Assert.Equal(4, trouble.Calls);
        Assert.Equal("boom 4", (await Assert.ThrowsAsync<BoomException>(() => new RetriesOnThePool(Trouble.Times(4)).RunAsync(new Ask(7)).Soon())).Message);
    }

    [Fact]
    public async Task All_tries_use_the_same_instance_which_is_cleaned_once()
    {
        Census census = new();

        Assert.Equal("13 3 1", (await new RetriesAnInstance(Trouble.Times(2), census).RunAsync(new Ask(7)).Soon()).Text);
        Assert.Equal((3, 1), (census.Used, census.Cleaned));
    }

    private FlowRuntime Clocked() => new(new FlowRuntimeOptions { TimeProvider = _clock });

    private ValueTask<Answer> Later(Trouble trouble, CancellationToken ct = default)
        => new RetriesLater(_gate, trouble, _journal) { Runtime = Clocked() }.RunAsync(new Ask(7), ct);

    private ValueTask<Answer> Beside(Trouble trouble, CancellationToken ct = default)
        => new RetriesBesideOthers(_gate, trouble, _beside, _journal) { Runtime = Clocked() }.RunAsync(new Ask(7), ct);
}
