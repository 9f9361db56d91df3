namespace FlowGen;

/// <summary>
/// A race: the parameter, or the result of the entry, is the value of the named node that completes first, and its consumer starts at once. The
/// others are cancelled, or go on and are ignored; either way they are awaited before the activation ends. A node that fails or is skipped drops out;
/// if all do, the last failure counts, or else the consumer is skipped.
/// </summary>
/// <param name="nodes">Names of two or more nodes; <c>nameof</c>.</param>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.ReturnValue, Inherited = false)]
public sealed class FromFirstAttribute(params string[] nodes) : Attribute
{
    /// <summary>The nodes that race.</summary>
    public IReadOnlyList<string> Nodes { get; } = nodes;

    /// <summary>Whether the others are cancelled once one has completed. Default: true.</summary>
    public bool CancelLosers { get; init; } = true;
}
