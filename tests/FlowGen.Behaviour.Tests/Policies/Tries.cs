namespace Behaviour.Policies;

/// <summary>An observer that writes down which try of which element it hears of: <c>Work Waiting 1</c>, <c>Work#3 Executing 2</c>.</summary>
internal sealed class Tries : IFlowObserver
{
    private readonly Journal _journal = new();

    public IReadOnlyList<string> Lines => _journal.Entries;

    public IReadOnlyList<string> Boundaries => [.. Lines.Where(l => l[0] is '<' or '>')];

    public FlowRuntime Watch(TimeProvider? clock = null)
        => new(new FlowRuntimeOptions { Observer = this, TimeProvider = clock ?? TimeProvider.System });

    /// <summary>What it heard of one node.</summary>
    public IReadOnlyList<string> Of(string path) => [.. Lines.Where(l => l.StartsWith(path + " ", StringComparison.Ordinal)).Select(l => l[(path.Length + 1)..])];

    public void RunCompleted(in FlowContext run, RunStatus status, TimeSpan elapsed, Exception? error) => _journal.Add($"run {status}");

    public void NodeChanged(in FlowContext node, NodeState state, Exception? error)
    {
        string item = node.Item < 0 ? "" : $"#{node.Item}";
        _journal.Add($"{node.Path}{item} {state} {node.Attempt}");
    }

    public void SubWorkflowStarted(in FlowContext boundary) => _journal.Add($">{boundary.Path}");

    public void SubWorkflowCompleted(in FlowContext boundary, RunStatus outcome, TimeSpan elapsed) => _journal.Add($"<{boundary.Path} {outcome}");

    public void CompensationFailed(in FlowContext node, Exception error) => _journal.Add($"undoing {node.Path} failed: {error.Message}");

    public void CleanupFailed(Guid runId, FlowGraphNode node, Type instance, Exception error) => _journal.Add($"cleaning {node.Path} failed");
}
