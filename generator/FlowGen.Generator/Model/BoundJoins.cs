namespace FlowGen.Generator.Model;

/// <summary>Starts and ends that depend on more than what a node requires.</summary>
/// <param name="AfterAny">Of each group one has settled before this node starts.</param>
/// <param name="ReadyWhen">A rule of its own.</param>
/// <param name="Cancels">What is withdrawn when this node completes.</param>
/// <param name="KeepsFinished">An [Each] node that is withdrawn completes with what has finished.</param>
/// <param name="Ends">The activation ends with this node's value when it completes.</param>
internal sealed record BoundJoins(
    EquatableArray<IndexGroup> AfterAny, BoundRule? ReadyWhen, EquatableArray<int> Cancels, bool KeepsFinished, bool Ends)
{
    public static readonly BoundJoins None = new(
        EquatableArray<IndexGroup>.Empty, ReadyWhen: null, EquatableArray<int>.Empty, KeepsFinished: false, Ends: false);
}

/// <summary>[ReadyWhen].</summary>
/// <param name="Method">A static method of the workflow: <c>Readiness R(ReadOnlySpan&lt;NodeState&gt;)</c>.</param>
/// <param name="IsPrivate">Private or protected: a parent reaches it only through a thunk.</param>
/// <param name="IsHidden">It is private to a base workflow, which has a thunk for it.</param>
/// <param name="Nodes">Whose states it is given.</param>
internal sealed record BoundRule(string Method, bool IsPrivate, bool IsHidden, EquatableArray<int> Nodes, bool CancelsRest);

/// <summary>[Wait]: what the node publishes and is answered.</summary>
/// <param name="IsTransient">An answer that comes too early is lost.</param>
/// <param name="KeyArgument">The argument that tells it from others of the same node; -1 for none.</param>
/// <param name="Request">Of the published request: the only argument's type, a named tuple of several, or <c>FlowUnit</c>.</param>
/// <param name="RequestArguments">Which arguments make it.</param>
internal sealed record BoundWait(bool IsTransient, int KeyArgument, TypeRef Request, EquatableArray<int> RequestArguments)
{
    /// <summary>What keeps code from naming its types.</summary>
    public EquatableArray<Confine> Confines { get; init; } = EquatableArray<Confine>.Empty;
}

/// <summary>[DynamicSubWorkflow].</summary>
/// <param name="RefArgument">The <c>FlowRef</c>.</param>
/// <param name="Input">What it takes.</param>
/// <param name="Output">What it gives; null for <c>FlowUnit</c> that nobody takes.</param>
/// <param name="InputArguments">For the input, or for each element of it where it is a tuple, the argument.</param>
/// <param name="IsTuple">Whether there is one for each element.</param>
/// <param name="Candidates">Full names of the workflows that may be chosen; empty for any.</param>
internal sealed record BoundDynamic(
    int RefArgument,
    TypeRef Input,
    TypeRef? Output,
    EquatableArray<int> InputArguments,
    bool IsTuple,
    EquatableArray<string> Candidates,
    int MaxDepth,
    bool AllowsRecursion);

/// <summary>A stream of the run's handle: the <c>Emitter</c> parameters of one name.</summary>
internal sealed record BoundStream(string Name, TypeRef Type)
{
    /// <summary>What keeps code from naming its type.</summary>
    public EquatableArray<Confine> Confines { get; init; } = EquatableArray<Confine>.Empty;
}
