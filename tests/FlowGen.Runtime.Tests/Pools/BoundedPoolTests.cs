using System.Runtime.CompilerServices;
using FlowGen.CompilerServices;
using FlowGen.Pooling;
using FlowGen.Testing;

namespace FlowGen.Runtime.Tests.Pools;

/// <summary>Pools with <c>[Pooled(Max)]</c>.</summary>
[Collection(nameof(PoolTests))]
public sealed class BoundedPoolTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(64)]
    public void It_keeps_exactly_its_bound(int max)
    {
        ThingPool pool = new(max, FlowPoolKind.Scope);
        Thing[] things = pool.Rent(max + 10);
        pool.Return(things);
        Assert.Equal(max, pool.Pool.Idle);
        Assert.Equal(10, things.Sum(thing => thing.Drops));
        Assert.All(things[..max], thing => Assert.Equal(0, thing.Drops));

        PoolMemory memory = pool.Memory;
        Assert.Equal((max, 0, max + 10), (memory.Objects, memory.InUse, memory.HighWaterMark));
        Assert.Equal((max + 10, max + 10), (memory.Rented, memory.Returned));
    }

    [Fact]
    public void A_drop_that_throws_harms_nobody()
    {
        FlowPool<Stubborn> pool = new(nameof(A_drop_that_throws_harms_nobody), FlowPoolKind.Scope, 1);
        Stubborn[] two = [pool.Register(new Stubborn()), pool.Register(new Stubborn())];
        pool.Put(two[0]);
        pool.Put(two[1]);
        Assert.Equal((1, 1), (pool.Idle, pool.Account.Live));
        pool.Clear();
        Assert.Equal((0, 0), (pool.Idle, pool.Account.Live));
    }

    [Fact]
    public async Task Many_threads_neither_share_an_object_nor_break_the_bound()
    {
        const int Max = 8;
        const int Threads = 6;
        ThingPool pool = new(Max, FlowPoolKind.Scope);
        await Crowd.Run(Threads, number =>
        {
            Random random = new(number);
            for (int i = 0; i < 20_000; i++)
            {
                Thing[] things = pool.Rent(random.Next(1, 4));
                Array.ForEach(things, thing => thing.Own(number + 1));
                Assert.True(pool.Pool.Idle <= Max);
                Array.ForEach(things, thing => thing.Disown(number + 1));
                pool.Return(things);
            }
        });
        PoolMemory memory = pool.Memory;
        Assert.Equal(memory.Rented, memory.Returned);
        Assert.Equal((0, memory.Objects), (memory.InUse, pool.Pool.Idle));
        Assert.InRange(memory.Objects, 1, Max);
    }

    [Fact]
    public void A_pool_of_a_workflow_object_dies_with_it_and_leaves_its_counts()
    {
        (string id, WeakReference pool, WeakReference item, WeakReference data) = UseAndForget();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.Equal((false, false, false), (pool.IsAlive, item.IsAlive, data.IsAlive));

        PoolMemory memory = PoolAccounts.Open(id, FlowPoolKind.Scope, "").Report();
        Assert.Equal((3, 2, 0, 0), (memory.Rented, memory.Returned, memory.Objects, memory.InUse));
    }

    [Fact]
    public void Pools_that_died_do_not_pile_up()
    {
        for (int i = 0; i < 2_000; i++)
        {
            _ = new FlowPool<Thing>(nameof(Pools_that_died_do_not_pile_up), FlowPoolKind.Scope, 1);
            if (i % 200 == 0)
            {
                GC.Collect(0);
            }
        }

        Assert.InRange(PoolTrimmer.WatchedPools, 0, 1_000);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (string Id, WeakReference Pool, WeakReference Item, WeakReference Data) UseAndForget()
    {
        ThingPool pool = new(4, FlowPoolKind.Scope);
        Thing[] things = pool.Rent(3);
        things[0].Data = new object();
        pool.Return(things[0], things[1]);
        Assert.Equal((3, 2, 3, 1), (pool.Memory.Rented, pool.Memory.Returned, pool.Memory.Objects, pool.Memory.InUse));
        return (pool.WorkflowId, new WeakReference(pool.Pool), new WeakReference(things[0]), new WeakReference(things[0].Data));
    }

    private sealed class Stubborn : FlowPooled
    {
        protected internal override void OnDropped() => throw new InvalidOperationException("no");
    }
}
