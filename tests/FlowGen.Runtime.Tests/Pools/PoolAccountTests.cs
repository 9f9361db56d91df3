using FlowGen.CompilerServices;
using FlowGen.Pooling;
using FlowGen.Testing;

namespace FlowGen.Runtime.Tests.Pools;

public sealed class PoolAccountTests
{
    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(14)]
    public void The_books_agree_with_a_plain_model(int seed)
    {
        Random random = new(seed);
        PoolAccount account = new("W", FlowPoolKind.Scope, "");
        List<Thing> alive = [];
        long rented = 0, returned = 0;
        int most = 0;
        for (int step = 0; step < 5_000; step++)
        {
            // Waves, so that the table grows and shrinks.
            bool growing = step / 500 % 2 == 0;
            int what = random.Next(10);
            if (alive.Count == 0 || what < (growing ? 5 : 1))
            {
                Thing made = new();
                account.Add(made);
                alive.Add(made);
                most = Math.Max(most, alive.Count);
            }
            else if (what < 6)
            {
                int index = random.Next(alive.Count);
                PoolAccount.Drop(alive[index]);
                alive.RemoveAt(index);
            }
            else
            {
                Thing thing = alive[random.Next(alive.Count)];
                if ((thing.Generation & 1) == 0)
                {
                    thing.MarkRented();
                    rented++;
                }
                else
                {
                    thing.MarkReturned();
                    returned++;
                }
            }

            if (step % 50 == 0)
            {
                PoolMemory report = account.Report();
                Assert.Equal((alive.Count, most), (report.Objects, report.HighWaterMark));
                Assert.Equal((rented, returned), (report.Rented, report.Returned));
                Assert.Equal(alive.Count(thing => (thing.Generation & 1) == 1), report.InUse);
            }
        }

        GC.KeepAlive(alive);
    }

    [Fact]
    public void Forgetting_twice_changes_nothing()
    {
        PoolAccount account = new("W", FlowPoolKind.Run, "");
        Thing first = new(), second = new();
        account.Add(first);
        account.Add(second);
        first.MarkRented();
        account.Forget(first);
        account.Forget(first);
        PoolMemory report = account.Report();
        Assert.Equal((1, 1, 0), (report.Objects, report.Rented, report.Returned));
        GC.KeepAlive(second);
    }

    [Fact]
    public void Registering_twice_is_an_error()
    {
        PoolAccount account = new("W", FlowPoolKind.Run, "");
        Thing thing = new();
        account.Add(thing);
        Assert.Throws<InvalidOperationException>(() => account.Add(thing));
        Assert.Equal(1, account.Live);
    }

    [Fact]
    public async Task Many_threads_register_and_drop_while_reports_are_written()
    {
        PoolAccount account = new("W", FlowPoolKind.Run, "");
        await Crowd.Run(4, number =>
        {
            Random random = new(number);
            Queue<Thing> mine = new();
            for (int i = 0; i < 5_000; i++)
            {
                Thing thing = new();
                account.Add(thing);
                thing.MarkRented();
                thing.MarkReturned();
                mine.Enqueue(thing);
                if (mine.Count > random.Next(100))
                {
                    PoolAccount.Drop(mine.Dequeue());
                }

                if (i % 1_000 == 0)
                {
                    Assert.True(account.Report().Rented >= i);
                }
            }

            while (mine.TryDequeue(out Thing? thing))
            {
                PoolAccount.Drop(thing);
            }
        });
        PoolMemory report = account.Report();
        Assert.Equal((0, 20_000, 20_000), (report.Objects, report.Rented, report.Returned));
    }

    [Fact]
    public void Sizes_are_those_of_the_objects()
    {
        PoolAccount account = new("W", FlowPoolKind.Run, "");
        FlowPooled small = new Thing(), large = new LargeThing();
        account.Add(small);
        long one = account.Report().RetainedBytes;
        account.Add(large);
        long both = account.Report().RetainedBytes;

        // Object header and type, link, account, index, generation, and what Thing adds.
        Assert.InRange(one, 56, 96);
        Assert.Equal((2 * one) + (8 * sizeof(long)), both);
        GC.KeepAlive(small);
        GC.KeepAlive(large);
    }

    private sealed class LargeThing : Thing
    {
#pragma warning disable CS0169, CA1823, RCS1213, IDE0051 // Only their size matters.
        private readonly long _a, _b, _c, _d, _e, _f, _g, _h;
#pragma warning restore CS0169, CA1823, RCS1213, IDE0051
    }
}
