namespace RandomGraphs.Running;

/// <summary>Puts what an observer is told into the trace of the run that is on stage.</summary>
internal sealed class StageObserver : IFlowObserver
{
    public const string RunStart = "run started";

    /// <summary>The run that is watched; one at a time.</summary>
    public Stage? Stage { get; set; }

    public void RunStarted(in FlowContext run) => Note("", RunStart);

    public void RunCompleted(in FlowContext run, RunStatus status, TimeSpan elapsed, Exception? error) => Note("", $"run {status}", error: error);

    public void NodeChanged(in FlowContext node, NodeState state, Exception? error) => Note(node.Path, $"{state}", node.Item, error);

    public void SubWorkflowStarted(in FlowContext boundary) => Note(boundary.Path, "entered", boundary.Item);

    public void SubWorkflowCompleted(in FlowContext boundary, RunStatus outcome, TimeSpan elapsed) => Note(boundary.Path, $"left {outcome}", boundary.Item);

    public void CleanupFailed(Guid runId, FlowGraphNode node, Type instance, Exception error) => Note(node.Path, "cleanup failed", error: error);

    private void Note(string path, string what, int item = -1, Exception? error = null)
        => Stage?.Add(new TraceEvent(TraceKind.Observed, path) { Text = what, Item = item, Error = error });
}
