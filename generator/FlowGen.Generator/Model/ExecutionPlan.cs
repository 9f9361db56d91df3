namespace FlowGen.Generator.Model;

/// <summary>
/// A workflow as it will be executed: flattened, ordered, every value placed. The emitter prints it and decides nothing.
/// </summary>
/// <param name="Bound">The workflow itself, for its own hidden members.</param>
/// <param name="IsReached">Others lay it out, or derive from it, and so reach its private members.</param>
/// <param name="IsJoinable">Its frame can be part of another run.</param>
/// <param name="HasRunStates">Some node in it takes a state object of the whole run.</param>
/// <param name="Form">How the steps are executed.</param>
/// <param name="Scopes">Activations in this plan; the first is the workflow itself.</param>
/// <param name="Steps">In an order that satisfies every dependency; the steps of a scope stand together; the last leaves the workflow.</param>
/// <param name="Edges">Between steps.</param>
/// <param name="Regions">Scopes that fail as one; the first is the whole run.</param>
/// <param name="SegmentLength">How many steps one method of the frame runs; at least all of them in a plan that one method can hold.</param>
/// <param name="Parts">Of a long straight plan, the ranges of steps that have a method of their own.</param>
internal sealed record ExecutionPlan(
    BoundWorkflow Bound,
    bool IsReached,
    bool IsJoinable,
    bool HasRunStates,
    PlanForm Form,
    EquatableArray<PlanScope> Scopes,
    EquatableArray<PlanStep> Steps,
    EquatableArray<PlanValue> Values,
    EquatableArray<PlanEdge> Edges,
    EquatableArray<PlanRegion> Regions,
    int SegmentLength,
    EquatableArray<PlanPart> Parts,
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

internal enum StepKind
{
    /// <summary>Calls a node's method or node class.</summary>
    Node,

    /// <summary>Runs a node once per element.</summary>
    Each,

    /// <summary>Runs a sub-workflow in a frame of its own.</summary>
    Linked,

    /// <summary>Evaluates a predicate.</summary>
    Predicate,

    /// <summary>Crosses the entry boundary of a sub-workflow.</summary>
    Enter,

    /// <summary>Crosses the exit boundary of a sub-workflow, or of the workflow itself.</summary>
    Exit,

    /// <summary>Fails the run with a failure that nobody turned out to handle.</summary>
    Verdict,
}

/// <param name="Label">Unique identifier: <c>Cold_Quote</c>, <c>EnterCold</c>, <c>ExitCold</c>.</param>
/// <param name="Scope">The activation that it belongs to; for Enter and Exit the one they open and close.</param>
/// <param name="GraphNode">In the flattened graph, or -1.</param>
/// <param name="Description">For the comment above it: path and condition.</param>
/// <param name="Guard">All must hold, or it is skipped.</param>
/// <param name="Call">What it calls; null for boundaries and verdicts.</param>
/// <param name="Value">What it yields; -1 for nothing.</param>
/// <param name="HasFlag">Its completion has to be remembered: it may be skipped, or its failure handled.</param>
/// <param name="KeepsError">Somebody observes its failure.</param>
/// <param name="Assignments">Enter: inputs of the child to compute. Exit: the result to take, into <paramref name="Value"/>.</param>
/// <param name="Verdict">For a verdict.</param>
/// <param name="Child">What a linked step runs.</param>
internal sealed record PlanStep(
    int Index,
    StepKind Kind,
    string Label,
    int Scope,
    int GraphNode,
    string Description,
    EquatableArray<PlanTerm> Guard,
    PlanCall? Call,
    int Value,
    bool MaySuspend,
    bool OnPool,
    bool Handled,
    bool HasFlag,
    bool KeepsError,
    bool IsEarly,
    EquatableArray<PlanAssignment> Assignments,
    PlanEach? Each,
    PlanVerdict? Verdict,
    PlanChild? Child);

internal sealed record PlanAssignment(int Value, PlanArgument Argument);

/// <summary>One condition of a guard.</summary>
/// <param name="Steps">What it looks at; at least one must be there.</param>
/// <param name="Value">For a comparison, the value compared; -1 for presence alone.</param>
internal sealed record PlanTerm(EquatableArray<int> Steps, int Value, EquatableArray<string> Values, bool Negated, bool IsTruth);

/// <param name="Failing">The step whose failure is judged.</param>
/// <param name="Observers">Steps whose guards say whether somebody who takes its outcome runs: otherwise nobody handled the failure.</param>
/// <param name="IsRequired">Somebody requires the value itself, so the run fails all the same.</param>
internal sealed record PlanVerdict(int Failing, EquatableArray<int> Observers, bool IsRequired);

internal enum CallKind
{
    Method,
    Class,
    PredicateMethod,
    PredicateMember,
}

/// <param name="Scope">The activation whose workflow object or bundle is called.</param>
/// <param name="Member">Method, property, field or accessor; for a class the bundle's property.</param>
/// <param name="Method">For a class its Execute method.</param>
/// <param name="Cref">For the comment that names what is called.</param>
internal sealed record PlanCall(
    CallKind Kind,
    int Scope,
    string Member,
    string Method,
    bool IsStatic,
    ReturnShape Shape,
    EquatableArray<PlanArgument> Arguments,
    string Cref)
{
    /// <summary>Whether the callee is told of the run, so that there must be a frame.</summary>
    public bool AsksForRun => Arguments.Any(argument =>
        argument.Kind is ArgumentKind.FlowContext or ArgumentKind.Service || argument.IsRunScoped);
}

/// <param name="Name">Parameter name, for named arguments; empty for positional.</param>
/// <param name="Sources">For values.</param>
/// <param name="Scope">For State: the bundle that holds it.</param>
internal sealed record PlanArgument(
    string Name,
    ArgumentKind Kind,
    Strength Strength,
    Combination Combination,
    EquatableArray<PlanSource> Sources,
    TypeRef Type,
    TypeRef? ElementType,
    int Scope,
    bool IsRunScoped,
    string DefaultText);

/// <param name="Value">What is read.</param>
/// <param name="Step">The step whose flag and error say whether it is there; -1 when it always is.</param>
/// <param name="MayBeNull">It can be null although it is there.</param>
/// <param name="AccessMayBeNull">What <paramref name="Access"/> reads can be.</param>
internal sealed record PlanSource(int Value, int Step, string Access, bool MayBeNull, bool AccessMayBeNull);

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

/// <summary>An [Each] step: the loop class to emit and what it iterates.</summary>
/// <param name="Name">Class name part.</param>
/// <param name="Source">The collection.</param>
internal sealed record PlanEach(
    string Name,
    PlanArgument Source,
    SourceShape Shape,
    TypeRef ElementType,
    TypeRef? Result,
    int MaxParallelism,
    PlanArgument? MaxParallelismArgument,
    bool OnPool,
    PlanChild? Child,
    ElementScope? ElementScope);

/// <summary>A sub-workflow that runs in a frame of its own.</summary>
/// <param name="Receiver">As of a scope.</param>
/// <param name="Shared">As of a scope.</param>
/// <param name="Inputs">Of its entry, in order.</param>
/// <param name="Cleanup">The call's own mode.</param>
/// <param name="Result">What its entry returns, unwrapped; null for nothing.</param>
/// <param name="IsOutcome">It returns an outcome: its failure is a value.</param>
internal sealed record PlanChild(
    string FullName, string Receiver, string? Shared, EquatableArray<PlanArgument> Inputs, CleanupTiming? Cleanup, TypeRef? Result, bool IsOutcome);

/// <summary>The objects that one element in flight of an [Each] owns.</summary>
internal sealed record ElementScope(string Name, ClassTarget? Class, EquatableArray<StateClass> States, bool IsAsync);

/// <summary>The graph as data.</summary>
/// <param name="Links">Sub-workflow nodes whose graphs are found when the program runs.</param>
internal sealed record GraphPlan(
    EquatableArray<GraphNodePlan> Nodes, EquatableArray<GraphEdgePlan> Edges, EquatableArray<GraphChildPlan> Children, EquatableArray<GraphLinkPlan> Links);

/// <param name="Node">Index of the sub-workflow node.</param>
/// <param name="FullName">The linked workflow.</param>
internal sealed record GraphLinkPlan(int Node, string FullName);

internal sealed record GraphNodePlan(string Path, string Identifier, string Kind, string Owner, int Parent, int Depth, string Condition, string Description);

internal sealed record GraphEdgePlan(int From, int To, string Kind, string Reason);

/// <param name="Path">The sub-workflow node.</param>
/// <param name="WorkflowId">The expression that gives the id of the called workflow.</param>
internal sealed record GraphChildPlan(string Path, string WorkflowId);
