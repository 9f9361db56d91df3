namespace Patterns.P30_StructuredPartialJoin;

public sealed class P30_StructuredPartialJoinTests : IOffice
{
    private readonly Doors _doors = new();

    [Fact]
    public async Task The_second_of_three_goes_on_and_the_third_is_ignored()
    {
        await using ReleasePayment.Handle run = new ReleasePayment(this).Start(new Payment(90));
        await _doors["Cid"].Reached;
        _doors.Open("Cid");
        Assert.Equal(0, _doors["bank"].Arrivals);
        _doors.Open("Ann");
        Assert.Equal(1, _doors["bank"].Arrivals);
        Assert.Equal(1, _doors["Bob"].Waiting);

        _doors.Open("bank");
        Assert.Equal(NodeState.Completed, run[ReleasePayment.NodeId.Pay]);
        Assert.False(run.Completion.IsCompleted);
        _doors.Open("Bob");

        Assert.Equal(new Transfer(90, "Ann+Cid"), await run.Completion.Soon());
        Assert.Equal(1, _doors["bank"].Arrivals);
    }

    [Fact]
    public async Task One_refusal_does_no_harm()
    {
        _doors.Open("bank");
        ValueTask<Transfer?> run = new ReleasePayment(this).RunAsync(new Payment(90));
        await _doors["Cid"].Reached;
        _doors["Ann"].Fail(new InvalidOperationException("too much"));
        _doors.Open("Bob", "Cid");

        Assert.Equal(new Transfer(90, "Bob+Cid"), await run.Soon());
    }

    [Fact]
    public async Task With_two_refusals_nothing_is_paid()
    {
        await using ReleasePayment.Handle run = new ReleasePayment(this).Start(new Payment(90));
        await _doors["Cid"].Reached;
        _doors["Ann"].Fail(new InvalidOperationException("too much"));
        _doors["Bob"].Fail(new InvalidOperationException("too much"));
        _doors.Open("Cid");

        Assert.Null(await run.Completion.Soon());
        Assert.Equal(NodeState.Skipped, run[ReleasePayment.NodeId.Pay]);
        Assert.Equal(0, _doors["bank"].Arrivals);
    }

    [Fact]
    public async Task A_failure_behind_the_join_fails_the_run_and_cancels_the_third()
    {
        InvalidOperationException empty = new("no money");
        _doors["bank"].Fail(empty);
        ValueTask<Transfer?> run = new ReleasePayment(this).RunAsync(new Payment(90));
        await _doors["Cid"].Reached;
        _doors.Open("Ann", "Bob");

        Assert.Same(empty, await Assert.ThrowsAsync<InvalidOperationException>(() => run.Soon()));
        Assert.Equal(0, _doors["Cid"].Waiting);
    }

    [Fact]
    public async Task Cancellation_reaches_those_who_have_not_arrived()
    {
        using CancellationTokenSource cts = new();
        ValueTask<Transfer?> run = new ReleasePayment(this).RunAsync(new Payment(90), cts.Token);
        await _doors["Cid"].Reached;
        _doors.Open("Ann");
        await cts.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(0, _doors["Bob"].Waiting + _doors["Cid"].Waiting);
        Assert.Equal(0, _doors["bank"].Arrivals);
    }

    public ValueTask<Signature> SignAsync(string director, Payment payment, CancellationToken ct) => _doors[director].Wait(new Signature(director), ct);

    public ValueTask<Transfer> TransferAsync(Payment payment, string signedBy, CancellationToken ct)
        => _doors["bank"].Wait(new Transfer(payment.Amount, signedBy), ct);
}
