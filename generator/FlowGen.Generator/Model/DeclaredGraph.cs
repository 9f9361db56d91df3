namespace FlowGen.Generator.Model;

/// <summary>What declarations alone tell of a workflow that is not compiled and of the workflows in it, by the names that generated code would have for it.</summary>
/// <param name="Nodes">As NodeId names them.</param>
/// <param name="Signals">Of the handle.</param>
/// <param name="Streams">Of the handle.</param>
internal sealed record DeclaredGraph(EquatableArray<string> Nodes, EquatableArray<DeclaredSignal> Signals, EquatableArray<StreamPlan> Streams)
{
    /// <summary>Of a workflow that is compiled, which has a plan.</summary>
    public static readonly DeclaredGraph None = new(EquatableArray<string>.Empty, EquatableArray<DeclaredSignal>.Empty, EquatableArray<StreamPlan>.Empty);
}

internal sealed record DeclaredSignal(string Identifier, SignalPlan Signal);

/// <summary>What the declaration of a node tells, whether or not its workflow is sound.</summary>
/// <param name="IsEach">It has a parameter with [Each].</param>
/// <param name="Wait">Of a [Wait] that says what it asks and what it is answered.</param>
/// <param name="Streams">What it sends out.</param>
internal sealed record DeclaredNode(string Name, bool IsEach, DeclaredWait? Wait, EquatableArray<BoundStream> Streams);

/// <param name="Response">What it is answered.</param>
/// <param name="Key">Type of the parameter that its <c>Key</c> names; null for none.</param>
internal sealed record DeclaredWait(BoundWait Wait, TypeRef Response, TypeRef? Key);
