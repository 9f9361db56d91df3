namespace RandomGraphs.Reference;

/// <summary>[Exclusive] and [MaxConcurrent]: runtime.md 3 and docs/policies.md.</summary>
internal sealed partial class Interpreter
{
    // Those that have started; who has ended since has no turn any more.
    private readonly HashSet<Execution> _turns = [];

    /// <summary>"One of all nodes of a run that name the section", "n executions"; "one turn for all tries", the delays between them included.</summary>
    private bool HasTurn(Execution execution)
    {
        if (!execution.Node.TakesTurns)
        {
            return true;
        }

        IEnumerable<Execution> others = _turns.Where(other => other != execution && (other.Progress == Progress.Delayed || _running.ContainsValue(other)));
        return execution.Node.Section is { } section
            ? !others.Any(other => other.Node.Section == section)
            : others.Count(other => other.Node == execution.Node) < execution.Node.MaxConcurrent;
    }
}
