namespace FlowGen;

/// <summary>
/// Declares a workflow: a partial class whose one body-less <c>RunAsync</c> (or <c>Run</c>) is its contract and whose <see cref="NodeAttribute"/>
/// methods are its steps. FlowGen writes the body.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class WorkflowAttribute : Attribute
{
    /// <summary>The workflow's identity in graphs, catalogs and messages; stable when the class is renamed. Default: the full type name.</summary>
    public string? Id { get; init; }

    /// <summary>The version of the contract, 1 or higher. Default: 1.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Whether runs are accepted; entering a disabled workflow throws <see cref="FlowDisabledException"/>. Default: true.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>How many nodes of one activation may execute at once; 0 (the default) for no limit.</summary>
    public int MaxParallelism { get; init; }

    /// <summary>
    /// When node instances and state of an activation are cleaned and given back. As a sub-workflow this is the default of every call, which
    /// <see cref="SubWorkflowAttribute.Cleanup"/> overrides. Default: <see cref="CleanupMode.Immediate"/>.
    /// </summary>
    public CleanupMode Cleanup { get; init; }

    /// <summary>What a failure that nobody handles does to the nodes that are executing. Default: <see cref="ErrorMode.CancelSiblings"/>.</summary>
    public ErrorMode OnError { get; init; }

    /// <summary>How many top-level runs of one workflow object may be going on at once; 0 (the default) for no limit. Sub-workflows do not count.</summary>
    public int MaxConcurrentRuns { get; init; }

    /// <summary>What a run does that finds <see cref="MaxConcurrentRuns"/> reached. Default: <see cref="WhenFull.Wait"/>.</summary>
    public WhenFull WhenFull { get; init; }

    /// <summary>What a recorder keeps of a run; published as <see cref="FlowDescriptor.Record"/>. Default: <see cref="RecordMode.Nodes"/>.</summary>
    public RecordMode Record { get; init; } = RecordMode.Nodes;
}

/// <summary>What a failure that nobody handles does to the other nodes. None of them starts any more, and those that execute are always awaited.</summary>
public enum ErrorMode
{
    /// <summary>The token of those that execute is cancelled.</summary>
    CancelSiblings,

    /// <summary>Those that execute may finish undisturbed.</summary>
    WaitSiblings,
}

/// <summary>What a run does that finds no place.</summary>
public enum WhenFull
{
    /// <summary>It waits for one, in the order in which runs were started.</summary>
    Wait,

    /// <summary>It fails with a <see cref="FlowLimitException"/>.</summary>
    Reject,
}

/// <summary>What a recorder keeps of a run.</summary>
public enum RecordMode
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The run and its nodes.</summary>
    Nodes,

    /// <summary>The run and its nodes, with inputs and outputs.</summary>
    Values,
}
