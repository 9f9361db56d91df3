namespace Patterns.P05_SimpleMerge;

public sealed class P05_SimpleMergeTests
{
    private readonly Stage _stage = new();

    [Theory]
    [InlineData(true, "UseSubscription", 0)]
    [InlineData(false, "ChargeCard", 20)]
    public async Task What_follows_runs_once_after_either_branch(bool isSubscriber, string taken, int paid)
    {
        Ticket ticket = await Sell(isSubscriber).RunAsync(new Seat("A")).Soon();

        Assert.Equal(new Ticket("A", paid), ticket);
        Assert.Equal(["Ask", "Ask.", taken, taken + ".", "Print", "Print."], _stage.Log);
    }

    [Fact]
    public async Task It_waits_for_the_branch_that_was_taken_only()
    {
        _stage.Hold("UseSubscription", "ChargeCard");
        ValueTask<Ticket> run = Sell(isSubscriber: false).RunAsync(new Seat("A"));
        Assert.Equal((0, 1), (_stage.Waiting("UseSubscription"), _stage.Waiting("ChargeCard")));
        Assert.Equal(0, _stage.Count("Print"));

        _stage.Release("ChargeCard");
        Assert.Equal(new Ticket("A", 20), await run.Soon());
    }

    [Fact]
    public async Task The_failure_of_the_branch_that_was_taken_fails_the_run()
    {
        StageException error = _stage.Fail("ChargeCard");

        Assert.Same(error, await Assert.ThrowsAsync<StageException>(() => Sell(isSubscriber: false).RunAsync(new Seat("A")).Soon()));
        Assert.Equal(["Ask", "Ask.", "ChargeCard", "ChargeCard!"], _stage.Log);
    }

    [Fact]
    public async Task A_cancellation_in_the_branch_ends_the_run_before_the_merge()
    {
        _stage.Hold("ChargeCard");
        await using SellTicket.Handle run = Sell(isSubscriber: false).Start(new Seat("A"));
        await _stage.Reached("ChargeCard");

        Assert.True(run.Cancel());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Completion.Soon());
        Assert.Equal(["Ask", "Ask.", "ChargeCard", "ChargeCard~"], _stage.Log);
    }

    private SellTicket Sell(bool isSubscriber) => new(new Office(_stage, isSubscriber));

    private sealed class Office(Stage stage, bool isSubscriber) : ITicketOffice
    {
        public ValueTask<bool> IsSubscriberAsync(Seat seat, CancellationToken ct) => stage.Play("Ask", isSubscriber, ct);

        public ValueTask<Payment> UseSubscriptionAsync(Seat seat, CancellationToken ct) => stage.Play("UseSubscription", new Payment(0), ct);

        public ValueTask<Payment> ChargeCardAsync(Seat seat, CancellationToken ct) => stage.Play("ChargeCard", new Payment(20), ct);

        public ValueTask<Ticket> PrintAsync(Seat seat, Payment payment, CancellationToken ct) => stage.Play("Print", new Ticket(seat.Row, payment.Amount), ct);
    }
}
