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
}
