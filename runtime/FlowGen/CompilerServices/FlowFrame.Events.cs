using System.Runtime.CompilerServices;

namespace FlowGen.CompilerServices;

/// <summary>What an observed frame tells its observer. Nothing here runs in a run without an observer.</summary>
public abstract partial class FlowFrame
{
    /// <summary>The observer chosen when the run started; null in most runs.</summary>
    protected internal IFlowObserver? Observer => _details?.Observer;

    /// <summary>Starts telling an observer about this run. Called once, before the first step.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected void Observe(IFlowObserver observer)
    {
        PrepareObservation(observer);
        Details.Started = RunRuntime.TimeProvider.GetTimestamp();
        Tell(static (o, context, _, _) => o.RunStarted(in context), -1, default, null);
    }

    /// <summary>The node's body is about to run.</summary>
    protected internal void Executing(int node, int item = -1) => Change(node, NodeState.Executing, null, item);

    /// <summary>The node completed.</summary>
    protected internal void Completed(int node, int item = -1) => Change(node, NodeState.Completed, null, item);

    /// <summary>The node will not run.</summary>
    protected internal void Skipped(int node) => Change(node, NodeState.Skipped, null, -1);

    /// <summary>The sub-workflow will not run, nor will any of its nodes.</summary>
    /// <param name="node">The sub-workflow node.</param>
    /// <param name="descendants">How many nodes follow it that belong to it.</param>
    protected internal void SkippedWithin(int node, int descendants)
    {
        for (int i = node; i <= node + descendants; i++)
        {
            Change(i, NodeState.Skipped, null, -1);
        }
    }

    /// <summary>The entry boundary of a sub-workflow was crossed.</summary>
    protected internal void SubWorkflowEntered(int node, int item = -1)
    {
        Details.BoundaryStarts[node] = RunRuntime.TimeProvider.GetTimestamp();
        Change(node, NodeState.Executing, null, item);
        Tell(static (o, context, _, _) => o.SubWorkflowStarted(in context), node, default, null, item);
    }

    /// <summary>The exit boundary of a sub-workflow was crossed.</summary>
    protected internal void SubWorkflowLeft(int node, RunStatus outcome, Exception? error, int item = -1)
    {
        TimeSpan elapsed = RunRuntime.TimeProvider.GetElapsedTime(Details.BoundaryStarts[node]);
        SubWorkflowLeft(node, outcome, error, elapsed, item);
    }

    internal void SubWorkflowLeft(int node, RunStatus outcome, Exception? error, TimeSpan elapsed, int item)
    {
        try
        {
            Observer!.SubWorkflowCompleted(ContextOf(node, item), outcome, elapsed);
        }
        catch (Exception fault)
        {
            Faults.Ignore(fault);
        }

        Change(node, StateAfter(outcome), error, item);
    }

    internal void StepFailed(int step, Exception error, bool cancelled)
    {
        int node = Steps.NodeOf(step);
        if (Observer is not null && Steps.IsLinked(step) && Details.NodeStates[node] == NodeState.Executing)
        {
            SubWorkflowLeft(node, StatusOf(error, cancelled), error);
        }
        else
        {
            NodeFailed(node, error, cancelled);
        }
    }

    internal void NodeFailed(int node, Exception error, bool cancelled, int item = -1)
    {
        if (Observer is not null && node >= 0)
        {
            Change(node, cancelled ? NodeState.Cancelled : NodeState.Failed, error, item);
        }
    }

    internal void RunEnded(Exception? error, bool cancelled)
    {
        NodeState[] states = Details.NodeStates;
        for (int node = 0; node < states.Length && error is not null; node++)
        {
            if (states[node] == NodeState.Pending)
            {
                Change(node, NodeState.Cancelled, null, -1);
            }
        }

        if (Details.Parent is not null)
        {
            return;
        }

        RunStatus status = StatusOf(error, cancelled);
        try
        {
            Observer!.RunCompleted(ContextOf(-1), status, RunRuntime.TimeProvider.GetElapsedTime(Details.Started), error);
        }
        catch (Exception fault)
        {
            Faults.Ignore(fault);
        }
    }

    internal static RunStatus StatusOf(Exception? error, bool cancelled) =>
        error is null ? RunStatus.Completed : cancelled ? RunStatus.Cancelled : RunStatus.Failed;

    private static NodeState StateAfter(RunStatus outcome) => outcome switch
    {
        RunStatus.Completed => NodeState.Completed,
        RunStatus.Cancelled => NodeState.Cancelled,
        _ => NodeState.Failed,
    };

    private void JoinObserved(IFlowObserver observer) => PrepareObservation(observer);

    private void PrepareObservation(IFlowObserver observer) => Details.Observe(observer, Graph.Nodes.Count);

    private void Change(int node, NodeState state, Exception? error, int item)
    {
        Details.NodeStates[node] = state;
        Tell(static (o, context, s, e) => o.NodeChanged(in context, s, e), node, state, error, item);
    }

    private void Tell(Action<IFlowObserver, FlowContext, NodeState, Exception?> call, int node, NodeState state, Exception? error, int item = -1)
    {
        try
        {
            call(Observer!, ContextOf(node, item), state, error);
        }
        catch (Exception fault)
        {
            Faults.Ignore(fault);
        }
    }
}
