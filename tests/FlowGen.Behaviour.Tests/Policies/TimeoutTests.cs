namespace Behaviour.Policies;

public sealed class TimeoutTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly Gate _gate = new();
    private readonly Gate _leaving = new();
    private readonly Gate _beside = new();
    private readonly Journal _journal = new();

    private FlowRuntime Clocked => new(new FlowRuntimeOptions { TimeProvider = _clock });

    [Fact]
    public async Task It_cancels_and_waits()
    {
        ValueTask<Answer> run = Limited();
        _clock.Advance(TimeSpan.FromMilliseconds(4_999));
        Assert.Empty(_journal.Entries);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(["told to stop"], _journal.Entries);
        Assert.False(run.IsCompleted);
        _leaving.Open();

        await Assert.ThrowsAsync<TimeoutException>(() => run.Soon());
        Assert.Equal(["told to stop", "left"], _journal.Entries);
    }

    [Fact]
    public async Task The_message_names_workflow_node_and_limit()
    {
        _leaving.Open();
        ValueTask<Answer> run = Limited();
        _clock.Advance(TimeSpan.FromSeconds(5));

        TimeoutException error = await Assert.ThrowsAsync<TimeoutException>(() => run.Soon());
        Assert.Contains("'Work'", error.Message, StringComparison.Ordinal);
        Assert.Contains(LimitsANode.Descriptor.Id, error.Message, StringComparison.Ordinal);
        Assert.Contains("5000 ms", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_in_time_is_not_disturbed()
    {
        ValueTask<Answer> run = Limited();
        _clock.Advance(TimeSpan.FromMilliseconds(4_999));
        _gate.Open();

        Assert.Equal("7", (await run.Soon()).Text);
        Assert.Equal(["show"], _journal.Entries);
    }

    [Fact]
    public async Task The_limit_of_one_run_does_not_reach_the_next_of_the_same_object()
    {
        LimitsANode workflow = new(_gate, _leaving, _journal) { Runtime = Clocked };
        for (int i = 0; i < 3; i++)
        {
            ValueTask<Answer> run = workflow.RunAsync(new Ask(i));
            _clock.Advance(TimeSpan.FromSeconds(3));
            Assert.False(run.IsCompleted);
            _gate.Release();
            Assert.Equal($"{i}", (await run.Soon()).Text);
        }

        _leaving.Open();
        ValueTask<Answer> late = workflow.RunAsync(new Ask(9));
        _clock.Advance(TimeSpan.FromSeconds(5));
        await Assert.ThrowsAsync<TimeoutException>(() => late.Soon());

        ValueTask<Answer> last = workflow.RunAsync(new Ask(10));
        _clock.Advance(TimeSpan.FromSeconds(4));
        _gate.Release();
        Assert.Equal("10", (await last.Soon()).Text);
    }

    [Fact]
    public async Task Runs_side_by_side_have_their_own_limits()
    {
        LimitsANode workflow = new(_gate, _leaving, _journal) { Runtime = Clocked };
        _leaving.Open();
        ValueTask<Answer> early = workflow.RunAsync(new Ask(1));
        _clock.Advance(TimeSpan.FromSeconds(3));
        ValueTask<Answer> late = workflow.RunAsync(new Ask(2));
        _clock.Advance(TimeSpan.FromSeconds(2));
        await Assert.ThrowsAsync<TimeoutException>(() => early.Soon());
        Assert.False(late.IsCompleted);
        _gate.Release();

        Assert.Equal("2", (await late.Soon()).Text);
    }

    [Fact]
    public async Task A_timeout_is_a_failure_and_cancels_the_siblings()
    {
        Tries tries = new();
        ValueTask<Answer> run = new LimitsOneOfTwo(_gate, _beside, _journal) { Runtime = tries.Watch(_clock) }.RunAsync(new Ask(7));
        _clock.Advance(TimeSpan.FromSeconds(5));

        await Assert.ThrowsAsync<TimeoutException>(() => run.Soon());
        Assert.Equal(["beside cancelled"], _journal.Entries);
        Assert.Equal("Failed 1", tries.Of("Work")[^1]);
        Assert.Equal("Cancelled 1", tries.Of("Beside")[^1]);
        Assert.Equal("run Failed", tries.Lines[^1]);
    }

    [Fact]
    public async Task Cancelled_before_the_limit_it_is_cancelled()
    {
        using CancellationTokenSource cts = new();
        ValueTask<Answer> run = Limited(cts.Token);
        await cts.CancelAsync();
        _clock.Advance(TimeSpan.FromSeconds(10));
        _leaving.Open();

        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(cts.Token, error.CancellationToken);
    }

    [Fact]
    public async Task A_sibling_s_failure_before_the_limit_decides()
    {
        BoomException boom = new("sibling");
        ValueTask<Answer> run = new LimitsOneOfTwo(_gate, _beside, _journal) { Runtime = Clocked }.RunAsync(new Ask(7));
        _beside.Fail(boom);
        _clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Same(boom, await Assert.ThrowsAsync<BoomException>(() => run.Soon()));
        Assert.Empty(Suppressed.With(boom));
    }

    [Fact]
    public async Task A_node_that_takes_no_token_is_awaited()
    {
        ValueTask<Answer> run = new LimitsTheDeaf(_gate, _journal) { Runtime = Clocked }.RunAsync(new Ask(7));
        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.False(run.IsCompleted);
        _gate.Open();

        await Assert.ThrowsAsync<TimeoutException>(() => run.Soon());
    }

    [Fact]
    public async Task What_returns_too_late_counts_as_completed_for_its_compensation()
    {
        ValueTask<Answer> run = new LimitsTheDeaf(_gate, _journal) { Runtime = Clocked }.RunAsync(new Ask(7));
        _clock.Advance(TimeSpan.FromSeconds(5));
        _gate.Open();

        await Assert.ThrowsAsync<TimeoutException>(() => run.Soon());
        Assert.Equal(["returned", "undo 7"], _journal.Entries);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_value_that_comes_too_late_does_not_count_though_the_caller_has_cancelled_as_well(bool isLateFirst)
    {
        using CancellationTokenSource cts = new();
        ValueTask<Answer> run = new LimitsTheDeaf(_gate, _journal) { Runtime = Clocked }.RunAsync(new Ask(7), cts.Token);
        if (!isLateFirst)
        {
            await cts.CancelAsync();
        }

        _clock.Advance(TimeSpan.FromSeconds(5));
        await cts.CancelAsync();
        _gate.Open();

        await Assert.ThrowsAsync<TimeoutException>(() => run.Soon());
        Assert.Equal(["returned", "undo 7"], _journal.Entries);
    }

    [Fact]
    public async Task A_run_without_anything_else_to_do_is_too_late_though_the_caller_has_cancelled()
    {
        using CancellationTokenSource cts = new();
        ValueTask<Answer> run = new LimitsAnAnswer(_gate) { Runtime = Clocked }.RunAsync(new Ask(7), cts.Token);
        _clock.Advance(TimeSpan.FromSeconds(5));
        await cts.CancelAsync();
        _gate.Open();

        await Assert.ThrowsAsync<TimeoutException>(() => run.Soon());
    }

    [Theory]
    [InlineData(4, "False")]
    [InlineData(5, null)]
    public async Task A_synchronous_node_is_limited_from_its_call(int seconds, string? expected)
    {
        ValueTask<Answer> run = new LimitsTheSynchronous(_clock) { Runtime = Clocked }.RunAsync(new Ask(seconds));

        if (expected is null)
        {
            await Assert.ThrowsAsync<TimeoutException>(() => run.Soon());
        }
        else
        {
            Assert.Equal(expected, (await run.Soon()).Text);
        }
    }

    [Fact]
    public async Task A_node_that_completes_at_once_sets_no_timer()
    {
        CountingClock clock = new();
        LimitsANode workflow = new(_gate, _leaving, _journal) { Runtime = new FlowRuntime(new FlowRuntimeOptions { TimeProvider = clock }) };
        int before = clock.Timers;
        _gate.Open();
        for (int i = 0; i < 10; i++)
        {
            await workflow.RunAsync(new Ask(i)).Soon();
        }

        Assert.Equal(before, clock.Timers);
    }

    [Fact]
    public async Task The_limit_is_read_at_each_use()
    {
        int seconds = 1;
        ReadsItsLimit workflow = new(_gate, () => TimeSpan.FromSeconds(seconds)) { Runtime = Clocked };
        ValueTask<Answer> first = workflow.RunAsync(new Ask(1));
        _clock.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<TimeoutException>(() => first.Soon());

        seconds = 30;
        ValueTask<Answer> second = workflow.RunAsync(new Ask(2));
        _clock.Advance(TimeSpan.FromSeconds(29));
        _gate.Open();
        Assert.Equal("2", (await second.Soon()).Text);
    }

    [Fact]
    public async Task A_limit_may_be_as_long_as_there_is()
    {
        ValueTask<Answer> run = new ReadsItsLimit(_gate, () => TimeSpan.MaxValue) { Runtime = Clocked }.RunAsync(new Ask(1));
        _clock.Advance(TimeSpan.FromDays(1_000));
        Assert.False(run.IsCompleted);
        _gate.Open();

        Assert.Equal("1", (await run.Soon()).Text);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task A_limit_that_is_none_fails_the_node_when_its_body_has_returned(int seconds)
    {
        ValueTask<Answer> run = new ReadsItsLimit(_gate, () => TimeSpan.FromSeconds(seconds)) { Runtime = Clocked }.RunAsync(new Ask(1));
        Assert.False(run.IsCompleted);
        _gate.Open();

        FlowInputException error = await Assert.ThrowsAsync<FlowInputException>(() => run.Soon());
        Assert.Contains("Work", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_limit_that_throws_fails_the_node_when_its_body_has_returned()
    {
        BoomException boom = new("limit");
        ValueTask<Answer> run = new ReadsItsLimit(_gate, () => throw boom) { Runtime = Clocked }.RunAsync(new Ask(1));
        Assert.False(run.IsCompleted);
        _gate.Open();

        Assert.Same(boom, await Assert.ThrowsAsync<BoomException>(() => run.Soon()));
    }

    [Fact]
    public async Task A_total_limit_that_is_none_fails_although_the_other_is_good()
    {
        ReadsBothLimits workflow = new(_gate, new Trouble(), () => TimeSpan.FromSeconds(5), () => TimeSpan.Zero) { Runtime = Clocked };
        ValueTask<Answer> run = workflow.RunAsync(new Ask(1));
        _gate.Open();

        await Assert.ThrowsAsync<FlowInputException>(() => run.Soon());
    }

    [Fact]
    public async Task Both_limits_may_be_read()
    {
        ReadsBothLimits workflow = new(_gate, new Trouble(), () => TimeSpan.FromSeconds(5), () => TimeSpan.FromSeconds(12)) { Runtime = Clocked };
        ValueTask<Answer> run = workflow.RunAsync(new Ask(1));
        _clock.Advance(TimeSpan.FromSeconds(5));
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(3, _gate.Arrivals);
        Assert.False(run.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(2));

        TimeoutException error = await Assert.ThrowsAsync<TimeoutException>(() => run.Soon());
        Assert.Contains("00:00:12", error.Message, StringComparison.Ordinal);
    }

    private ValueTask<Answer> Limited(CancellationToken ct = default)
        => new LimitsANode(_gate, _leaving, _journal) { Runtime = Clocked }.RunAsync(new Ask(7), ct);
}
