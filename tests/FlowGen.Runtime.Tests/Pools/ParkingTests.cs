using System.Runtime.CompilerServices;
using FlowGen.CompilerServices;
using FlowGen.Pooling;
using FlowGen.Testing;

namespace FlowGen.Runtime.Tests.Pools;

/// <summary>When scopes of each <see cref="CleanupMode"/> are cleaned.</summary>
[Collection(nameof(PoolTests))]
public sealed class ParkingTests
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_oneSecond = TimeSpan.FromSeconds(1);
    private static int s_made;

    private readonly FakeTimeProvider _clock = new();
    private readonly FlowRuntime _runtime;
    private readonly FlowPool<ParkedScope> _pool = new($"{nameof(ParkingTests)} {Interlocked.Increment(ref s_made)}", FlowPoolKind.Scope, max: 64);

    public ParkingTests() => _runtime = new FlowRuntime(new FlowRuntimeOptions { TimeProvider = _clock });

    private int Parked => _runtime.GetMemory().Parked;

    private int InUse => _pool.Account.Report().InUse;

    [Fact]
    public async Task Deferred_scopes_are_cleaned_by_the_thread_pool()
    {
        int here = Environment.CurrentManagedThreadId;
        TaskCompletionSource<int> thread = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Park(1, CleanupMode.Deferred, scope => scope.OnCleaning = () => thread.TrySetResult(Environment.CurrentManagedThreadId));
        Assert.NotEqual(here, await thread.Task.Soon());
        await _runtime.CleanUpAsync().Soon();
        Assert.Equal((0, 0), (Parked, InUse));
    }

    [Fact]
    public async Task Deferred_scopes_see_nothing_of_the_run_that_parked_them()
    {
        AsyncLocal<string?> ambient = new() { Value = "run" };
        TaskCompletionSource<string?> seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Park(1, CleanupMode.Deferred, scope => scope.OnCleaning = () => seen.TrySetResult(ambient.Value));
        Assert.Null(await seen.Task.Soon());
    }

    [Fact]
    public async Task A_deferred_cleaning_that_waits_does_not_hold_up_the_others()
    {
        Gate gate = new();
        ParkedScope[] slow = Park(100, CleanupMode.Deferred, scope => scope.Gate = gate);
        ParkedScope[] quick = Park(100, CleanupMode.Deferred);
        await gate.ReachedBy(100);
        _runtime.CleanUp();
        Assert.All(quick, scope => Assert.Equal(1, scope.Cleanings));
        Assert.All(slow, scope => Assert.Equal(1, scope.Cleanings));
        Assert.InRange(Parked, 100, 200);
        gate.Open();
        await _runtime.CleanUpAsync().Soon();
        Assert.Equal((0, 0), (Parked, InUse));
    }

    [Fact]
    public void Periodic_scopes_are_cleaned_together_one_interval_after_the_first()
    {
        Park(2, CleanupMode.Periodic);
        _clock.Advance(s_interval - s_oneSecond);
        Park(1, CleanupMode.Periodic);
        Assert.Equal((3, 3), (Parked, InUse));
        _clock.Advance(s_oneSecond);
        Assert.Equal((0, 0), (Parked, InUse));

        // The next interval begins with the next scope.
        _clock.Advance(s_interval / 2);
        Park(1, CleanupMode.Periodic);
        _clock.Advance(s_interval - s_oneSecond);
        Assert.Equal(1, Parked);
        _clock.Advance(s_oneSecond);
        Assert.Equal(0, Parked);
    }

    [Fact]
    public void The_timer_runs_only_while_something_is_parked()
    {
        CountingClock clock = new();
        FlowRuntime runtime = new(new FlowRuntimeOptions { TimeProvider = clock });
        Assert.Equal(0, clock.Armed);
        foreach (ParkedScope scope in ParkedScope.Rent(_pool, 3))
        {
            runtime.Park(scope, CleanupMode.Periodic);
        }

        Assert.Equal(1, clock.Armed);
        runtime.CleanUp();
        Assert.Equal(0, clock.Armed);
        runtime.Park(ParkedScope.Rent(_pool, 1)[0], CleanupMode.Periodic);
        Assert.Equal((1, 1), (clock.Armed, clock.Created));
    }

    [Fact]
    public void OnDemand_scopes_wait_for_CleanUp()
    {
        Park(3, CleanupMode.OnDemand);
        _clock.Advance(s_interval * 10);
        Assert.Equal((3, 3), (Parked, InUse));
        FlowCleanUp done = _runtime.CleanUp();
        Assert.Equal((3, 0), (done.Before.Parked, done.After.Parked));
        Assert.Equal((0, 0), (InUse, _pool.Idle));
    }

    [Fact]
    public void Short_memory_cleans_what_is_parked()
    {
        ParkedScope[] scopes = [.. Park(1, CleanupMode.Periodic), .. Park(1, CleanupMode.OnDemand)];
        PoolTrimmer.AfterFullCollection(memoryIsShort: false, PoolTrimmer.Period);
        Assert.All(scopes, scope => Assert.Equal(0, scope.Cleanings));
        Assert.True(PoolTrimmer.AfterFullCollection(memoryIsShort: true, TimeSpan.Zero));
        Assert.All(scopes, scope => Assert.Equal(1, scope.Cleanings));
        Assert.Equal(0, _pool.Idle);
    }

    [Theory]
    [InlineData(CleanupMode.Deferred)]
    [InlineData(CleanupMode.Periodic)]
    [InlineData(CleanupMode.OnDemand)]
    public async Task A_cleaning_that_throws_stops_nobody(CleanupMode mode)
    {
        Gate gate = new();
        ParkedScope[] scopes = ParkedScope.Rent(_pool, 6);
        scopes[2].Error = new InvalidOperationException("at once");
        scopes[3].Gate = gate;
        Array.ForEach(scopes, scope => _runtime.Park(scope, mode));
        ValueTask<FlowCleanUp> cleaning = _runtime.CleanUpAsync();
        await gate.Reached;
        gate.Fail(new InvalidOperationException("later"));
        FlowCleanUp done = await cleaning.Soon();
        Assert.Equal(0, done.After.Parked);
        Assert.All(scopes, scope => Assert.Equal(1, scope.Cleanings));

        // Those that failed were never returned; that is what their contract is for.
        Assert.Equal(2, InUse);
    }

    [Fact]
    public async Task CleanUp_starts_cleanings_that_wait_and_CleanUpAsync_waits_for_them()
    {
        Gate gate = new();
        Park(2, CleanupMode.OnDemand, scope => scope.Gate = gate);
        Park(1, CleanupMode.OnDemand);
        FlowCleanUp done = _runtime.CleanUp();
        Assert.Equal((3, 2), (done.Before.Parked, done.After.Parked));
        Assert.Equal(2, gate.Waiting);

        ValueTask<FlowCleanUp> waiting = _runtime.CleanUpAsync();
        ValueTask<FlowCleanUp> waitingToo = _runtime.CleanUpAsync();
        Assert.Equal((false, false), (waiting.IsCompleted, waitingToo.IsCompleted));
        gate.Open();
        Assert.Equal(0, (await waiting.Soon()).After.Parked);
        Assert.Equal(0, (await waitingToo.Soon()).After.Parked);
    }

    [Fact]
    public async Task CleanUpAsync_does_not_wait_for_what_is_parked_later()
    {
        Gate first = new(), second = new();
        Park(1, CleanupMode.OnDemand, scope => scope.Gate = first);
        ValueTask<FlowCleanUp> waiting = _runtime.CleanUpAsync();
        Park(1, CleanupMode.OnDemand, scope => scope.Gate = second);
        _runtime.CleanUp();
        await second.Reached;
        first.Open();
        Assert.Equal(1, (await waiting.Soon()).After.Parked);
        second.Open();
    }

    [Fact]
    public async Task A_cancelled_CleanUpAsync_goes_on_cleaning()
    {
        Gate gate = new();
        Park(1, CleanupMode.OnDemand, scope => scope.Gate = gate);
        using CancellationTokenSource cancel = new();
        Task waiting = _runtime.CleanUpAsync(cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.Soon());
        Assert.Equal(1, Parked);
        gate.Open();
        await _runtime.CleanUpAsync().Soon();
        Assert.Equal((0, 0), (Parked, InUse));
    }

    [Fact]
    public async Task DisposeAsync_drains_everything_also_what_cleanings_park()
    {
        Gate gate = new();
        Park(1, CleanupMode.OnDemand, scope => scope.Gate = gate);
        Park(10, CleanupMode.Deferred);
        Park(10, CleanupMode.Periodic);
        Park(1, CleanupMode.OnDemand, scope => scope.OnCleaning = () => Park(5, CleanupMode.OnDemand));
        Task drained = _runtime.DisposeAsync().AsTask();
        await gate.Reached;
        Assert.False(drained.IsCompleted);
        gate.Open();
        await drained.Soon();
        Assert.Equal((0, 0), (Parked, InUse));
    }

    [Theory]
    [InlineData(CleanupMode.Deferred)]
    [InlineData(CleanupMode.Periodic)]
    [InlineData(CleanupMode.OnDemand)]
    public async Task A_disposed_runtime_cleans_at_once(CleanupMode mode)
    {
        await _runtime.DisposeAsync().Soon();
        Gate gate = new();
        Park(1, mode, scope => scope.Gate = gate);
        await gate.Reached;
        gate.Open();
        await _runtime.DisposeAsync().Soon();
        Assert.Equal((0, 0), (Parked, InUse));
    }

    [Fact]
    public async Task Each_parking_is_cleaned_once_whoever_comes_first()
    {
        const int Rounds = 3_000;
        CleanupMode[] modes = [CleanupMode.Deferred, CleanupMode.Periodic, CleanupMode.OnDemand];
        await Crowd.Run(4, number =>
        {
            Random random = new(number);
            for (int i = 0; i < Rounds; i++)
            {
                // A scope comes back from the pool as soon as it is clean, and is parked again.
                Park(1, modes[random.Next(modes.Length)]);
                switch (random.Next(50))
                {
                    case 0:
                        _runtime.CleanUp();
                        break;
                    case 1:
                        _clock.Advance(s_interval);
                        break;
                }
            }
        });
        await _runtime.DisposeAsync().Soon();
        PoolMemory memory = _pool.Account.Report();
        Assert.Equal((4 * Rounds, 4 * Rounds, 0), (memory.Rented, memory.Returned, memory.InUse));
        Assert.Equal(0, Parked);
    }

    [Fact]
    public void Parking_allocates_nothing()
    {
        ParkedScope[] scopes = ParkedScope.Rent(_pool, 50);
        long bytes = 0;
        for (int round = 0; round < 20; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < scopes.Length; i++)
            {
                _runtime.Park(scopes[i], i % 2 == 0 ? CleanupMode.Periodic : CleanupMode.OnDemand);
            }

            bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            _runtime.CleanUp();
            scopes = ParkedScope.Rent(_pool, 50);
        }

        // The test clock keeps a list; it has grown by now.
        Assert.Equal(0, bytes);
    }

    [Fact]
    public void A_runtime_that_nobody_holds_is_collected()
    {
        WeakReference runtime = MakeRuntime();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(runtime.IsAlive);
    }

    [Theory]
    [InlineData(CleanupMode.Immediate)]
    [InlineData((CleanupMode)99)]
    public void Only_later_modes_park(CleanupMode mode)
    {
        ParkedScope scope = ParkedScope.Rent(_pool, 1)[0];
        Assert.Throws<ArgumentOutOfRangeException>(() => _runtime.Park(scope, mode));
        Assert.Equal(0, Parked);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference MakeRuntime()
    {
        FlowRuntime runtime = new();
        Assert.Equal(0, runtime.GetMemory().Parked);
        return new WeakReference(runtime);
    }

    private ParkedScope[] Park(int count, CleanupMode mode, Action<ParkedScope>? prepare = null)
    {
        ParkedScope[] scopes = ParkedScope.Rent(_pool, count);
        foreach (ParkedScope scope in scopes)
        {
            prepare?.Invoke(scope);
            _runtime.Park(scope, mode);
        }

        return scopes;
    }
}
