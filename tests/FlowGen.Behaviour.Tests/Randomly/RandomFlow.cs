namespace Behaviour.Randomly;

internal enum RandomKind
{
    Value,
    Async,
    Class,
    Void,
    VoidAsync,
    Child,
}

internal enum RandomStrength
{
    Required,
    Nullable,
    Optional,
    Outcome,
}

internal sealed record RandomParameter(int Source, RandomStrength Strength);

/// <summary>[When] or [Unless] on one bit of the input, or on a node that yields a bool.</summary>
/// <param name="Node">The node that decides; -1 when bit <paramref name="Bit"/> of the input does.</param>
internal sealed record RandomCondition(int Node, int Bit, bool Negated);

internal sealed record RandomNode(
    int Index,
    RandomKind Kind,
    bool YieldsBool,
    RandomFlow? Child,
    IReadOnlyList<RandomParameter> Parameters,
    IReadOnlyList<RandomCondition> Conditions,
    IReadOnlyList<int> After,
    IReadOnlyList<int> Needs,
    IReadOnlyList<int> NeedsAny,
    bool BestEffort,
    bool OnPool)
{
    public string Name => $"N{Index}";

    public bool HasValue => Kind is RandomKind.Value or RandomKind.Async or RandomKind.Class || (Kind == RandomKind.Child && Child!.Result >= 0);

    public bool CanSuspend => Kind is RandomKind.Async or RandomKind.Class or RandomKind.VoidAsync;

    /// <summary>Whatever has to settle before this node is decided.</summary>
    public IEnumerable<int> Predecessors => Parameters.Select(p => p.Source)
        .Concat(Conditions.Where(c => c.Node >= 0).Select(c => c.Node)).Concat(After).Concat(Needs).Concat(NeedsAny);
}

/// <summary>
/// A random workflow: nodes refer to earlier ones only. <paramref name="Result"/> is the node that a child returns, or -1. A synchronous one has
/// <c>Run</c> for an entry, and so have its children.
/// </summary>
internal sealed record RandomFlow(string Name, IReadOnlyList<RandomNode> Nodes, int Result, int MaxParallelism, bool IsSynchronous)
{
    /// <summary>Whether the order in which a single thread starts nodes is certain.</summary>
    public bool IsStepwise => MaxParallelism == 0 && Nodes.All(n => !n.OnPool && (n.Child?.IsStepwise ?? true));

    public IEnumerable<RandomFlow> SelfAndChildren => Nodes.Where(n => n.Child is not null).SelectMany(n => n.Child!.SelfAndChildren).Append(this).Distinct();

    /// <summary>Paths of all leaf nodes.</summary>
    public IEnumerable<(string Path, RandomNode Node)> Leaves(string prefix = "") => Nodes.SelectMany(n => n.Child is { } child
        ? child.Leaves($"{prefix}{n.Name}.")
        : [($"{prefix}{n.Name}", n)]);
}
