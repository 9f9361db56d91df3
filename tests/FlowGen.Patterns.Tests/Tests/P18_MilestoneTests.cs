namespace Patterns.P18_Milestone;

public sealed class P18_MilestoneTests
{
    private static readonly Passenger s_passenger = new("Ann");
    private readonly Stage _stage = new();
    private readonly TakeFlight _take;

    public P18_MilestoneTests() => _take = new TakeFlight(new Airline(_stage));

    [Fact]
    public async Task It_is_not_possible_before_the_milestone()
    {
        _stage.Hold("Book");
        await using TakeFlight.Handle run = _take.Start(s_passenger);
        await _stage.Reached("Book");
        Assert.False(run.ChangeSeat.IsPending);

        _stage.Open("Book");
        Assert.True(await run.ChangeSeat.WhenPendingAsync().Soon());
        Assert.Equal(new Booking("31F"), run.ChangeSeat.Request);
    }

    [Fact]
    public async Task It_is_possible_while_the_milestone_holds()
    {
        await using TakeFlight.Handle run = _take.Start(s_passenger);
        Assert.True(await run.ChangeSeat.WhenPendingAsync().Soon());
        Assert.True(run.ChangeSeat.TrySet(new Seat("1A")));
        Assert.True(run.CloseGate.TrySet(new Closing("B7")));

        Assert.Equal(new BoardingPass("B7", "1A"), await run.Completion.Soon());
    }

    [Fact]
    public async Task It_is_not_possible_any_more_when_the_milestone_has_passed()
    {
        _stage.Hold("Board");
        await using TakeFlight.Handle run = _take.Start(s_passenger);
        Assert.True(await run.ChangeSeat.WhenPendingAsync().Soon());
        Assert.True(run.CloseGate.TrySet(new Closing("B7")));
        await _stage.Reached("Board");
        Assert.False(run.ChangeSeat.TrySet(new Seat("1A")));
        Assert.Equal(NodeState.Cancelled, run[TakeFlight.NodeId.ChangeSeat]);

        _stage.Open("Board");
        Assert.Equal(new BoardingPass("B7", "31F"), await run.Completion.Soon());
    }

    [Fact]
    public async Task It_is_not_possible_when_the_milestone_was_never_reached()
    {
        StageException error = _stage.Fail("Book");
        await using TakeFlight.Handle run = _take.Start(s_passenger);

        Assert.False(await run.ChangeSeat.WhenPendingAsync().Soon());
        Assert.Same(error, await Assert.ThrowsAsync<StageException>(() => run.Completion.Soon()));
    }

    [Fact]
    public async Task Nor_when_the_run_was_cancelled()
    {
        await using TakeFlight.Handle run = _take.Start(s_passenger);
        Assert.True(await run.ChangeSeat.WhenPendingAsync().Soon());

        Assert.True(run.Cancel());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Completion.Soon());
        Assert.False(run.ChangeSeat.TrySet(new Seat("1A")));
        Assert.Equal(0, _stage.Count("Board"));
    }

    private sealed class Airline(Stage stage) : IAirline
    {
        public ValueTask<Booking> BookAsync(Passenger passenger, CancellationToken ct) => stage.Play("Book", new Booking("31F"), ct);

        public ValueTask<BoardingPass> BoardAsync(Booking booking, Closing closing, Seat? seat, CancellationToken ct)
            => stage.Play("Board", new BoardingPass(closing.Gate, seat?.Name ?? booking.Seat), ct);
    }
}
