namespace Patterns.P16_DeferredChoice;

public sealed class P16_DeferredChoiceTests
{
    private static readonly Offer s_offer = new("baker");
    private readonly Stage _stage = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly OfferJob _job;

    public P16_DeferredChoiceTests()
        => _job = new OfferJob(new Personnel(_stage)) { Runtime = new FlowRuntime(new FlowRuntimeOptions { TimeProvider = _clock }) };

    [Fact]
    public async Task Both_branches_are_offered_until_the_environment_picks_one()
    {
        await using OfferJob.Handle run = _job.Start(s_offer);
        Assert.True(await run.Accept.WhenPendingAsync().Soon());
        Assert.True(await run.Refuse.WhenPendingAsync().Soon());
        Assert.Equal((s_offer, s_offer), (run.Accept.Request, run.Refuse.Request));
        Assert.Empty(_stage.Log);
    }

    [Fact]
    public async Task The_branch_that_is_picked_goes_on_and_the_other_offer_is_withdrawn()
    {
        _stage.Hold("Hire");
        await using OfferJob.Handle run = _job.Start(s_offer);
        Assert.True(run.Accept.TrySet(new Acceptance("Ann")));
        await _stage.Reached("Hire");
        Assert.False(run.Refuse.IsPending);
        Assert.False(run.Refuse.TrySet(new Refusal("Ann")));

        _stage.Open("Hire");
        await run.Completion.Soon();
        Assert.Equal(["Hire", "Hire."], _stage.Log);
        Assert.Equal((NodeState.Cancelled, NodeState.Skipped), (run[OfferJob.NodeId.Refuse], run[OfferJob.NodeId.Advertise]));
    }

    [Fact]
    public async Task It_may_be_the_other_one()
    {
        await using OfferJob.Handle run = _job.Start(s_offer);
        Assert.True(run.Refuse.TrySet(new Refusal("Ann")));

        await run.Completion.Soon();
        Assert.Equal(["Advertise", "Advertise."], _stage.Log);
        Assert.Equal((NodeState.Cancelled, NodeState.Skipped), (run[OfferJob.NodeId.Accept], run[OfferJob.NodeId.Hire]));
    }

    [Fact]
    public async Task Of_two_replies_at_the_same_time_one_counts()
    {
        for (int i = 0; i < 50; i++)
        {
            await using OfferJob.Handle run = _job.Start(s_offer);
            await Task.WhenAll(
                Task.Run(() => run.Accept.TrySet(new Acceptance("Ann"))),
                Task.Run(() => run.Refuse.TrySet(new Refusal("Ann")))).Soon();
            await run.Completion.Soon();
            Assert.Equal(i + 1, _stage.Count("Hire.") + _stage.Count("Advertise."));
        }
    }

    [Fact]
    public async Task A_branch_that_fails_leaves_the_choice_to_the_other()
    {
        await using OfferJob.Handle run = _job.Start(s_offer);
        Assert.True(await run.Accept.WhenPendingAsync().Soon());
        Assert.True(run.Accept.TryFail(new StageException("Accept")));
        Assert.True(run.Refuse.TrySet(new Refusal("Ann")));

        await run.Completion.Soon();
        Assert.Equal(["Advertise", "Advertise."], _stage.Log);
    }

    [Fact]
    public async Task When_nobody_picks_the_run_fails_at_its_limit()
    {
        await using OfferJob.Handle run = _job.Start(s_offer);
        Assert.True(await run.Refuse.WhenPendingAsync().Soon());
        _clock.Advance(TimeSpan.FromHours(48));

        await Assert.ThrowsAsync<TimeoutException>(() => run.Completion.Soon());
        Assert.Empty(_stage.Log);
    }

    [Fact]
    public async Task A_cancellation_withdraws_both_offers()
    {
        await using OfferJob.Handle run = _job.Start(s_offer);
        Assert.True(await run.Refuse.WhenPendingAsync().Soon());

        Assert.True(run.Cancel());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Completion.Soon());
        Assert.False(run.Accept.TrySet(new Acceptance("Ann")));
        Assert.Empty(_stage.Log);
    }

    private sealed class Personnel(Stage stage) : IPersonnel
    {
        public ValueTask HireAsync(Offer offer, CancellationToken ct) => stage.Play("Hire", ct);

        public ValueTask AdvertiseAsync(Offer offer, CancellationToken ct) => stage.Play("Advertise", ct);
    }
}
