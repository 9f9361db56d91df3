using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using FlowGen.CompilerServices;
using FlowGen.Testing;

namespace FlowGen.Runtime.Tests.Pools;

/// <summary>Many threads, handing objects to each other, while pools are trimmed and cleared under them.</summary>
[Collection(nameof(PoolTests))]
public sealed class PoolStressTests
{
    private const int Threads = 6;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task No_object_has_two_owners_and_none_is_lost(int seed)
    {
        const int Rounds = 4_000;
        ThingPool pool = new(max: 0);
        ConcurrentQueue<Thing> inTransit = new();
        int working = Threads;
        long rentals = 0;
        await Crowd.Run(Threads + 1, number =>
        {
            Random random = new((seed * 100) + number);
            if (number == Threads)
            {
                Disturb(pool.Pool, random, () => Volatile.Read(ref working) > 0);
                return;
            }

            try
            {
                for (int i = 0; i < Rounds; i++)
                {
                    Thing[] things = pool.Rent(random.Next(1, 90));
                    Array.ForEach(things, thing => thing.Own(number + 1));
                    Interlocked.Add(ref rentals, things.Length);
                    Array.ForEach(things, thing => thing.Disown(number + 1));

                    // Some are returned by whoever comes by.
                    int own = random.Next(things.Length + 1);
                    pool.Return(things.AsSpan(0, own));
                    Array.ForEach(things[own..], inTransit.Enqueue);
                    for (int n = random.Next(90); n > 0 && inTransit.TryDequeue(out Thing? other); n--)
                    {
                        pool.Return(other);
                    }
                }
            }
            finally
            {
                Interlocked.Decrement(ref working);
            }
        });
        while (inTransit.TryDequeue(out Thing? left))
        {
            pool.Return(left);
        }

        PoolMemory memory = pool.Memory;
        Assert.Equal((rentals, rentals, 0), (memory.Rented, memory.Returned, memory.InUse));

        // Everything that exists is in the pool, and comes out of it once.
        Assert.Equal(memory.Objects, pool.Pool.Idle);
        Thing[] all = pool.Rent(memory.Objects);
        Assert.Equal(memory.Objects, all.Distinct().Count());
        Assert.All(all, thing => Assert.Equal(0, thing.Drops));
        pool.Return(all);
    }

    [Fact]
    public async Task The_shape_of_generated_code_keeps_exact_counts_when_threads_end()
    {
        const int Rounds = 5_000;
        for (int wave = 0; wave < 5; wave++)
        {
            await Crowd.Run(Threads, number =>
            {
                for (int i = 0; i < Rounds; i++)
                {
                    Slotted outer = Slotted.Rent();
                    outer.Own(number + 1);
                    Slotted inner = Slotted.Rent();
                    inner.Own(number + 1);
                    outer.Disown(number + 1);
                    Slotted.Return(outer);
                    inner.Disown(number + 1);
                    Slotted.Return(inner);
                }
            });
            CollectAll();
            PoolMemory memory = Slotted.Memory;
            long expected = (wave + 1) * Threads * Rounds * 2L;
            Assert.Equal((expected, expected, 0), (memory.Rented, memory.Returned, memory.InUse));
        }
    }

    [Fact]
    public void A_run_that_never_ends_is_lost_once_nobody_holds_it()
    {
        ThingPool pool = new(max: 0);
        RentAndForget(pool);
        CollectAll();
        PoolMemory memory = pool.Memory;
        Assert.Equal((3, 0, 0, 0), (memory.Rented, memory.Returned, memory.InUse, memory.Objects));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RentAndForget(ThingPool pool) => Assert.Equal(3, pool.Rent(3).Length);

    private static void CollectAll()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    private static void Disturb(FlowPool pool, Random random, Func<bool> goOn)
    {
        while (goOn())
        {
            switch (random.Next(6))
            {
                case 0 or 1 or 2:
                    pool.Clear();
                    break;
                case 3:
                    pool.Trim();
                    break;
                case 4:
                    Assert.True(pool.Account.Report().InUse >= 0);
                    break;
                default:
                    GC.Collect(0);
                    break;
            }
        }
    }

    /// <summary>What the generator emits.</summary>
    private sealed class Slotted : Thing
    {
        private static readonly FlowPool<Slotted> s_pool = new(nameof(Slotted), FlowPoolKind.Run, max: 0);

        [ThreadStatic]
        private static Slotted? t_slot;

        public static PoolMemory Memory => s_pool.Account.Report();

        public static Slotted Rent()
        {
            Slotted? item = t_slot;
            if (item is not null)
            {
                t_slot = null;
            }
            else
            {
                item = s_pool.Take() ?? s_pool.Register(new Slotted());
            }

            item.MarkRented();
            return item;
        }

        public static void Return(Slotted item)
        {
            item.MarkReturned();
            if (t_slot is null)
            {
                t_slot = item;
            }
            else
            {
                s_pool.Put(item);
            }
        }
    }
}
