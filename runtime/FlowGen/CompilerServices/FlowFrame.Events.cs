using System.Runtime.CompilerServices;

namespace FlowGen.CompilerServices;

/// <summary>What a watched frame tells its observer and its handle. Nothing here runs in a run without either.</summary>
public abstract partial class FlowFrame
{
    /// <summary>The observer chosen when the run started; null in most runs.</summary>
    protected internal IFlowObserver? Observer => _details?.Observer;

    /// <summary>Somebody wants to know what the nodes of this run do. Chosen when it starts.</summary>
    protected internal bool IsWatched => _details is { IsWatched: true };

    /// <summary>Starts telling an observer about this run. Called once, before the first step.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected void Observe(IFlowObserver observer)
    {
        RunDetails details = Details;
        details.Observer = observer;
        details.Watch(Graph);
        details.Started = RunRuntime.TimeProvider.GetTimestamp();
        Tell(static (o, context, _, _) => o.RunStarted(in context), -1, default, null);
    }

    /// <summary>Gives a top-level run to its handle. Called once, before <see cref="Observe"/>, when the token of the caller is known.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected void Attach(FlowRun handle)
    {
        ArgumentNullException.ThrowIfNull(handle);
        RunDetails details = Details;
        details.Handle = handle;
        details.Watch(Graph);
        Token = details.OpenSource(Token);
        handle.StreamCapacity = Options?.StreamCapacity ?? handle.StreamCapacity;
        handle.Attach(this, RunStatus.Running);
    }

    /// <summary>The node's body is about to run.</summary>
    protected internal void Executing(int node, int item = -1) => Change(node, NodeState.Executing, null, item, attempt: 1);

    /// <summary>The node asks the outside.</summary>
    protected internal void Waiting(int node) => Change(node, NodeState.Waiting, null, -1);

    /// <summary>The node completed.</summary>
    protected internal void Completed(int node, int item = -1) => Change(node, NodeState.Completed, null, item);

    /// <summary>The node may run several times, and will not run again.</summary>
    protected internal void Settled(int node)
    {
        if (Handle is { } handle && PlaceIn(handle, node) is { } index)
        {
            handle.Settle(index);
        }
    }

    /// <summary>The node was completed and has been undone.</summary>
    protected internal void Compensated(int node) => Change(node, NodeState.Compensated, null, -1);

    /// <summary>The node was withdrawn.</summary>
    protected internal void Withdrawn(int node)
    {
        Change(node, NodeState.Cancelled, null, -1);
        SettledIfRepeats(node);
    }

    /// <summary>The node will not run.</summary>
    protected internal void Skipped(int node)
    {
        Change(node, NodeState.Skipped, null, -1);
        SettledIfRepeats(node);
    }

    /// <summary>The sub-workflow will not run, nor will any of its nodes.</summary>
    /// <param name="node">The sub-workflow node.</param>
    /// <param name="descendants">How many nodes follow it that belong to it.</param>
    protected internal void SkippedWithin(int node, int descendants)
    {
        for (int i = node; i <= node + descendants; i++)
        {
            Skipped(i);
        }
    }

    /// <summary>The entry boundary of a sub-workflow was crossed.</summary>
    protected internal void SubWorkflowEntered(int node, int item = -1, int attempt = 1)
    {
        Details.BoundaryStarts[node] = RunRuntime.TimeProvider.GetTimestamp();
        Change(node, NodeState.Executing, null, item, attempt);
        if (Observer is not null)
        {
            Tell(static (o, context, _, _) => o.SubWorkflowStarted(in context), node, default, null, item, attempt);
        }
    }

    /// <summary>The exit boundary of a sub-workflow was crossed.</summary>
    protected internal void SubWorkflowLeft(int node, RunStatus outcome, Exception? error, int item = -1)
    {
        TimeSpan elapsed = RunRuntime.TimeProvider.GetElapsedTime(Details.BoundaryStarts[node]);
        SubWorkflowLeft(node, outcome, error, elapsed, item);
    }

    internal void SubWorkflowLeft(int node, RunStatus outcome, Exception? error, TimeSpan elapsed, int item, int attempt = 0)
    {
        try
        {
            Observer?.SubWorkflowCompleted(ContextOf(node, item, AttemptOf(node, item, attempt)), outcome, elapsed);
        }
        catch (Exception fault)
        {
            Faults.Ignore(fault);
        }

        Change(node, StateAfter(outcome), error, item, attempt);
    }

    /// <summary>What a policy has to say about a node: that it waits for its next try, and that it begins.</summary>
    internal void Report(int node, NodeState state, Exception? error, int item, int attempt) => Change(node, state, error, item, attempt);

