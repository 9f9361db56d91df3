namespace FlowGen;

/// <summary>Says that one node comes before another of the same level.</summary>
/// <param name="from">Index of the node that comes first.</param>
/// <param name="to">Index of the node that comes after it.</param>
/// <param name="kind">Why.</param>
/// <param name="reason">Why, for people: the parameter, attribute or condition.</param>
/// <exception cref="ArgumentNullException"><paramref name="reason"/> is null.</exception>
public sealed class FlowGraphEdge(int from, int to, FlowEdgeKind kind, string reason)
{
    /// <summary>Index of the node that comes first.</summary>
    public int From { get; } = from;

    /// <summary>Index of the node that comes after it.</summary>
    public int To { get; } = to;

    /// <summary>Why.</summary>
    public FlowEdgeKind Kind { get; } = kind;

    /// <summary>Why, for people: the parameter, attribute or condition.</summary>
    public string Reason { get; } = reason ?? throw new ArgumentNullException(nameof(reason));

    /// <summary>The indices and the kind.</summary>
    public override string ToString() => $"{From} -> {To} ({Kind})";
}
