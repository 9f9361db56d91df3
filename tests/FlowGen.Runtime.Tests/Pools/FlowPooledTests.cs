using System.Runtime.CompilerServices;
using FlowGen.CompilerServices;
using FlowGen.Pooling;
using FlowGen.Testing;

namespace FlowGen.Runtime.Tests.Pools;

public sealed class FlowPooledTests
{
    [Fact]
    public void Generation_is_odd_while_rented()
    {
        Thing thing = new();
        Assert.Equal(0, thing.Generation);
        thing.MarkRented();
        Assert.Equal(1, thing.Generation);
        thing.MarkReturned();
        Assert.Equal(2, thing.Generation);
    }

    [Fact]
    public void A_second_return_throws_and_changes_nothing()
    {
        Thing thing = new();
        thing.MarkRented();
        thing.MarkReturned();
        Assert.Throws<InvalidOperationException>(thing.MarkReturned);
        Assert.Equal(2, thing.Generation);
        thing.MarkRented();
        Assert.Equal(3, thing.Generation);
    }

    [Fact]
    public void A_second_rental_throws_and_changes_nothing()
    {
        Thing thing = new();
        thing.MarkRented();
        Assert.Throws<InvalidOperationException>(thing.MarkRented);
        Assert.Equal(1, thing.Generation);
    }

    [Fact]
    public void A_return_of_an_earlier_rental_loses()
    {
        Thing thing = new();
        thing.MarkRented();
        int first = thing.Generation;
        thing.MarkReturned();
        thing.MarkRented();
        Assert.False(thing.TryMarkReturned(first));
        Assert.True(thing.TryMarkReturned(first + 2));
        Assert.False(thing.TryMarkReturned(first + 2));
        Assert.False(thing.TryMarkReturned(thing.Generation));
    }

    [Fact]
    public void Rentals_that_no_longer_fit_go_to_the_account()
    {
        Thing thing = new();
        PoolAccount account = new("W", FlowPoolKind.Scope, "");
        account.Add(thing);
        GenerationOf(thing) = int.MaxValue;
        Assert.Throws<InvalidOperationException>(thing.MarkRented);

        thing.MarkReturned();
        thing.MarkRented();

        Assert.Equal(1, thing.Generation);
        PoolMemory report = account.Report();
        Assert.Equal(((1L << 30) + 1, 1L << 30, 1), (report.Rented, report.Returned, report.InUse));
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_generation")]
    private static extern ref int GenerationOf(FlowPooled thing);

    [Fact]
    public async Task Exactly_one_of_racing_returns_wins()
    {
        const int Rounds = 2_000;
        const int Threads = 4;
        Thing thing = new();
        int[] wins = new int[Rounds];
        using Barrier barrier = new(Threads, _ => thing.MarkRented());
        await Crowd.Run(Threads, _ =>
        {
            for (int round = 0; round < Rounds; round++)
            {
                barrier.SignalAndWait();
                if (thing.TryMarkReturned((2 * round) + 1))
                {
                    Interlocked.Increment(ref wins[round]);
                }
            }
        });
        Assert.All(wins, count => Assert.Equal(1, count));
    }
}
