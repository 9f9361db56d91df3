namespace FlowGen;

/// <summary>Where a node stands in its run.</summary>
public enum NodeState : byte
{
    /// <summary>Something it depends on has not settled.</summary>
    Pending,

    /// <summary>It may start.</summary>
    Ready,

    /// <summary>Its body has started and not ended.</summary>
    Executing,

    /// <summary>Its body returned.</summary>
    Completed,

    /// <summary>It will not run: its condition does not hold or something it requires is absent.</summary>
    Skipped,

    /// <summary>Its body threw.</summary>
    Failed,

    /// <summary>It was cancelled, by the caller or because a sibling failed.</summary>
    Cancelled,
}
