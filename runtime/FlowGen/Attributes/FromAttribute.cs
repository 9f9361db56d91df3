namespace FlowGen;

/// <summary>
/// Says where a parameter, or the entry's result, comes from. Several nodes and a plain type: the one of these exclusive nodes that
/// completed. Several nodes and a list type: all that completed, in the order named.
/// </summary>
/// <param name="nodes">Names of nodes; <c>nameof</c>.</param>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.ReturnValue, Inherited = false)]
public sealed class FromAttribute(params string[] nodes) : Attribute
{
    /// <summary>The producing nodes.</summary>
    public IReadOnlyList<string> Nodes { get; } = nodes;

    /// <summary>A member of the produced value to take instead of the value; <c>nameof</c>. Default: the value itself.</summary>
    public string? Member { get; init; }
}
