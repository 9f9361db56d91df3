namespace Behaviour.Interleavings;

/// <summary>Counts what an observer is told, to see that everything that began has ended.</summary>
internal sealed class Account : IFlowObserver
{
    private readonly Dictionary<string, NodeState> _states = new(StringComparer.Ordinal);
    private readonly List<string> _complaints = [];
    private readonly Dictionary<string, int> _open = new(StringComparer.Ordinal);
    private int _runs;
    private int _ends;
    private RunStatus _status;
    private FlowRuntime? _runtime;

    public FlowRuntime Watch(TimeProvider clock) => _runtime = new FlowRuntime(new FlowRuntimeOptions { Observer = this, TimeProvider = clock });

    public void RunStarted(in FlowContext run) => _runs++;

    public void RunCompleted(in FlowContext run, RunStatus status, TimeSpan elapsed, Exception? error)
    {
        _ends++;
        _status = status;
    }

    public void NodeChanged(in FlowContext node, NodeState state, Exception? error)
    {
        string name = $"{node.Path}#{node.Item}";
        if (_ends > 0)
        {
            _complaints.Add($"{name} {state} after the end");
        }

        _states[name] = state;
    }

    public void SubWorkflowStarted(in FlowContext boundary) => _open[boundary.Path] = _open.GetValueOrDefault(boundary.Path) + 1;

    public void SubWorkflowCompleted(in FlowContext boundary, RunStatus outcome, TimeSpan elapsed) => _open[boundary.Path] = _open.GetValueOrDefault(boundary.Path) - 1;

    public void CompensationFailed(in FlowContext node, Exception error) => _complaints.Add($"undoing {node.Path} failed: {error.Message}");

    public void CleanupFailed(Guid runId, FlowGraphNode node, Type instance, Exception error) => _complaints.Add($"cleaning {node.Path} failed");

    /// <summary>The run has ended once, so has everything in it, and its objects are back.</summary>
    public void AssertBalanced(FlowRun run)
    {
        Assert.Equal((1, 1, run.Status), (_runs, _ends, _status));
        Assert.Empty(_complaints);
        Assert.All(_open, boundary => Assert.Equal((boundary.Key, 0), (boundary.Key, boundary.Value)));
        Assert.DoesNotContain(_states, state => state.Value is NodeState.Executing or NodeState.Waiting or NodeState.Ready);
        string workflow = run.Workflow.Id;
        Assert.All(
            _runtime!.GetMemory().Where(pool => pool.WorkflowId == workflow),
            pool => Assert.Equal((pool.WorkflowId, pool.Kind, 0), (pool.WorkflowId, pool.Kind, pool.InUse)));
    }
}
