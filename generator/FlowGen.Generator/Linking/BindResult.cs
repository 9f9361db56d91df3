using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking;

/// <summary>One workflow, checked and bound as far as it can be without looking at others.</summary>
/// <param name="Bound">Null when the workflow has an error.</param>
/// <param name="CanEmit">A part may be added to the class: it is partial, and so are its containers.</param>
/// <param name="Calls">The workflows that it calls, whether or not it is sound otherwise.</param>
/// <param name="Choices">The workflows of this assembly that it may choose while it runs.</param>
/// <param name="Waits">Its [Wait] nodes.</param>
/// <param name="Nodes">Its nodes as far as their declarations tell, whether or not it is sound otherwise.</param>
/// <param name="Restrictions">Types of its nodes that no parent could name.</param>
/// <param name="Base">Key of the workflow of this assembly that it derives from.</param>
/// <param name="InheritsEntry">It is sound and runs as its base workflow does, so that there is nothing to compile.</param>
internal sealed record BindResult(
    WorkflowSurface Surface,
    BoundWorkflow? Bound,
    EquatableArray<Issue> Issues,
    bool CanEmit,
    string Display,
    Spot IdSpot,
    EquatableArray<WorkflowCall> Calls,
    EquatableArray<WorkflowCall> Choices,
    EquatableArray<WaitPlace> Waits,
    EquatableArray<DeclaredNode> Nodes,
    EquatableArray<NodeRestriction> Restrictions,
    string? Base,
    bool InheritsEntry)
{
    /// <summary>For the C# compiler the declaration of the class is wrong, too.</summary>
    public bool BreaksDeclaration { get; init; }
}

/// <param name="Child">Key of the workflow whose nodes run.</param>
/// <param name="IsLinked">It runs in a frame of its own, so that no private member of it is needed.</param>
/// <param name="Each">The [Each] parameter that makes it once per element; null for once.</param>
internal sealed record WorkflowCall(string Child, string Node, Spot Spot, bool IsLinked, Spot? Each);

/// <param name="IsKeyed">It has a key, so that nobody takes it for another one.</param>
/// <param name="Each">Its [Each] parameter, if it has one.</param>
internal sealed record WaitPlace(string Node, Spot Spot, bool IsKeyed, Spot? Each);

internal sealed record NodeRestriction(string Node, Restriction Restriction);

/// <summary>All workflows of an assembly, each with everything it reaches, in the order they were given.</summary>
internal sealed record LinkResult(EquatableArray<LinkedResult> Workflows);

/// <summary>What is to be done about one workflow.</summary>
/// <param name="Linked">To be compiled; null when the workflow or something that it calls has an error.</param>
/// <param name="Issues">Everything to report about it: of binding and of linking.</param>
/// <param name="BrokenBy">Where the error is that keeps it from being compiled: its own name, or that of a workflow it calls.</param>
/// <param name="Declared">For a workflow that is not compiled: what can be known of it and its children all the same.</param>
/// <param name="InheritsEntry">It runs as its base workflow does: there is nothing to compile but what tells them apart.</param>
/// <param name="FileName">Of its generated source, unique in the assembly.</param>
internal sealed record LinkedResult(
    WorkflowSurface Surface, LinkedWorkflow? Linked, EquatableArray<Issue> Issues, bool CanEmit, string Display, string? BrokenBy, string FileName,
    DeclaredGraph Declared, bool InheritsEntry = false)
{
    /// <summary>For the C# compiler the declaration of the class is wrong, too.</summary>
    public bool BreaksDeclaration { get; init; }
}
