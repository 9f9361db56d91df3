namespace FlowGen;

/// <summary>Orders only: the node starts when all named nodes have settled, whether they completed or were skipped.</summary>
/// <param name="nodes">Names of nodes; <c>nameof</c>.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
public sealed class AfterAttribute(params string[] nodes) : Attribute
{
    /// <summary>The nodes to wait for.</summary>
    public IReadOnlyList<string> Nodes { get; } = nodes;
}

/// <summary>Requires without data: the node starts when all named nodes have completed, and is skipped when one of them is.</summary>
/// <param name="nodes">Names of nodes; <c>nameof</c>.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
public sealed class NeedsAttribute(params string[] nodes) : Attribute
{
    /// <summary>The nodes that must complete.</summary>
    public IReadOnlyList<string> Nodes { get; } = nodes;
}

/// <summary>
/// Merges branches that yield no value: the node starts when all named nodes have settled and at least one completed, and is skipped
/// when all of them are. Each attribute is one group.
/// </summary>
/// <param name="nodes">Names of nodes; <c>nameof</c>.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
public sealed class NeedsAnyAttribute(params string[] nodes) : Attribute
{
    /// <summary>The nodes of which one must complete.</summary>
    public IReadOnlyList<string> Nodes { get; } = nodes;
}

/// <summary>
/// The node starts when one of the named nodes has settled: completed, been skipped, or failed in a way that is handled. Parameters that take values of these nodes must be
/// optional. Each attribute is one group.
/// </summary>
/// <param name="nodes">Names of nodes; <c>nameof</c>.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
public sealed class AfterAnyAttribute(params string[] nodes) : Attribute
{
    /// <summary>The nodes of which one must settle.</summary>
    public IReadOnlyList<string> Nodes { get; } = nodes;
}
