namespace FlowGen;

/// <summary>Why one node comes before another.</summary>
public enum FlowEdgeKind : byte
{
    /// <summary>Order, without a value.</summary>
    Sequence,

    /// <summary>A required value.</summary>
    Data,

    /// <summary>A value that decides whether the node starts.</summary>
    Conditional,

    /// <summary>A value that may be absent.</summary>
    Optional,

    /// <summary>One of several exclusive values.</summary>
    Merge,

    /// <summary>One of several values, the first that is there.</summary>
    Race,

    /// <summary>A failure that the node handles.</summary>
    Catch,
}
