namespace Patterns.P20_CancelCase;

public sealed class P20_CancelCaseTests
{
    private static readonly Couple s_couple = new("Ann and Bob");
    private readonly Stage _stage = new();
    private readonly PlanWedding _plan;

    public P20_CancelCaseTests() => _plan = new PlanWedding(new Planner(_stage));

    [Fact]
    public async Task A_run_that_nobody_stops_undoes_nothing()
    {
        await using PlanWedding.Handle run = _plan.Start(s_couple);

        Assert.Equal(new Programme("Quartet, 3 tiers"), await run.Completion.Soon());
        Assert.False(run.Cancel());
        Assert.Equal((0, 0, RunStatus.Completed), (_stage.Count("CancelVenue"), _stage.Count("CancelBand"), run.Status));
    }

    [Fact]
    public async Task Everything_stops_and_what_had_completed_is_undone_the_latest_first()
    {
        _stage.Hold("OrderCake");
        await using PlanWedding.Handle run = _plan.Start(s_couple);
        await _stage.Reached("OrderCake");

        Assert.True(run.Cancel());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Completion.Soon());
        Assert.Equal(["OrderCake~", "CancelBand", "CancelBand.", "CancelVenue", "CancelVenue."], _stage.Log.TakeLast(5));
        Assert.Equal(0, _stage.Count("Print"));
        Assert.Equal(
            (RunStatus.Cancelled, NodeState.Compensated, NodeState.Compensated, NodeState.Cancelled),
            (run.Status, run[PlanWedding.NodeId.BookVenue], run[PlanWedding.NodeId.BookBand], run[PlanWedding.NodeId.OrderCake]));
    }

    [Fact]
    public async Task The_token_of_the_caller_stops_it_too()
    {
        _stage.Hold("BookVenue");
        using CancellationTokenSource source = new();
        ValueTask<Programme> run = _plan.RunAsync(s_couple, source.Token);
        await source.CancelAsync();

        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(source.Token, error.CancellationToken);
        Assert.Equal(["BookVenue", "BookVenue~"], _stage.Log);
    }

    [Fact]
    public async Task The_run_has_not_ended_before_all_is_undone()
    {
        _stage.Hold("OrderCake", "CancelVenue");
        await using PlanWedding.Handle run = _plan.Start(s_couple);
        await _stage.Reached("OrderCake");
        run.Cancel();
        await _stage.Reached("CancelVenue");
        Assert.False(run.Completion.IsCompleted);

        _stage.Open("CancelVenue");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Completion.Soon());
    }

    [Fact]
    public async Task A_failure_stops_a_run_likewise()
    {
        StageException error = _stage.Fail("OrderCake");

        Assert.Same(error, await Assert.ThrowsAsync<StageException>(() => _plan.RunAsync(s_couple).Soon()));
        Assert.Equal(["CancelBand", "CancelBand.", "CancelVenue", "CancelVenue."], _stage.Log.TakeLast(4));
    }

    [Fact]
    public async Task Other_runs_of_the_workflow_go_on()
    {
        _stage.Hold("OrderCake");
        await using PlanWedding.Handle stopped = _plan.Start(s_couple);
        await using PlanWedding.Handle other = _plan.Start(new Couple("Cleo and Dan"));
        await _stage.Reached("OrderCake", times: 2);
        stopped.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped.Completion.Soon());
        Assert.Equal(RunStatus.Running, other.Status);

        _stage.Open("OrderCake");
        Assert.Equal(new Programme("Quartet, 3 tiers"), await other.Completion.Soon());
    }

    private sealed class Planner(Stage stage) : IPlanner
    {
        public ValueTask<Venue> BookVenueAsync(Couple couple, CancellationToken ct) => stage.Play("BookVenue", new Venue("Mill"), ct);

        public ValueTask CancelVenueAsync(Venue venue) => stage.Play("CancelVenue", CancellationToken.None);

        public ValueTask<Band> BookBandAsync(Venue venue, CancellationToken ct) => stage.Play("BookBand", new Band("Quartet"), ct);

        public ValueTask CancelBandAsync(Band band) => stage.Play("CancelBand", CancellationToken.None);

        public ValueTask<Cake> OrderCakeAsync(Venue venue, CancellationToken ct) => stage.Play("OrderCake", new Cake(3), ct);

        public ValueTask<Programme> PrintAsync(Band band, Cake cake, CancellationToken ct)
            => stage.Play("Print", new Programme($"{band.Name}, {cake.Tiers} tiers"), ct);
    }
}
