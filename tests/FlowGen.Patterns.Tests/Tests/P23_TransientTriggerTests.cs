namespace Patterns.P23_TransientTrigger;

public sealed class P23_TransientTriggerTests : IAircraft
{
    private readonly Gate _door = new();
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task A_signal_that_somebody_waits_for_is_taken()
    {
        _door.Open();
        await using ParachuteJump.Handle run = Flow().Start(new Jumper("Ann"));

        Assert.True(await run.Light.WhenPendingAsync().Soon());
        Assert.Equal(NodeState.Waiting, run[ParachuteJump.NodeId.Light]);
        Assert.Equal(new Doorway(new Jumper("Ann")), run.Light.Request);
        Assert.True(run.Light.TrySet(new GreenLight(4_000)));

        Assert.Equal(new Jump("Ann", 4_000), await run.Completion.Soon());
    }

    [Fact]
    public async Task A_signal_that_nobody_awaits_is_lost()
    {
        await using ParachuteJump.Handle run = Flow().Start(new Jumper("Ann"));
        await _door.Reached;
        Assert.False(run.Light.TrySet(new GreenLight(4_000)));

        _door.Open();
        Assert.True(await run.Light.WhenPendingAsync().Soon());
        Assert.True(run.Light.TrySet(new GreenLight(3_000)));

        Assert.Equal(new Jump("Ann", 3_000), await run.Completion.Soon());
    }

    [Fact]
    public async Task If_the_lost_one_was_the_only_one_the_wait_ends_with_its_time()
    {
        await using ParachuteJump.Handle run = Flow().Start(new Jumper("Ann"));
        await _door.Reached;
        run.Light.TrySet(new GreenLight(4_000));
        _door.Open();
        await run.Light.WhenPendingAsync().Soon();
        _clock.Advance(TimeSpan.FromMinutes(2));

        await Assert.ThrowsAsync<TimeoutException>(() => run.Completion.Soon());
        Assert.Equal(RunStatus.Failed, run.Status);
    }

    [Fact]
    public async Task One_signal_is_enough()
    {
        _door.Open();
        await using ParachuteJump.Handle run = Flow().Start(new Jumper("Ann"));
        await run.Light.WhenPendingAsync().Soon();

        Assert.True(run.Light.TrySet(new GreenLight(1)));
        Assert.False(run.Light.TrySet(new GreenLight(2)));

        Assert.Equal(new Jump("Ann", 1), await run.Completion.Soon());
    }

    [Fact]
    public async Task After_a_failure_nobody_takes_a_signal()
    {
        InvalidOperationException stuck = new("stuck");
        await using ParachuteJump.Handle run = Flow().Start(new Jumper("Ann"));
        await _door.Reached;
        _door.Fail(stuck);

        Assert.Same(stuck, await Assert.ThrowsAsync<InvalidOperationException>(() => run.Completion.Soon()));
        Assert.False(await run.Light.WhenPendingAsync().Soon());
        Assert.False(run.Light.TrySet(new GreenLight(4_000)));
    }

    [Fact]
    public async Task Cancellation_ends_the_wait()
    {
        _door.Open();
        await using ParachuteJump.Handle run = Flow().Start(new Jumper("Ann"));
        await run.Light.WhenPendingAsync().Soon();
        Assert.True(run.Cancel());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Completion.Soon());
        Assert.Equal(RunStatus.Cancelled, run.Status);
        Assert.False(run.Light.TrySet(new GreenLight(4_000)));
    }

    public ValueTask<Doorway> OpenDoorAsync(Jumper jumper, CancellationToken ct) => _door.Wait(new Doorway(jumper), ct);

    private ParachuteJump Flow() => new(this) { Runtime = new FlowRuntime(new FlowRuntimeOptions { TimeProvider = _clock }) };
}
