using System.Runtime.CompilerServices;
using FlowGen.CompilerServices;

namespace FlowGen.Runtime.Tests.Pools;

/// <summary>Rents and returns as generated code does, but without the thread's own slot, so that every rental reaches the pool.</summary>
internal sealed class ThingPool
{
    private static int s_made;

    public ThingPool(int max, FlowPoolKind kind = FlowPoolKind.Run, [CallerMemberName] string test = "")
    {
        WorkflowId = $"{test} {Interlocked.Increment(ref s_made)}";
        Pool = new FlowPool<Thing>(WorkflowId, kind, max);
    }

    /// <summary>One per pool, so that each has books of its own.</summary>
    public string WorkflowId { get; }

    public FlowPool<Thing> Pool { get; }

    public PoolMemory Memory => Pool.Account.Report();

    public Thing Rent()
    {
        Thing thing = Pool.Take() ?? Pool.Register(new Thing());
        thing.MarkRented();
        return thing;
    }

    public Thing[] Rent(int count)
    {
        Thing[] things = new Thing[count];
        for (int i = 0; i < count; i++)
        {
            things[i] = Rent();
        }

        return things;
    }

    public void Return(params ReadOnlySpan<Thing> things)
    {
        foreach (Thing thing in things)
        {
            thing.MarkReturned();
            Pool.Put(thing);
        }
    }
}
