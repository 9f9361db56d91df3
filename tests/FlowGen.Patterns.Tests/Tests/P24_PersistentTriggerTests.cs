namespace Patterns.P24_PersistentTrigger;

public sealed class P24_PersistentTriggerTests : IRegistry
{
    private readonly Gate _office = new();
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task A_signal_that_comes_too_early_is_kept()
    {
        await using SettleClaim.Handle run = Flow().Start(new Claim("car"));
        await _office.Reached;
        Assert.True(run.Appraise.TrySet(new Appraisal(700)));
        Assert.Equal(NodeState.Executing, run[SettleClaim.NodeId.Register]);

        _office.Open();
        Assert.Equal(new Settlement(1, 700), await run.Completion.Soon());
        Assert.False(await run.Appraise.WhenPendingAsync().Soon());
    }

    [Fact]
    public async Task Of_two_early_ones_the_first_is_taken()
    {
        await using SettleClaim.Handle run = Flow().Start(new Claim("car"));
        await _office.Reached;
        run.Appraise.TrySet(new Appraisal(700));
        run.Appraise.TrySet(new Appraisal(900));
        _office.Open();

        Assert.Equal(new Settlement(1, 700), await run.Completion.Soon());
    }

    [Fact]
    public async Task A_signal_that_is_awaited_is_taken_at_once()
    {
        _office.Open();
        await using SettleClaim.Handle run = Flow().Start(new Claim("car"));
        Assert.True(await run.Appraise.WhenPendingAsync().Soon());
        Assert.Equal(new ClaimNumber(1), run.Appraise.Request);
        Assert.True(run.Appraise.TrySet(new Appraisal(800)));

        Assert.Equal(new Settlement(1, 800), await run.Completion.Soon());
    }

    [Fact]
    public async Task Without_a_signal_the_wait_ends_with_its_time()
    {
        _office.Open();
        await using SettleClaim.Handle run = Flow().Start(new Claim("car"));
        await run.Appraise.WhenPendingAsync().Soon();
        _clock.Advance(TimeSpan.FromHours(72));

        await Assert.ThrowsAsync<TimeoutException>(() => run.Completion.Soon());
    }

    [Fact]
    public async Task The_outside_may_answer_with_a_failure()
    {
        InvalidOperationException gone = new("the car is gone");
        _office.Open();
        await using SettleClaim.Handle run = Flow().Start(new Claim("car"));
        await run.Appraise.WhenPendingAsync().Soon();
        Assert.True(run.Appraise.TryFail(gone));

        Assert.Same(gone, await Assert.ThrowsAsync<InvalidOperationException>(() => run.Completion.Soon()));
    }

    [Fact]
    public async Task Cancellation_drops_what_was_kept()
    {
        await using SettleClaim.Handle run = Flow().Start(new Claim("car"));
        await _office.Reached;
        run.Appraise.TrySet(new Appraisal(700));
        run.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Completion.Soon());
        await using SettleClaim.Handle next = Flow().Start(new Claim("bike"));
        _office.Open();
        Assert.True(await next.Appraise.WhenPendingAsync().Soon());
    }

    public ValueTask<ClaimNumber> RegisterAsync(Claim claim, CancellationToken ct) => _office.Wait(new ClaimNumber(1), ct);

    private SettleClaim Flow() => new(this) { Runtime = new FlowRuntime(new FlowRuntimeOptions { TimeProvider = _clock }) };
}
