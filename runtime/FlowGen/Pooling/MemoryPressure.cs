namespace FlowGen.Pooling;

/// <summary>Whether the machine, or the container, is short of memory.</summary>
internal static class MemoryPressure
{
    /// <summary>As the last collection saw it.</summary>
    public static bool IsHigh()
    {
        GCMemoryInfo info = GC.GetGCMemoryInfo();
        return IsHigh(info.MemoryLoadBytes, info.HighMemoryLoadThresholdBytes);
    }

    /// <summary>Where the collector itself begins to work harder.</summary>
    public static bool IsHigh(long load, long threshold) => threshold > 0 && load >= threshold;
}
