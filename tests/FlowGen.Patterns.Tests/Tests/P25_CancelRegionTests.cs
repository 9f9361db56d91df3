namespace Patterns.P25_CancelRegion;

public sealed class P25_CancelRegionTests : IWarehouse
{
    private readonly Doors _doors = new();
    private bool _isDeaf;

    [Fact]
    public async Task Without_a_withdrawal_the_parcel_is_packed_and_nobody_waits_any_more()
    {
        _doors.Open("pick", "pack", "bill");
        await using FulfilOrder.Handle run = Flow().Start(new Order("lamp"));

        Assert.Equal(new Ending(new Invoice(7), new Parcel("lamp"), Withdrawal: null), await run.Completion.Soon());
        Assert.Equal(NodeState.Cancelled, run[FulfilOrder.NodeId.Withdraw]);
        Assert.False(run.Withdraw.TrySet(new Withdrawal("too late")));
    }

    [Fact]
    public async Task The_region_is_withdrawn_and_the_rest_goes_on()
    {
        await using FulfilOrder.Handle run = Flow().Start(new Order("lamp"));
        await _doors["pick"].Reached;
        await _doors["bill"].Reached;
        Assert.True(run.Withdraw.TrySet(new Withdrawal("too dear")));
        Assert.Equal(0, _doors["pick"].Waiting);
        Assert.Equal(1, _doors["bill"].Waiting);
        _doors.Open("bill");

        Assert.Equal(new Ending(new Invoice(7), Parcel: null, new Withdrawal("too dear")), await run.Completion.Soon());
        Assert.Equal(NodeState.Cancelled, run[FulfilOrder.NodeId.Pick]);
        Assert.Equal(NodeState.Cancelled, run[FulfilOrder.NodeId.Pack]);
        Assert.Equal(0, _doors["pack"].Arrivals);
    }

    [Fact]
    public async Task What_has_completed_in_the_region_stays_completed()
    {
        _doors.Open("pick");
        await using FulfilOrder.Handle run = Flow().Start(new Order("lamp"));
        await _doors["pack"].Reached;
        run.Withdraw.TrySet(new Withdrawal("too dear"));
        _doors.Open("bill");

        Assert.Null((await run.Completion.Soon()).Parcel);
        Assert.Equal(NodeState.Completed, run[FulfilOrder.NodeId.Pick]);
        Assert.Equal(NodeState.Cancelled, run[FulfilOrder.NodeId.Pack]);
    }

    [Fact]
    public async Task A_node_that_does_not_listen_is_waited_for()
    {
        _isDeaf = true;
        _doors.Open("bill");
        await using FulfilOrder.Handle run = Flow().Start(new Order("lamp"));
        await _doors["pick"].Reached;
        run.Withdraw.TrySet(new Withdrawal("too dear"));
        Assert.False(run.Completion.IsCompleted);
        _doors.Open("pick");

        Assert.Null((await run.Completion.Soon()).Parcel);
        Assert.Equal(0, _doors["pack"].Arrivals);
    }

    [Fact]
    public async Task A_failure_outside_of_the_region_fails_the_run()
    {
        InvalidOperationException noPaper = new("no paper");
        await using FulfilOrder.Handle run = Flow().Start(new Order("lamp"));
        await _doors["bill"].Reached;
        _doors["bill"].Fail(noPaper);

        Assert.Same(noPaper, await Assert.ThrowsAsync<InvalidOperationException>(() => run.Completion.Soon()));
        Assert.Equal(0, _doors["pick"].Waiting);
    }

    [Fact]
    public async Task A_failure_of_the_region_does_not_matter_once_it_is_withdrawn()
    {
        _isDeaf = true;
        _doors.Open("bill");
        await using FulfilOrder.Handle run = Flow().Start(new Order("lamp"));
        await _doors["pick"].Reached;
        run.Withdraw.TrySet(new Withdrawal("too dear"));
        _doors["pick"].Fail(new InvalidOperationException("dropped it"));

        Assert.Equal(new Withdrawal("too dear"), (await run.Completion.Soon()).Withdrawal);
    }

    [Fact]
    public async Task Cancellation_ends_all_of_it()
    {
        await using FulfilOrder.Handle run = Flow().Start(new Order("lamp"));
        await _doors["bill"].Reached;
        run.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Completion.Soon());
        Assert.Equal(0, _doors["pick"].Waiting + _doors["bill"].Waiting);
    }

    public ValueTask<Picked> PickAsync(Order order, CancellationToken ct)
        => _doors["pick"].Wait(new Picked(order.Item), _isDeaf ? CancellationToken.None : ct);

    public ValueTask<Parcel> PackAsync(Picked picked, CancellationToken ct) => _doors["pack"].Wait(new Parcel(picked.Item), ct);

    public ValueTask<Invoice> BillAsync(Order order, CancellationToken ct) => _doors["bill"].Wait(new Invoice(7), ct);

    private FulfilOrder Flow() => new(this);
}
