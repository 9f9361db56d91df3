namespace FlowGen.Testing;

/// <summary>
/// Keeps count of the instances of one class: how many were made, how often they were used and cleaned. The class under test calls it;
/// a test holds it and hands it to the workflow, or keeps one per test class where instances come from a process-wide pool.
/// </summary>
public sealed class Census
{
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

    public void Use() => Interlocked.Increment(ref _used);

    public void Clean() => Interlocked.Increment(ref _cleaned);

    public void FoundDirty() => Interlocked.Increment(ref _dirtyUses);
}
