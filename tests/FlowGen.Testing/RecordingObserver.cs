namespace FlowGen.Testing;

/// <summary>One call of an observer. <paramref name="Path"/> is the node's, empty for the run itself.</summary>
public sealed record FlowEvent(FlowEventKind Kind, Guid RunId, string Path, string Detail, Exception? Error)
{
    public override string ToString() => Kind switch
    {
        FlowEventKind.RunStarted => "run started",
        FlowEventKind.RunCompleted => $"run {Detail}",
        FlowEventKind.SubWorkflowStarted => $">{Path}",
        FlowEventKind.SubWorkflowCompleted => $"<{Path} {Detail}",
        FlowEventKind.CleanupFailed => $"cleanup of {Path} failed",
        _ => $"{Path} {Detail}",
    };
}

public enum FlowEventKind
{
    RunStarted,
    RunCompleted,
    NodeChanged,
    SubWorkflowStarted,
    SubWorkflowCompleted,
    CleanupFailed,
}

/// <summary>Writes down every call of an observer, in order, as short texts: <c>Cold.Quote Completed</c>, <c>&gt;Cold</c>, <c>&lt;Cold Failed</c>.</summary>
public sealed class RecordingObserver : IFlowObserver
{
    private readonly Lock _lock = new();
    private readonly List<FlowEvent> _events = [];

    public IReadOnlyList<FlowEvent> Events
    {
        get
        {
            lock (_lock)
            {
                return [.. _events];
            }
        }
    }

    /// <summary>All events as text.</summary>
    public IReadOnlyList<string> Lines => [.. Events.Select(e => e.ToString())];

    /// <summary>Boundary events only.</summary>
    public IReadOnlyList<string> Boundaries
        => [.. Events.Where(e => e.Kind is FlowEventKind.SubWorkflowStarted or FlowEventKind.SubWorkflowCompleted).Select(e => e.ToString())];

    /// <summary>The states that the node at <paramref name="path"/> went through, joined by blanks.</summary>
    public string StatesOf(string path)
        => string.Join(' ', Events.Where(e => e.Kind == FlowEventKind.NodeChanged && e.Path == path).Select(e => e.Detail));

    /// <summary>Where <paramref name="line"/> stands among <see cref="Lines"/>, or -1.</summary>
    public int IndexOf(string line) => Lines.ToList().IndexOf(line);

    /// <summary>A runtime of its own that this observer watches.</summary>
    public FlowRuntime Watch(TimeProvider? clock = null)
        => new(new FlowRuntimeOptions { Observer = this, TimeProvider = clock ?? TimeProvider.System });

    public void RunStarted(in FlowContext run) => Add(new(FlowEventKind.RunStarted, run.RunId, "", run.Workflow.Id, Error: null));

    public void RunCompleted(in FlowContext run, RunStatus status, TimeSpan elapsed, Exception? error)
        => Add(new(FlowEventKind.RunCompleted, run.RunId, "", status.ToString(), error));

    public void NodeChanged(in FlowContext node, NodeState state, Exception? error)
        => Add(new(FlowEventKind.NodeChanged, node.RunId, node.Path, state.ToString(), error));

    public void SubWorkflowStarted(in FlowContext boundary)
        => Add(new(FlowEventKind.SubWorkflowStarted, boundary.RunId, boundary.Path, "", Error: null));

    public void SubWorkflowCompleted(in FlowContext boundary, RunStatus outcome, TimeSpan elapsed)
        => Add(new(FlowEventKind.SubWorkflowCompleted, boundary.RunId, boundary.Path, outcome.ToString(), Error: null));

    public void CleanupFailed(Guid runId, FlowGraphNode node, Type instance, Exception error)
        => Add(new(FlowEventKind.CleanupFailed, runId, node.Path, instance.Name, error));

    private void Add(FlowEvent entry)
    {
        lock (_lock)
        {
            _events.Add(entry);
        }
    }
}
