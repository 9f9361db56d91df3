using System.Runtime.CompilerServices;

namespace FlowGen.CompilerServices;

/// <summary>Whether there is room on the stack, without asking the runtime each time: where there was room once, there is room for what stands higher up.</summary>
internal static class StackRoom
{
    // Stacks grow downwards: the lowest place that was found to leave room.
    [ThreadStatic]
    private static nint t_lowest;

    /// <summary>As <see cref="RuntimeHelpers.TryEnsureSufficientExecutionStack"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsEnough()
    {
        byte here = 0;
        nint place = Unsafe.ByteOffset(ref Unsafe.NullRef<byte>(), ref here);
        nint lowest = t_lowest;
        return (lowest != 0 && place >= lowest) || IsEnoughAt(place);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool IsEnoughAt(nint place)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            return false;
        }

        t_lowest = place;
        return true;
    }
}
