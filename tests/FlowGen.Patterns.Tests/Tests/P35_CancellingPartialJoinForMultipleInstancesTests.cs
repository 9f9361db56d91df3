namespace Patterns.P35_CancellingPartialJoinForMultipleInstances;

public sealed class P35_CancellingPartialJoinForMultipleInstancesTests : IAirlines
{
    private static readonly Journey s_journey = new("Rome", [new("Blue"), new("Green"), new("Orange"), new("White")]);

    private readonly Doors _doors = new();

    [Fact]
    public async Task The_second_of_four_cancels_the_rest()
    {
        await using BuyTicket.Handle run = new BuyTicket(this).Start(s_journey);
        await _doors["White"].Reached;
        _doors.Open("White");
        Assert.Equal(3, Waiting);
        _doors.Open("Green");
        Assert.Equal(0, Waiting);

        Assert.Equal(new Ticket("Green", 2), await run.Completion.Soon());
        Assert.Equal(NodeState.Completed, run[BuyTicket.NodeId.Buy]);
    }

    [Fact]
    public async Task Fares_that_are_there_at_once_leave_the_rest_unasked()
    {
        _doors.Open("Blue", "Green");

        Assert.Equal(new Ticket("Green", 2), await new BuyTicket(this).RunAsync(s_journey).Soon());
        Assert.Equal(0, _doors["Orange"].Arrivals + _doors["White"].Arrivals);
    }

    [Fact]
    public async Task A_failure_before_the_join_fails_the_run()
    {
        InvalidOperationException down = new("down");
        ValueTask<Ticket> run = new BuyTicket(this).RunAsync(s_journey);
        await _doors["White"].Reached;
        _doors["White"].Fail(down);

        Assert.Same(down, await Assert.ThrowsAsync<InvalidOperationException>(() => run.Soon()));
        Assert.Equal(0, Waiting);
    }

    [Fact]
    public async Task Cancellation_of_the_run_is_not_enough_fares()
    {
        using CancellationTokenSource cts = new();
        ValueTask<Ticket> run = new BuyTicket(this).RunAsync(s_journey, cts.Token);
        await _doors["White"].Reached;
        _doors.Open("White");
        await cts.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(0, Waiting);
    }

    public ValueTask<Fare> QuoteAsync(Airline airline, Journey journey, CancellationToken ct)
        => _doors[airline.Name].Wait(new Fare(airline.Name, airline.Name.Length * (airline.Name == "Green" ? 0.5m : 1)), ct);

    private int Waiting => s_journey.Airlines.Sum(a => _doors[a.Name].Waiting);
}
