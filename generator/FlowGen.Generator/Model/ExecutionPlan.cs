namespace FlowGen.Generator.Model;

/// <summary>
/// A workflow as it will be executed: flattened, ordered, every value placed. The emitter prints it and decides nothing.
/// </summary>
/// <param name="Bound">The workflow itself, for its own hidden members.</param>
/// <param name="IsReached">Others lay it out, or derive from it, and so reach its private members.</param>
/// <param name="HasRunStates">Some node in it takes a state object of the whole run.</param>
/// <param name="Form">How the steps are executed.</param>
/// <param name="Scopes">Activations in this plan; the first is the workflow itself.</param>
/// <param name="Steps">In an order that satisfies every dependency; the steps of a scope stand together; the last leaves the workflow.</param>
/// <param name="Edges">Between steps.</param>
/// <param name="Regions">Scopes that fail as one; the first is the whole run.</param>
/// <param name="SegmentLength">How many steps one method of the frame runs; at least all of them in a plan that one method can hold.</param>
/// <param name="Parts">Of a long straight plan, the ranges of steps that have a method of their own.</param>
/// <param name="Undos">What undoes steps.</param>
/// <param name="Handlers">What handles the failure of the workflow; the nearest type of exception first.</param>
/// <param name="Streams">What its runs send out, by path.</param>
/// <param name="TimeLimit">Of an activation.</param>
internal sealed record ExecutionPlan(
    BoundWorkflow Bound,
    bool IsReached,
    bool HasRunStates,
    PlanForm Form,
    EquatableArray<PlanScope> Scopes,
    EquatableArray<PlanStep> Steps,
    EquatableArray<PlanValue> Values,
    EquatableArray<PlanEdge> Edges,
    EquatableArray<PlanRegion> Regions,
    int SegmentLength,
    EquatableArray<PlanPart> Parts,
    EquatableArray<PlanUndo> Undos,
    EquatableArray<PlanHandler> Handlers,
    EquatableArray<StreamPlan> Streams,
    PlanLimit? TimeLimit,
    GraphPlan Graph)
{
    /// <summary>Whether the steps are run by several methods.</summary>
    public bool IsSegmented => Steps.Count > SegmentLength;

    /// <summary>The method that runs a step.</summary>
    public int SegmentOf(int step) => step / SegmentLength;
}

internal enum PlanForm
{
    /// <summary>Every step is synchronous: plain calls in one method, without a frame.</summary>
    Straight,

    /// <summary>At most one step is in flight.</summary>
    Serial,

    /// <summary>Steps may overlap.</summary>
    Parallel,
}

/// <param name="Name">Identifier part: <c>Cold_Label</c>; empty for the workflow itself.</param>
/// <param name="Workflow">Key of the workflow that this activates.</param>
/// <param name="FullName">Its type.</param>
/// <param name="Receiver">Member path from the root workflow object to this one's object: <c>.__parcels.__labels</c>; empty for the root.</param>
/// <param name="Shared">Set instead of a receiver when the child has no instance of its own: the expression of the shared one.</param>
/// <param name="GraphNode">The sub-workflow node; -1 for the workflow itself.</param>
/// <param name="Descendants">Nodes inside it.</param>
/// <param name="HasInstances">Whether there is a bundle to rent.</param>
/// <param name="HasSlot">Whether the bundle waits in a slot of the thread, rather than in a pool of the workflow object.</param>
/// <param name="IsAsync">Whether cleaning has to be awaited.</param>
/// <param name="Region">The region that it is or lies in.</param>
/// <param name="ConvertsFailure">Its result is an Outcome, so that its failure is a value.</param>
/// <param name="MaxParallelism">Of the workflow itself; 0 for no limit.</param>
/// <param name="Disabled">Id of the workflow when it is declared with Enabled = false.</param>
internal sealed record PlanScope(
    int Index,
    int Parent,
    string Name,
    string Workflow,
    string FullName,
    string Receiver,
    string? Shared,
    int GraphNode,
    int Descendants,
    int Enter,
    int Exit,
    bool HasInstances,
    bool HasSlot,
    bool IsAsync,
    CleanupTiming Cleanup,
    int Region,
    bool ConvertsFailure,
    int MaxParallelism,
    string? Disabled);

/// <param name="Name">Identifier without underscore: <c>cold_Quote</c>.</param>
/// <param name="Type">As stored, annotated.</param>
/// <param name="IsField">Lives in the frame because it is read after a suspension.</param>
/// <param name="InputIndex">For inputs of the workflow itself; -1 otherwise.</param>
/// <param name="Producer">The step that yields it; -1 for inputs.</param>
internal sealed record PlanValue(int Index, string Name, string Type, bool IsReference, bool MayBeNull, bool IsField, int InputIndex, int Producer);

/// <param name="Kind">1: its settling may make the successor impossible; 2: order only; 3: both.</param>
internal sealed record PlanEdge(int From, int To, int Kind);

internal sealed record PlanPart(int First, int Last);

internal sealed record PlanRegion(int Index, int Enter, int Parent);
