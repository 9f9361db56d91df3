namespace FlowGen.Testing;

/// <summary>
/// Keeps count of the instances of one class: how many were made, how often they were used and cleaned. The class under test calls it;
/// a test holds it and hands it to the workflow, or keeps one per class where instances come from a process-wide pool.
/// </summary>
public sealed class Census
{
    private readonly Lock _lock = new();
    private readonly List<(int Count, TaskCompletionSource Reached)> _watchers = [];
    private int _created;
    private int _used;
    private int _cleaned;
    private int _dirtyUses;

    /// <summary>Instances made so far.</summary>
    public int Created => Volatile.Read(ref _created);

    /// <summary>Executions so far.</summary>
    public int Used => Volatile.Read(ref _used);

    /// <summary>Cleanups so far.</summary>
    public int Cleaned => Volatile.Read(ref _cleaned);

    /// <summary>Uses that found the trace of an earlier activation.</summary>
    public int DirtyUses => Volatile.Read(ref _dirtyUses);

    /// <summary>Called by the constructor; the answer is the instance's number, from 1.</summary>
    public int Create() => Interlocked.Increment(ref _created);

    /// <summary>Called by an execution.</summary>
    /// <param name="dirty">Whether the instance still bears the trace of an earlier activation.</param>
    public void Use(bool dirty = false)
    {
        Interlocked.Increment(ref _used);
        if (dirty)
        {
            Interlocked.Increment(ref _dirtyUses);
        }
    }

    /// <summary>Called by the cleanup.</summary>
    public void Clean()
    {
        TaskCompletionSource[] reached;
        lock (_lock)
        {
            _cleaned++;
            reached = [.. _watchers.Where(w => w.Count <= _cleaned).Select(w => w.Reached)];
            _watchers.RemoveAll(w => w.Count <= _cleaned);
        }

        foreach (TaskCompletionSource watcher in reached)
        {
            watcher.TrySetResult();
        }
    }

    /// <summary>Completes when there have been <paramref name="count"/> cleanups; throws after 30 s.</summary>
    public Task CleanedBy(int count)
    {
        lock (_lock)
        {
            if (_cleaned >= count)
            {
                return Task.CompletedTask;
            }

            TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _watchers.Add((count, reached));
            return reached.Task.Soon();
        }
    }
}
