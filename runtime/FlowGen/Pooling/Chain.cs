using FlowGen.CompilerServices;

namespace FlowGen.Pooling;

/// <summary>Pooled objects, linked by <see cref="FlowPooled.Next"/>.</summary>
internal readonly record struct Chain(FlowPooled? Head, int Count)
{
    /// <summary>Links <paramref name="first"/> (walked to its end, so the short one) in front of <paramref name="second"/>.</summary>
    public static Chain Join(Chain first, Chain second)
    {
        if (first.Head is null)
        {
            return second;
        }

        FlowPooled last = first.Head;
        while (last.Next is { } next)
        {
            last = next;
        }

        last.Next = second.Head;
        return new Chain(first.Head, first.Count + second.Count);
    }

    /// <summary>Lets go of every object for good.</summary>
    public void Drop()
    {
        FlowPooled? item = Head;
        while (item is not null)
        {
            FlowPooled? next = item.Next;
            PoolAccount.Drop(item);
            item = next;
        }
    }
}
