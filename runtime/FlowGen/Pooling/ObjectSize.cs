using System.Runtime.CompilerServices;
using FlowGen.CompilerServices;

namespace FlowGen.Pooling;

/// <summary>How much memory one object takes by itself, measured once per class by copying one.</summary>
internal static class ObjectSize
{
    /// <summary>The smallest object there is, in bytes (64 bit).</summary>
    public const int Least = 24;

    private static readonly ConditionalWeakTable<Type, StrongBox<int>> s_sizes = [];

    /// <summary>The size of <paramref name="item"/> in bytes, without what it refers to.</summary>
    public static int Of(FlowPooled item)
    {
        Type type = item.GetType();
        if (!s_sizes.TryGetValue(type, out StrongBox<int>? size))
        {
            size = new StrongBox<int>(Measure(item));
            s_sizes.AddOrUpdate(type, size);
        }

        return size.Value;
    }

    private static int Measure(FlowPooled item)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        object copy = MemberwiseClone(item);
        GC.SuppressFinalize(copy);
        return (int)(GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = nameof(MemberwiseClone))]
    private static extern object MemberwiseClone(object item);
}
