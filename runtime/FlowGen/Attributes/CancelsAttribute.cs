namespace FlowGen;

/// <summary>
/// When this node completes, the named nodes that have not settled are withdrawn: what has not started never does, what executes gets its token cancelled and is
/// awaited before the activation ends. A withdrawn node ends as <see cref="NodeState.Cancelled"/> and counts as skipped for those who follow it.
/// </summary>
/// <param name="nodes">Names of nodes; <c>nameof</c>.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class CancelsAttribute(params string[] nodes) : Attribute
{
    /// <summary>The nodes that are withdrawn.</summary>
    public IReadOnlyList<string> Nodes { get; } = nodes;

    /// <summary>
    /// Whether an [Each] node that is withdrawn keeps what its finished elements have yielded and completes with that: only the unfinished are cancelled.
    /// Default: false.
    /// </summary>
    public bool KeepFinished { get; init; }
}
