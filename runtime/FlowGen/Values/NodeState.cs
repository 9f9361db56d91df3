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

    /// <summary>It waits: for an answer from outside, for its turn, or for its next try.</summary>
    Waiting,

    /// <summary>Its body returned.</summary>
    Completed,

    /// <summary>It will not run: its condition does not hold or something it requires is absent.</summary>
    Skipped,

    /// <summary>Its body threw.</summary>
    Failed,

    /// <summary>It was cancelled, by the caller or because a sibling failed, or withdrawn because another node won or said so.</summary>
    Cancelled,

    /// <summary>It was completed, and then undone because the run did not complete.</summary>
    Compensated,
}
