namespace FlowGen.Generator.Model;

/// <summary>The graph as data.</summary>
/// <param name="Links">Sub-workflow nodes whose graphs are found when the program runs.</param>
internal sealed record GraphPlan(
    EquatableArray<GraphNodePlan> Nodes, EquatableArray<GraphEdgePlan> Edges, EquatableArray<GraphChildPlan> Children, EquatableArray<GraphLinkPlan> Links);

/// <param name="Node">Index of the sub-workflow node.</param>
/// <param name="FullName">The linked workflow.</param>
internal sealed record GraphLinkPlan(int Node, string FullName);

/// <param name="Repeats">One activation may run it several times.</param>
/// <param name="Compensation">What undoes it; empty for nothing.</param>
/// <param name="Effect">What its completion does to other nodes, for people; empty for nothing.</param>
/// <param name="Signal">For a node that asks the outside.</param>
internal sealed record GraphNodePlan(
    string Path,
    string Identifier,
    string Kind,
    string Owner,
    int Parent,
    int Depth,
    string Condition,
    string Description,
    bool Repeats,
    string Compensation,
    string Effect,
    SignalPlan? Signal);

/// <summary>How the handle answers a node.</summary>
/// <param name="Key">Type of the key where the node may ask several times at once; null where it may not.</param>
/// <param name="Access">Of the property; null where its types are nobody's who sees the handle.</param>
internal sealed record SignalPlan(string Request, string Response, string? Key, bool IsTransient, string? Access)
{
    /// <param name="key">Of the parameter that tells it from others of the same node; null for none.</param>
    /// <param name="isInEach">The position of an element tells it where no key does.</param>
    /// <param name="handle">Who may see the handle.</param>
    public static SignalPlan Of(BoundWait wait, string response, TypeRef? key, bool isInEach, EquatableArray<Confine> handle) => new(
        wait.Request.Annotated,
        response,
        key?.Annotated ?? (isInEach ? "int" : null),
        wait.IsTransient,
        Confine.ModifierOf(wait.Confines, handle));
}

/// <summary>A stream of the handle.</summary>
/// <param name="Path">Name of the emitter parameter, behind the path of the sub-workflow that has it.</param>
/// <param name="Identifier">Of the handle's property.</param>
/// <param name="Nodes">Whose end is its end.</param>
/// <param name="Access">Of the property; null where its type is nobody's who sees the handle.</param>
internal sealed record StreamPlan(string Path, string Identifier, string Type, EquatableArray<int> Nodes, string? Access);

internal sealed record GraphEdgePlan(int From, int To, string Kind, string Reason);

/// <param name="Path">The sub-workflow node.</param>
/// <param name="WorkflowId">The expression that gives the id of the called workflow.</param>
internal sealed record GraphChildPlan(string Path, string WorkflowId);
