using System.ComponentModel;
using FlowGen.Pooling;

namespace FlowGen.CompilerServices;

/// <summary>The shared part of a pool: what is behind the thread's own slot that generated code keeps in front of it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class FlowPool
{
    private protected FlowPool(string workflowId, FlowPoolKind kind, int max, string path)
    {
        ArgumentNullException.ThrowIfNull(workflowId);
        ArgumentOutOfRangeException.ThrowIfNegative(max);
        ArgumentNullException.ThrowIfNull(path);
        Account = PoolAccounts.Open(workflowId, kind, path);
        PoolTrimmer.Watch(this);
    }

    internal PoolAccount Account { get; }

    /// <summary>Objects in it that the pool knows of: all but those in threads' own slots.</summary>
    internal abstract int Idle { get; }

    /// <summary>A full collection ended a period: lets go of what the period did not need.</summary>
    internal abstract void Trim();

    /// <summary>Lets go of everything in it.</summary>
    internal abstract void Clear();
}
