namespace FlowGen;

/// <summary>
/// Hears what runs do. Every member has an empty default. Calls are synchronous, on the thread where the event happens and possibly
/// several at once, so implementations are thread-safe and quick; an exception they throw is swallowed. A context is valid during the call.
/// </summary>
public interface IFlowObserver
{
    /// <summary>A top-level run has started.</summary>
    /// <param name="run">The run.</param>
    void RunStarted(in FlowContext run)
    {
    }

    /// <summary>A top-level run has ended and all of its nodes have settled.</summary>
    /// <param name="run">The run.</param>
    /// <param name="status">How it ended.</param>
    /// <param name="elapsed">Since it started.</param>
    /// <param name="error">What it threw; null when it completed.</param>
    void RunCompleted(in FlowContext run, RunStatus status, TimeSpan elapsed, Exception? error)
    {
    }

    /// <summary>A node has started, settled, or begun to wait.</summary>
    /// <param name="node">The node, the element it runs for, and which try it is.</param>
    /// <param name="state">Executing, Waiting, Completed, Skipped, Failed, Cancelled or Compensated.</param>
    /// <param name="error">What it threw; null unless it failed, was cancelled, or waits for its next try.</param>
    void NodeChanged(in FlowContext node, NodeState state, Exception? error)
    {
    }

    /// <summary>A run has entered a sub-workflow. Once per activation, before any of its nodes.</summary>
    /// <param name="boundary">The sub-workflow node.</param>
    void SubWorkflowStarted(in FlowContext boundary)
    {
    }

    /// <summary>A run has left a sub-workflow. Once per <see cref="SubWorkflowStarted"/>, whatever the outcome.</summary>
    /// <param name="boundary">The sub-workflow node.</param>
    /// <param name="outcome">How the activation ended.</param>
    /// <param name="elapsed">Since it was entered.</param>
    void SubWorkflowCompleted(in FlowContext boundary, RunStatus outcome, TimeSpan elapsed)
    {
    }

    /// <summary>A compensation threw. Those of other nodes still run, and the run ends as it would have.</summary>
    /// <param name="node">The node that was to be undone.</param>
    /// <param name="error">What the compensation threw.</param>
    void CompensationFailed(in FlowContext node, Exception error)
    {
    }

    /// <summary>A <c>Cleanup</c> threw; its instance has been dropped. The run may have ended long before.</summary>
    /// <param name="runId">The run that used the instance.</param>
    /// <param name="node">The node, or the sub-workflow, that it served.</param>
    /// <param name="instance">The instance's class.</param>
    /// <param name="error">What was thrown.</param>
    void CleanupFailed(Guid runId, FlowGraphNode node, Type instance, Exception error)
    {
    }
}
