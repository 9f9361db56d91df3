namespace Patterns.P29_CancellingDiscriminator;

public sealed class P29_CancellingDiscriminatorTests : IDrivers
{
    private readonly Doors _doors = new();

    [Fact]
    public async Task The_first_arrival_cancels_the_rest()
    {
        await using FindRide.Handle run = new FindRide(this).Start(new Passenger("Eve"));
        await _doors["Cid"].Reached;
        _doors.Open("Bob");

        Assert.Equal(new Ride("Eve", "Bob"), await run.Completion.Soon());
        Assert.Equal(0, _doors["Ann"].Waiting + _doors["Cid"].Waiting);
        Assert.Equal(NodeState.Cancelled, run[FindRide.NodeId.Ann]);
        Assert.Equal(NodeState.Completed, run[FindRide.NodeId.Bob]);
        Assert.Equal(NodeState.Cancelled, run[FindRide.NodeId.Cid]);
    }

    [Fact]
    public async Task Whoever_fails_drops_out()
    {
        ValueTask<Ride> run = new FindRide(this).RunAsync(new Passenger("Eve"));
        await _doors["Cid"].Reached;
        _doors["Bob"].Fail(new InvalidOperationException("asleep"));
        Assert.Equal(1, _doors["Ann"].Waiting);
        _doors.Open("Cid");

        Assert.Equal(new Ride("Eve", "Cid"), await run.Soon());
    }

    [Fact]
    public async Task If_all_fail_the_last_failure_counts()
    {
        InvalidOperationException last = new("no petrol");
        ValueTask<Ride> run = new FindRide(this).RunAsync(new Passenger("Eve"));
        _doors["Bob"].Fail(new InvalidOperationException("asleep"));
        _doors["Cid"].Fail(new InvalidOperationException("asleep"));
        _doors["Ann"].Fail(last);

        Assert.Same(last, await Assert.ThrowsAsync<InvalidOperationException>(() => run.Soon()));
    }

    [Fact]
    public async Task Cancellation_reaches_all()
    {
        using CancellationTokenSource cts = new();
        ValueTask<Ride> run = new FindRide(this).RunAsync(new Passenger("Eve"), cts.Token);
        await _doors["Cid"].Reached;
        await cts.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(0, _doors["Ann"].Waiting + _doors["Bob"].Waiting + _doors["Cid"].Waiting);
    }

    public ValueTask<Offer> AskAsync(string driver, Passenger passenger, CancellationToken ct) => _doors[driver].Wait(new Offer(driver), ct);
}
