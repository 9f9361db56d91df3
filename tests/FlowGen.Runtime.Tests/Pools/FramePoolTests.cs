using System.Collections.Concurrent;

namespace FlowGen.Runtime.Tests.Pools;

/// <summary>Pools without a fixed bound: magazines and depot.</summary>
[Collection(nameof(PoolTests))]
public sealed class FramePoolTests
{
    [Fact]
    public void What_went_in_comes_out()
    {
        ThingPool pool = new(max: 0);
        Assert.Null(pool.Pool.Take());
        Thing thing = pool.Rent();
        Assert.Null(pool.Pool.Take());
        pool.Return(thing);
        Assert.Equal(1, pool.Pool.Idle);
        Assert.Same(thing, pool.Rent());
        Assert.Equal(0, pool.Pool.Idle);
    }

    [Theory]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(1_024)]
    public void A_burst_is_made_once(int size)
    {
        ThingPool pool = new(max: 0);
        for (int burst = 0; burst < 5; burst++)
        {
            Thing[] things = pool.Rent(size);
            Assert.Equal(size, things.Distinct().Count());
            Assert.Equal(size, pool.Memory.Objects);
            pool.Return(things);
            Assert.Equal(size, pool.Pool.Idle);
        }

        PoolMemory memory = pool.Memory;
        Assert.Equal((5 * size, 5 * size, size, 0), (memory.Rented, memory.Returned, memory.HighWaterMark, memory.InUse));
    }

    [Fact]
    public void What_one_thread_returns_another_finds()
    {
        const int Rentals = 10_000;
        ThingPool pool = new(max: 0);
        using BlockingCollection<Thing> rented = new(boundedCapacity: 1);
        Thread returner = new(() =>
        {
            foreach (Thing thing in rented.GetConsumingEnumerable())
            {
                pool.Return(thing);
            }
        });
        returner.Start();
        for (int i = 0; i < Rentals; i++)
        {
            rented.Add(pool.Rent());
        }

        rented.CompleteAdding();
        returner.Join();

        // Three are under way at most; the rest is what the other thread keeps before it passes a chain on.
        PoolMemory memory = pool.Memory;
        Assert.Equal((Rentals, Rentals), (memory.Rented, memory.Returned));
        Assert.InRange(memory.Objects, 1, 16);
    }

    [Fact]
    public void What_an_ended_thread_kept_comes_back()
    {
        ThingPool pool = new(max: 0);
        OnAnotherThread(() => pool.Return(pool.Rent(8)));
        Assert.Null(pool.Pool.Take());
        pool.Pool.Trim();
        pool.Return(pool.Rent(8));
        Assert.Equal(8, pool.Memory.Objects);
    }

    [Fact]
    public void Threads_that_come_and_go_do_not_make_it_grow()
    {
        ThingPool pool = new(max: 0);
        for (int i = 0; i < 200; i++)
        {
            OnAnotherThread(() => pool.Return(pool.Rent(10)));
        }

        // The books of ended threads are closed when their number doubles.
        Assert.InRange(pool.Memory.Objects, 10, 10 * 34);
    }

    [Fact]
    public void A_pool_shrinks_after_a_wave()
    {
        const int Wave = 100_000;
        ThingPool pool = new(max: 0);
        pool.Return(pool.Rent(Wave));
        Assert.Equal(Wave, pool.Pool.Idle);

        // The period of the wave, and one to see whether it comes again.
        pool.Pool.Trim();
        Assert.Equal(Wave, pool.Pool.Idle);
        pool.Return(pool.Rent(100));
        pool.Pool.Trim();
        Assert.InRange(pool.Pool.Idle, 100, 300);
        pool.Return(pool.Rent(100));
        Assert.InRange(pool.Pool.Idle, 100, 300);

        PoolMemory memory = pool.Memory;
        Assert.Equal((Wave + 200, Wave + 200, Wave), (memory.Rented, memory.Returned, memory.HighWaterMark));
        Assert.Equal(pool.Pool.Idle, memory.Objects);
    }

    [Fact]
    public void Clear_drops_what_all_threads_keep()
    {
        ThingPool pool = new(max: 0);
        Thing[] here = pool.Rent(100);
        Thing[] there = [];
        using ManualResetEventSlim filled = new();
        using ManualResetEventSlim cleared = new();
        Thread other = new(() =>
        {
            there = pool.Rent(50);
            pool.Return(there);
            filled.Set();
            cleared.Wait();
            Thing again = pool.Rent();
            Assert.DoesNotContain(again, there);
            pool.Return(again);
        });
        other.Start();
        filled.Wait();
        pool.Return(here);
        pool.Pool.Clear();
        Assert.Equal((0, 0), (pool.Pool.Idle, pool.Memory.Objects));
        Assert.All([.. here, .. there], thing => Assert.Equal(1, thing.Drops));
        cleared.Set();
        other.Join();
        Assert.Equal((151, 151), (pool.Memory.Rented, pool.Memory.Returned));
    }

    [Fact]
    public void Two_pools_of_one_class_do_not_mix()
    {
        ThingPool first = new(max: 0);
        ThingPool second = new(max: 0);
        Thing[] ofFirst = first.Rent(10);
        Thing[] ofSecond = second.Rent(10);
        for (int i = 0; i < 10; i++)
        {
            first.Return(ofFirst[i]);
            second.Return(ofSecond[i]);
        }

        Assert.Equal(ofFirst.ToHashSet(), [.. first.Rent(10)]);
        Assert.Equal(ofSecond.ToHashSet(), [.. second.Rent(10)]);
    }

    private static void OnAnotherThread(ThreadStart body)
    {
        Thread thread = new(body);
        thread.Start();
        thread.Join();
    }
}
