using FlowGen.Pooling;

namespace FlowGen.Runtime.Tests.Pools;

[Collection(nameof(PoolTests))]
public sealed class PoolTrimmerTests
{
    [Fact]
    public void Pools_shrink_by_periods_while_memory_is_plentiful()
    {
        ThingPool pool = new(max: 0);
        pool.Return(pool.Rent(1_000));
        for (int i = 0; i < 10; i++)
        {
            // Collections alone end no period.
            Assert.False(PoolTrimmer.AfterFullCollection(memoryIsShort: false, TimeSpan.Zero));
        }

        Assert.True(PoolTrimmer.AfterFullCollection(memoryIsShort: false, PoolTrimmer.Period));
        Assert.Equal(1_000, pool.Pool.Idle);
        Assert.True(PoolTrimmer.AfterFullCollection(memoryIsShort: false, PoolTrimmer.Period));
        Assert.InRange(pool.Pool.Idle, 0, 128);
    }

    [Fact]
    public void Bounded_pools_keep_theirs_until_memory_is_short()
    {
        ThingPool pool = new(max: 8, FlowPoolKind.Scope);
        pool.Return(pool.Rent(8));
        for (int i = 0; i < 5; i++)
        {
            PoolTrimmer.AfterFullCollection(memoryIsShort: false, PoolTrimmer.Period);
        }

        Assert.Equal(8, pool.Pool.Idle);
        PoolTrimmer.AfterFullCollection(memoryIsShort: true, TimeSpan.Zero);
        Assert.Equal((0, 0), (pool.Pool.Idle, pool.Memory.Objects));
    }

    [Theory]
    [InlineData(89, 90, false)]
    [InlineData(90, 90, true)]
    [InlineData(95, 90, true)]
    [InlineData(95, 0, false)]
    public void Memory_is_short_when_the_collector_thinks_so(long load, long threshold, bool isHigh) =>
        Assert.Equal(isHigh, MemoryPressure.IsHigh(load, threshold));

    [Fact]
    public void The_watch_sees_full_collections_and_only_those()
    {
        int calls = 0;
        FullCollectionWatch.Start(() => Interlocked.Increment(ref calls));

        // It sees every collection until it is old itself.
        for (int i = 0; i < 3; i++)
        {
            CollectAndFinalize(GC.MaxGeneration);
        }

        int afterFull = Volatile.Read(ref calls);
        Assert.InRange(afterFull, 1, 3);
        CollectAndFinalize(GC.MaxGeneration);
        int afterOneMore = Volatile.Read(ref calls);
        Assert.True(afterOneMore > afterFull);
    }

    private static void CollectAndFinalize(int generation)
    {
        GC.Collect(generation, GCCollectionMode.Forced, blocking: true);
        GC.WaitForPendingFinalizers();
    }
}
