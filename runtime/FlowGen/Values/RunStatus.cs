namespace FlowGen;

/// <summary>Where a run, or an activation of a sub-workflow, stands.</summary>
public enum RunStatus : byte
{
    /// <summary>It waits for a place among the runs that may go on at once.</summary>
    Pending,

    /// <summary>It has started and not ended.</summary>
    Running,

    /// <summary>It has started and not ended, and somebody has paused it.</summary>
    Paused,

    /// <summary>It ended with its result.</summary>
    Completed,

    /// <summary>It ended with an exception that nobody handled.</summary>
    Failed,

    /// <summary>It ended because it was cancelled.</summary>
    Cancelled,
}
