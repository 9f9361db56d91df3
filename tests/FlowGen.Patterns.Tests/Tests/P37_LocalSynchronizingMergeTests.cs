namespace Patterns.P37_LocalSynchronizingMerge;

public sealed class P37_LocalSynchronizingMergeTests : IExperts
{
    private readonly Doors _doors = new();
    private decimal _damage = 500;

    [Fact]
    public async Task It_waits_for_all_that_can_arrive()
    {
        ValueTask<Settlement> run = Run(new Accident(IsDamaged: true, IsInjured: true));
        await _doors["treat"].Reached;
        _doors.Open("inspect", "repair");
        Assert.False(run.IsCompleted);
        _doors.Open("treat");

        Assert.Equal(new Settlement(340, "repair"), await run.Soon());
    }

    [Fact]
    public async Task It_does_not_wait_for_a_branch_that_was_not_taken()
    {
        ValueTask<Settlement> run = Run(new Accident(IsDamaged: false, IsInjured: true));
        _doors.Open("treat");

        Assert.Equal(new Settlement(40, "no damage"), await run.Soon());
        Assert.Equal(0, _doors["inspect"].Arrivals);
    }

    [Fact]
    public async Task It_does_not_wait_for_a_branch_that_has_ended_half_way()
    {
        _damage = 20_000;
        ValueTask<Settlement> run = Run(new Accident(IsDamaged: true, IsInjured: false));
        await _doors["inspect"].Reached;
        Assert.False(run.IsCompleted);
        _doors.Open("inspect");

        Assert.Equal(new Settlement(20_000, "wreck"), await run.Soon());
        Assert.Equal(0, _doors["repair"].Arrivals + _doors["treat"].Arrivals);
    }

    [Fact]
    public async Task It_goes_on_at_once_when_nothing_can_arrive()
        => Assert.Equal(new Settlement(0, "no damage"), await Run(new Accident(IsDamaged: false, IsInjured: false)).Soon());

    [Fact]
    public async Task A_failure_on_one_branch_fails_the_run()
    {
        InvalidOperationException strike = new("strike");
        ValueTask<Settlement> run = Run(new Accident(IsDamaged: true, IsInjured: true));
        await _doors["treat"].Reached;
        _doors["treat"].Fail(strike);

        Assert.Same(strike, await Assert.ThrowsAsync<InvalidOperationException>(() => run.Soon()));
        Assert.Equal(0, _doors["inspect"].Waiting);
    }

    [Fact]
    public async Task Cancellation_reaches_all_branches()
    {
        using CancellationTokenSource cts = new();
        ValueTask<Settlement> run = Run(new Accident(IsDamaged: true, IsInjured: true), cts.Token);
        await _doors["treat"].Reached;
        await cts.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(0, _doors["inspect"].Waiting + _doors["treat"].Waiting);
    }

    public ValueTask<Damage> InspectAsync(Accident accident, CancellationToken ct) => _doors["inspect"].Wait(new Damage(_damage), ct);

    public ValueTask<Repair> RepairAsync(Damage damage, CancellationToken ct) => _doors["repair"].Wait(new Repair(300), ct);

    public ValueTask<Treatment> TreatAsync(Accident accident, CancellationToken ct) => _doors["treat"].Wait(new Treatment(40), ct);

    private ValueTask<Settlement> Run(Accident accident, CancellationToken ct = default) => new SettleAccident(this).RunAsync(accident, ct);
}
