using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace FlowGen.CompilerServices;

/// <summary>The places for top-level runs of one workflow object.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class RunGate
{
    private static readonly ConditionalWeakTable<object, RunGate> s_gates = new();

    private readonly int _runs;

    private RunGate(int runs)
    {
        Places = new Places(runs);
        _runs = runs;
    }

    internal Places Places { get; }

    /// <summary>The gate of a workflow object.</summary>
    /// <param name="workflow">The object.</param>
    /// <param name="runs">How many runs may go on at once.</param>
    public static RunGate Of(object workflow, int runs) =>
        s_gates.TryGetValue(workflow, out RunGate? gate) ? gate : Make(workflow, runs);

    // Apart, so that finding the gate makes no closure.
    private static RunGate Make(object workflow, int runs) => s_gates.GetValue(workflow, _ => new RunGate(runs));

    /// <summary>Takes a place if one is free, for a run that does not wait for one.</summary>
    public bool TryEnter() => Places.TryEnter();

    /// <summary>What a run fails with that finds no place.</summary>
    /// <param name="workflowId">The workflow.</param>
    public FlowLimitException Refusal(string workflowId) => new(
        $"As many runs of the workflow object are going on as may at once: {_runs}.",
        workflowId,
        cure: "Start it later, raise MaxConcurrentRuns, or let runs wait with WhenFull.Wait.");
}
