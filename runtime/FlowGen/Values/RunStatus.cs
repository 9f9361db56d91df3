namespace FlowGen;

/// <summary>Where a run, or an activation of a sub-workflow, stands.</summary>
public enum RunStatus : byte
{
    /// <summary>It has started and not ended.</summary>
    Running,

    /// <summary>It ended with its result.</summary>
    Completed,

    /// <summary>It ended with an exception that nobody handled.</summary>
    Failed,

    /// <summary>It ended because it was cancelled.</summary>
    Cancelled,
}
