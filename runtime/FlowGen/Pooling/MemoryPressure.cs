namespace FlowGen.Pooling;

/// <summary>Whether the machine, or the container, is short of memory.</summary>
internal static class MemoryPressure
{
    // Where the runtime's own pools start to let everything go.
    private const double HighShare = 0.9;

    /// <summary>As the last collection saw it.</summary>
    public static bool IsHigh()
    {
        GCMemoryInfo info = GC.GetGCMemoryInfo();
        return IsHigh(info.MemoryLoadBytes, info.HighMemoryLoadThresholdBytes);
    }

    public static bool IsHigh(long load, long threshold) => threshold > 0 && load >= threshold * HighShare;
}