    internal void CompensationFailed(int node, Exception error)
    {
        try
        {
            Observer?.CompensationFailed(ContextOf(node), error);
        }
        catch (Exception fault)
        {
            Faults.Ignore(fault);
        }
    }

    internal void StepFailed(int step, Exception error, bool cancelled)
    {
        if (Replaced(step) is { } replaced)
        {
            Suppression.Add(error, replaced);
        }

        int node = Steps.NodeOf(step);
        if (IsWatched && Steps.IsLinked(step) && Details.NodeStates[node] == NodeState.Executing)
        {
            SubWorkflowLeft(node, StatusOf(error, cancelled), error);
        }
        else
        {
            NodeFailed(node, error, cancelled);
        }

        if (IsWatched && node >= 0)
        {
            SettledIfRepeats(node);
        }
    }

    internal void NodeFailed(int node, Exception error, bool cancelled, int item = -1, int attempt = 0)
    {
        if (IsWatched && node >= 0)
        {
            Change(node, cancelled ? NodeState.Cancelled : NodeState.Failed, error, item, attempt);
        }
    }

    internal void RunEnded(Exception? error, bool cancelled)
    {
        NodeState[] states = Details.NodeStates;
        bool isCutShort = error is not null || Details.HasEnded;
        for (int node = 0; node < states.Length && isCutShort; node++)
        {
            if (states[node] == NodeState.Pending)
            {
                Change(node, NodeState.Cancelled, null, -1);
            }

            SettledIfRepeats(node);
        }

        if (Details.Parent is not null)
        {
            return;
        }

        RunStatus status = StatusOf(error, cancelled);
        try
        {
            Observer?.RunCompleted(ContextOf(-1), status, RunRuntime.TimeProvider.GetElapsedTime(Details.Started), error);
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

    /// <summary>Elements run side by side, so that each says for itself which try it is.</summary>
    private int AttemptOf(int node, int item, int attempt) => item >= 0 ? attempt : Details.AttemptOf(node, attempt);

    private void Change(int node, NodeState state, Exception? error, int item, int attempt = 0)
    {
        RunDetails details = Details;
        ref NodeState place = ref details.NodeStates[node];
        NodeState before = place;
        place = state;
        if (details.Handle is { } handle)
        {
            if (item < 0 && details.Parent is null && (details.Traits[node] & (NodeTraits.Repeats | NodeTraits.Linked)) == NodeTraits.None)
            {
                handle.NoteOnce(node, state, details.Traits[node]);
            }
            else
            {
                Note(handle, node, before, state, item);
            }
        }

        if (details.Observer is not null)
        {
            attempt = AttemptOf(node, item, attempt);
            Tell(static (o, context, s, e) => o.NodeChanged(in context, s, e), node, state, error, item, attempt);
        }
    }

    private void Note(FlowRun handle, int node, NodeState before, NodeState state, int item)
    {
        if (PlaceIn(handle, node) is not { } index)
        {
            return;
        }

        // The states of elements are not told apart here: each begins once and ends once.
        bool isElement = item >= 0;
        bool wasActive = !isElement && IsActive(before);
        int started = isElement
            ? state == NodeState.Executing ? 1 : IsActive(state) ? 0 : -1
            : (IsActive(state) ? 1 : 0) - (wasActive ? 1 : 0);
        bool isOneOfMany = isElement || _details!.Parent is not null || handle.RunsSeveralTimes(index);
        handle.Note(index, state, isOneOfMany, isOneOfMany ? started : 0);
    }

    private void SettledIfRepeats(int node)
    {
        if ((Graph.Traits[node] & NodeTraits.Repeats) != NodeTraits.None)
        {
            Settled(node);
        }
    }

    /// <summary>Where a node stands in the graph of whoever holds the run; null for one of a workflow that nobody foresaw.</summary>
    private int? PlaceIn(FlowRun handle, int node)
    {
        (FlowGraph graph, int index) = Place(node);
        return ReferenceEquals(graph, handle.Graph) ? index : null;
    }

    private static bool IsActive(NodeState state) => state is NodeState.Executing or NodeState.Waiting;

    private void Tell(
        Action<IFlowObserver, FlowContext, NodeState, Exception?> call, int node, NodeState state, Exception? error, int item = -1, int attempt = 1)
    {
        try
        {
            call(Observer!, ContextOf(node, item, attempt), state, error);
        }
        catch (Exception fault)
        {
            Faults.Ignore(fault);
        }
    }
}
