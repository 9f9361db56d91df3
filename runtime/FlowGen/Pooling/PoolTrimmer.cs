using FlowGen.CompilerServices;

namespace FlowGen.Pooling;

/// <summary>
/// Makes pools small again. After a full collection, and when a period has passed, they let go of what they did not need lately; when
/// memory is short, of everything, and parked scopes are cleaned first.
/// </summary>
/// <remarks>A period is more than a collection: programs that collect often, or benchmarks that force it, would refill their pools each time.</remarks>
internal sealed class PoolTrimmer : IThreadPoolWorkItem
{
    /// <summary>The least time between two trims while memory is plentiful.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    private static readonly WeakList<FlowPool> s_pools = new();
    private static readonly WeakList<ParkingLot> s_lots = new();
    private static readonly PoolTrimmer s_trimmer = new();
    private static int s_queued;
    private static long s_lastTrim = Environment.TickCount64;

    static PoolTrimmer() => FullCollectionWatch.Start(OnFullCollection);

    private PoolTrimmer()
    {
    }

    /// <summary>False in tests that say themselves what was collected and when.</summary>
    public static bool FollowsCollector { get; set; } = true;

    /// <summary>Pools alive, and those whose death nobody noticed yet.</summary>
    public static int WatchedPools => s_pools.Count;

    public static void Watch(FlowPool pool) => s_pools.Add(pool);

    public static void Watch(ParkingLot lot) => s_lots.Add(lot);

    /// <summary>Lets every pool go of everything.</summary>
    public static void ClearPools()
    {
        foreach (FlowPool pool in s_pools.Snapshot())
        {
            pool.Clear();
        }
    }

    /// <summary>What follows a full collection.</summary>
    /// <param name="memoryIsShort">As <see cref="MemoryPressure"/> says.</param>
    /// <param name="sinceLastTrim">How long ago pools were trimmed.</param>
    /// <returns>True when pools were trimmed.</returns>
    public static bool AfterFullCollection(bool memoryIsShort, TimeSpan sinceLastTrim)
    {
        if (memoryIsShort)
        {
            foreach (ParkingLot lot in s_lots.Snapshot())
            {
                lot.Sweep();
            }

            ClearPools();
            return true;
        }

        if (sinceLastTrim < Period)
        {
            return false;
        }

        foreach (FlowPool pool in s_pools.Snapshot())
        {
            pool.Trim();
        }

        return true;
    }

    /// <inheritdoc/>
    void IThreadPoolWorkItem.Execute()
    {
        Volatile.Write(ref s_queued, 0);
        if (!FollowsCollector)
        {
            return;
        }

        long now = Environment.TickCount64;
        if (AfterFullCollection(MemoryPressure.IsHigh(), TimeSpan.FromMilliseconds(now - Volatile.Read(ref s_lastTrim))))
        {
            Volatile.Write(ref s_lastTrim, now);
        }
    }

    // The finalizer thread must not run what pools drop: that is user code.
    private static void OnFullCollection()
    {
        if (Interlocked.Exchange(ref s_queued, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(s_trimmer, preferLocal: false);
        }
    }
}
