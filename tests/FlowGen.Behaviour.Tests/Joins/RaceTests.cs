namespace Behaviour.Joins;

/// <summary>The first of several, with CancelLosers and without.</summary>
public sealed class RaceTests
{
    private readonly Gate[] _gates = [new(), new(), new()];
    private readonly Gate _leaving = new();
    private readonly Journal _journal = new();
    private readonly RecordingObserver _observer = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task The_consumer_starts_at_once_and_the_losers_are_awaited(int winner)
    {
        Task<Answer> run = new Race(_gates, _leaving, _journal).RunAsync(new Ask(0)).AsTask();
        _gates[winner].Release();
        Assert.Contains($"take {winner}", _journal.Entries);
        Assert.Equal(2, _leaving.Waiting);
        Assert.False(run.IsCompleted);
        _leaving.Release();
        Assert.False(run.IsCompleted);
        _leaving.Release();

        Assert.Equal($"{winner}", (await run.Soon()).Text);
    }

    [Fact]
    public async Task A_failed_contestant_drops_out()
    {
        Task<Answer> run = new Race(_gates, _leaving, _journal).RunAsync(new Ask(0)).AsTask();
        _leaving.Open();
        _gates[0].Fail(new BoomException("A"));
        Assert.Empty(_journal.Entries);
        _gates[2].Release();

        Assert.Equal("2", (await run.Soon()).Text);
        Assert.Equal(["leaves B", "take 2"], _journal.Entries.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task If_all_drop_out_the_last_failure_counts()
    {
        Task<Answer> run = new Race(_gates, _leaving, _journal).RunAsync(new Ask(0)).AsTask();
        _gates[1].Fail(new BoomException("B"));
        _gates[2].Fail(new BoomException("C"));
        Assert.False(run.IsCompleted);
        _gates[0].Fail(new BoomException("A"));

        Assert.Equal("A", (await Assert.ThrowsAsync<BoomException>(() => run.Soon())).Message);
        Assert.Empty(_journal.Entries);
    }

    [Fact]
    public async Task A_loser_that_returns_normally_is_completed_and_its_value_discarded()
    {
        DeafRace workflow = new(_gates, _journal) { Runtime = _observer.Watch() };
        Task<Answer> run = workflow.RunAsync(new Ask(0)).AsTask();
        _gates[1].Release();
        Assert.Equal(["take 1"], _journal.Entries);
        Assert.False(run.IsCompleted);
        _gates[0].Release();

        Assert.Equal("1", (await run.Soon()).Text);
        Assert.Equal("Executing Completed", _observer.StatesOf("A"));
        Assert.Equal("Executing Completed", _observer.StatesOf("B"));
    }

    [Fact]
    public async Task A_loser_that_leaves_is_cancelled()
    {
        Race workflow = new(_gates, _leaving, _journal) { Runtime = _observer.Watch() };
        _leaving.Open();
        Task<Answer> run = workflow.RunAsync(new Ask(0)).AsTask();
        _gates[1].Release();

        await run.Soon();
        Assert.Equal("Executing Cancelled", _observer.StatesOf("A"));
        Assert.Equal("Executing Completed", _observer.StatesOf("B"));
        Assert.Equal("Executing Cancelled", _observer.StatesOf("C"));
    }

    [Fact]
    public async Task A_loser_that_fails_on_its_way_out_does_not_fail_the_run()
    {
        DeafRace workflow = new(_gates, _journal);
        Task<Answer> run = workflow.RunAsync(new Ask(0)).AsTask();
        _gates[1].Release();
        _gates[0].Fail(new BoomException("late"));

        Assert.Equal("1", (await run.Soon()).Text);
    }

    [Fact]
    public async Task Without_CancelLosers_they_go_on_and_are_awaited()
    {
        Task<Answer> run = new LenientRace(_gates, _journal).RunAsync(new Ask(5)).AsTask();
        _gates[1].Release();
        Assert.Equal(["take"], _journal.Entries);
        Assert.Equal(1, _gates[0].Waiting);
        Assert.False(run.IsCompleted);
        _gates[0].Release();

        Assert.Equal("6", (await run.Soon()).Text);
    }

    [Fact]
    public async Task Without_CancelLosers_the_failure_of_one_is_ignored()
    {
        Task<Answer> run = new LenientRace(_gates, _journal).RunAsync(new Ask(5)).AsTask();
        _gates[1].Release();
        _gates[0].Fail(new BoomException("late"));

        Assert.Equal("6", (await run.Soon()).Text);
    }

    [Theory]
    [InlineData(1, "1", "A")]
    [InlineData(-1, "0", "B")]
    public async Task Of_those_that_complete_at_once_the_first_wins(int number, string expected, string ran)
    {
        Assert.Equal(expected, (await new RaceAtOnce(_journal).RunAsync(new Ask(number)).Soon()).Text);
        Assert.Equal(ran, _journal.ToString());
    }

    [Fact]
    public async Task All_may_fail_at_once()
        => Assert.Equal("B", (await Assert.ThrowsAsync<BoomException>(() => new RaceAtOnce(_journal).RunAsync(new Ask(-2)).Soon())).Message);

    [Theory]
    [InlineData(0, "none")]
    [InlineData(1, "10")]
    [InlineData(2, "20")]
    public async Task A_skipped_contestant_drops_out(int number, string expected)
    {
        Task<Answer> run = new RaceOfSome(_gates).RunAsync(new Ask(number)).AsTask();
        _gates[number == 2 ? 1 : 0].Open();

        Assert.Equal(expected, (await run.Soon()).Text);
    }

    [Fact]
    public async Task A_failure_among_the_skipped_counts()
    {
        Task<Answer> run = new RaceOfSome(_gates).RunAsync(new Ask(1)).AsTask();
        _gates[0].Fail(new BoomException("A"));

        Assert.Equal("A", (await Assert.ThrowsAsync<BoomException>(() => run.Soon())).Message);
    }

    [Fact]
    public async Task The_failure_of_all_can_be_observed()
    {
        Task<Answer> run = new WatchedRace(_gates).RunAsync(new Ask(4)).AsTask();
        _gates[1].Fail(new BoomException("B"));
        _gates[0].Fail(new BoomException("A"));
        Assert.Equal("Failed A", (await run.Soon()).Text);

        Gate[] gates = [new(), new()];
        run = new WatchedRace(gates).RunAsync(new Ask(4)).AsTask();
        gates[1].Fail(new BoomException("B"));
        gates[0].Open();
        Assert.Equal("4", (await run.Soon()).Text);
    }

    [Theory]
    [InlineData(0, "A7")]
    [InlineData(1, "B7")]
    public async Task The_result_may_be_raced_for(int winner, string expected)
    {
        Task<Answer> run = new RaceForTheResult(_gates).RunAsync(new Ask(7)).AsTask();
        _gates[winner].Release();

        Assert.Equal(expected, (await run.Soon()).Text);
        Assert.Equal(0, _gates[0].Waiting + _gates[1].Waiting);
    }

    [Fact]
    public async Task A_race_in_a_part_cancels_only_there()
    {
        Task<Answer> run = new RaceInPart(new RaceForTheResult(_gates), _journal).RunAsync(new Ask(7)).AsTask();
        _gates[1].Release();

        Assert.Equal("B7 2", (await run.Soon()).Text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Parts_may_race(bool left)
    {
        RaceOfParts workflow = new(new Runner(_gates[0], _journal), new Runner(_gates[1], _journal)) { Runtime = _observer.Watch() };
        Task<Answer> run = workflow.RunAsync(new Ask(3)).AsTask();
        _gates[left ? 0 : 1].Release();

        Assert.Equal("3", (await run.Soon()).Text);
        Assert.Equal(["begin 3", "begin 3", "end 3"], _journal.Entries);
        Assert.Contains(left ? "<Left Completed" : "<Right Completed", _observer.Boundaries);
        Assert.Contains(left ? "<Right Cancelled" : "<Left Cancelled", _observer.Boundaries);
    }

    [Fact]
    public async Task Parts_that_go_on_are_awaited()
    {
        LenientRaceOfParts workflow = new(new Runner(_gates[0], _journal), new Runner(_gates[1], _journal), _journal) { Runtime = _observer.Watch() };
        Task<Answer> run = workflow.RunAsync(new Ask(3)).AsTask();
        _gates[1].Release();
        Assert.Equal(["begin 3", "begin 3", "end 3", "take"], _journal.Entries);
        Assert.False(run.IsCompleted);
        _gates[0].Release();

        Assert.Equal("3", (await run.Soon()).Text);
        Assert.Equal([">Left", ">Right", "<Right Completed", "<Left Completed"], _observer.Boundaries);
    }

    [Fact]
    public async Task A_part_that_goes_on_may_fail()
    {
        LenientRaceOfParts workflow = new(new Runner(_gates[0], _journal), new Runner(_gates[1], _journal), _journal) { Runtime = _observer.Watch() };
        Task<Answer> run = workflow.RunAsync(new Ask(3)).AsTask();
        _gates[1].Release();
        _gates[0].Fail(new BoomException("left"));

        Assert.Equal("3", (await run.Soon()).Text);
        Assert.Equal("<Left Failed", _observer.Boundaries[^1]);
    }

    [Fact]
    public async Task Cancellation_ends_a_race()
    {
        using CancellationTokenSource cts = new();
        _leaving.Open();
        Task<Answer> run = new Race(_gates, _leaving, _journal).RunAsync(new Ask(0), cts.Token).AsTask();
        await cts.CancelAsync();

        Assert.Equal(cts.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon())).CancellationToken);
        Assert.DoesNotContain("take", _journal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_failure_of_the_consumer_awaits_the_losers()
    {
        Gate consuming = new();
        Task<Answer> run = new Race(_gates, _leaving, _journal, consuming).RunAsync(new Ask(0)).AsTask();
        _gates[0].Release();
        consuming.Fail(new BoomException("take"));
        Assert.False(run.IsCompleted);
        _leaving.Open();

        Assert.Equal("take", (await Assert.ThrowsAsync<BoomException>(() => run.Soon())).Message);
    }

    [Fact]
    public async Task The_same_object_races_again_and_in_many_runs_at_once()
    {
        _leaving.Open();
        Race workflow = new(_gates, _leaving, _journal);
        for (int round = 0; round < 4; round++)
        {
            Task<Answer> one = workflow.RunAsync(new Ask(0)).AsTask();
            Task<Answer> two = workflow.RunAsync(new Ask(10)).AsTask();
            _gates[round % 3].Release();
            _gates[(round + 1) % 3].Release();
            Assert.Equal($"{round % 3}", (await one.Soon()).Text);
            Assert.Equal($"{10 + ((round + 1) % 3)}", (await two.Soon()).Text);
        }
    }

    [Fact]
    public async Task Contestants_may_complete_on_many_threads_at_once()
    {
        _leaving.Open();
        for (int i = 0; i < 100; i++)
        {
            Gate[] gates = [new(), new(), new()];
            Task<Answer> run = new Race(gates, _leaving, new Journal()).RunAsync(new Ask(0)).AsTask();
            await Crowd.Run(3, number => gates[number].Open());
            Assert.Contains((await run.Soon()).Text, new[] { "0", "1", "2" });
        }
    }
}
