namespace FlowGen.CompilerServices;

/// <summary>Where the work of runs goes that must not nest on the thread that it comes from: the thread pool, unless a test decides when it is done.</summary>
internal static class PoolWork
{
    [ThreadStatic]
    private static Action<IThreadPoolWorkItem>? t_driver;

    /// <summary>Takes what this thread queues in place of the thread pool; null for the pool. For tests that play every order of a run's steps.</summary>
    internal static Action<IThreadPoolWorkItem>? Driver
    {
        get => t_driver;
        set => t_driver = value;
    }

    /// <summary>Whether a test decides when what this thread queues is done.</summary>
    internal static bool IsDriven => t_driver is not null;

    internal static void Queue(IThreadPoolWorkItem item)
    {
        if (t_driver is { } driver)
        {
            driver(item);
        }
        else
        {
            ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: false);
        }
    }

    /// <summary>The same for what is no work item itself.</summary>
    internal static void Queue<T>(Action<T> work, T state)
    {
        if (t_driver is { } driver)
        {
            driver(new Call<T>(work, state));
        }
        else
        {
            ThreadPool.UnsafeQueueUserWorkItem(work, state, preferLocal: false);
        }
    }

    private sealed class Call<T>(Action<T> work, T state) : IThreadPoolWorkItem
    {
        void IThreadPoolWorkItem.Execute() => work(state);
    }
}
