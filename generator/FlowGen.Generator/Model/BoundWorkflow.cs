namespace FlowGen.Generator.Model;

/// <summary>
/// One workflow without errors, bound: every parameter has its sources and every attribute its meaning. Indices point into
/// <see cref="Nodes"/>, <see cref="Predicates"/> and the entry's inputs. Children are named by key and not copied in.
/// </summary>
/// <param name="MaxParallelism">Executing leaf nodes per activation; 0 for no limit.</param>
/// <param name="Cleanup">Of an activation of this workflow, unless the [SubWorkflow] that calls it says otherwise.</param>
/// <param name="Nodes">In declaration order.</param>
/// <param name="Result">Where the entry's result comes from; null when it returns nothing.</param>
/// <param name="States">The distinct [State] classes that its nodes take, including those that its node classes take.</param>
/// <param name="Settings">Of its runs as a whole.</param>
/// <param name="Checks">What policies ask while they are at work, unlike predicates, which decide once: conditions of loops and tries, limits, rules of [Each].</param>
/// <param name="Compensations">In declaration order; at most one for each node.</param>
/// <param name="Handlers">Of the workflow's own failure, the nearest type of exception first.</param>
/// <param name="Streams">By name.</param>
internal sealed record BoundWorkflow(
    WorkflowSurface Surface,
    int MaxParallelism,
    CleanupTiming Cleanup,
    EquatableArray<BoundNode> Nodes,
    EquatableArray<BoundPredicate> Predicates,
    BoundValue? Result,
    EquatableArray<StateClass> States,
    BoundSettings Settings,
    EquatableArray<BoundPredicate> Checks,
    EquatableArray<BoundCompensation> Compensations,
    EquatableArray<BoundHandler> Handlers,
    EquatableArray<BoundStream> Streams);

internal enum NodeKind
{
    /// <summary>A method with a body.</summary>
    Method,

    /// <summary>[Node&lt;T&gt;].</summary>
    Class,

    /// <summary>[SubWorkflow].</summary>
    SubWorkflow,

    /// <summary>[Wait].</summary>
    Wait,

    /// <summary>[DynamicSubWorkflow].</summary>
    Dynamic,
}

/// <param name="Name">Method name without <c>Async</c>; its segment of the node's path unless <paramref name="Id"/> differs.</param>
/// <param name="Id">The attribute's Id, or the name.</param>
/// <param name="MethodName">As declared, escaped where it is a keyword.</param>
/// <param name="IsPrivate">Private or protected: a parent reaches it only through a thunk.</param>
/// <param name="Result">Of one execution, unwrapped; null for nothing. With <paramref name="Each"/> the node's value is an array of it.</param>
/// <param name="Arguments">One per declared parameter, in order.</param>
/// <param name="Conditions">All must hold.</param>
/// <param name="After">Order only: settled before this node starts.</param>
/// <param name="Needs">Completed before this node starts; otherwise it is skipped.</param>
/// <param name="NeedsAny">Of each group at least one completed, all settled; otherwise it is skipped.</param>
/// <param name="AlwaysRuns">Presence says that it starts on every path of its workflow (failures aside).</param>
/// <param name="Presence">The condition under which it starts, for people (<c>Classify = Billing</c>); empty for always.</param>
/// <param name="ClassTarget">For <see cref="NodeKind.Class"/>.</param>
/// <param name="ChildTarget">For <see cref="NodeKind.SubWorkflow"/>.</param>
/// <param name="Documentation">One line for tables and hovers: the author's summary, or empty.</param>
/// <param name="IsInherited">A base class declares it.</param>
/// <param name="IsHidden">It is private to a base workflow, which has a thunk for it.</param>
/// <param name="Policies">What surrounds its execution.</param>
/// <param name="Joins">What else decides its start, and what its completion does to others.</param>
/// <param name="Catch">For a handler of other nodes.</param>
/// <param name="Wait">For <see cref="NodeKind.Wait"/>.</param>
/// <param name="Dynamic">For <see cref="NodeKind.Dynamic"/>.</param>
internal sealed record BoundNode(
    string Name,
    string Id,
    NodeKind Kind,
    string MethodName,
    bool IsStatic,
    bool IsPrivate,
    ReturnShape Shape,
    TypeRef? Result,
    EquatableArray<BoundArgument> Arguments,
    EquatableArray<BoundCondition> Conditions,
    EquatableArray<int> After,
    EquatableArray<int> Needs,
    EquatableArray<IndexGroup> NeedsAny,
    bool BestEffort,
    RunOn RunOn,
    BoundEach? Each,
    ClassTarget? ClassTarget,
    ChildTarget? ChildTarget,
    bool AlwaysRuns,
    string Presence,
    string Documentation,
    bool IsInherited,
    bool IsHidden,
    BoundPolicies Policies,
    BoundJoins Joins,
    BoundCatch? Catch,
    BoundWait? Wait,
    BoundDynamic? Dynamic);

/// <summary>Nodes of which one is enough.</summary>
/// <param name="Indices">Which.</param>
/// <param name="AreAlternatives">A needed node and the handlers of its failure: unlike those of [NeedsAny], nobody waits for them once something else that is needed is absent.</param>
internal sealed record IndexGroup(EquatableArray<int> Indices, bool AreAlternatives = false);

internal enum SourceKind
{
    Input,
    Node,
}

/// <param name="Access">What to append to the value: empty, <c>.Item1</c> (tuple element) or <c>.Urls</c> (Member).</param>
/// <param name="AccessMayBeNull">The value, after <paramref name="Access"/>, may be null although its producer completed.</param>
/// <param name="IsVouchedFor">It may not, and the C# compiler cannot see that.</param>
internal sealed record BoundSource(SourceKind Kind, int Index, string Access, bool AccessMayBeNull, bool IsVouchedFor = false);

internal enum Combination
{
    /// <summary>Exactly one source.</summary>
    Single,

    /// <summary>Several sources, exclusive but for a node and its handlers: the first that is there.</summary>
    Merge,

    /// <summary>Several sources into one list, in the order named: those that are there. Absent when none is.</summary>
    Gather,

    /// <summary>A race of several sources: the one that is there first.</summary>
    First,
}

/// <param name="Type">Without strength: the <c>T</c> of <c>T?</c>, <c>Optional&lt;T&gt;</c> and <c>Outcome&lt;T&gt;</c>. For a gather, the list type.</param>
/// <param name="ElementType">Element type of a gathered list; null otherwise.</param>
/// <param name="CancelsLosers">Of a race: the other sources are withdrawn.</param>
internal sealed record BoundValue(
    Strength Strength,
    Combination Combination,
    EquatableArray<BoundSource> Sources,
    TypeRef Type,
    TypeRef? ElementType,
    bool CancelsLosers = false);

internal enum ArgumentKind
{
    /// <summary>Data, in <see cref="BoundArgument.Value"/>.</summary>
    Value,

    /// <summary>The element of this node's <see cref="BoundNode.Each"/>; Value then describes the source collection.</summary>
    Element,

    CancellationToken,

    FlowContext,

    /// <summary>A [State] object; <see cref="BoundArgument.Type"/> names its class.</summary>
    State,

    /// <summary>[Service] from RunOptions.Services.</summary>
    Service,

    /// <summary>Bound to nothing: the target's own default value applies (targets only).</summary>
    Default,

    /// <summary>The failure that is handled, undone, or judged by the check of a retry.</summary>
    Exception,

    /// <summary>In the check of a loop: the value of the iteration that has just ended.</summary>
    Latest,

    /// <summary>In the rule of an [Each]: how far it has come.</summary>
    Progress,

    /// <summary>The writing end of the stream that has the parameter's name.</summary>
    Emitter,

    /// <summary>Adds elements to the node's own [Each].</summary>
    More,
}

/// <param name="Parameter">Name without <c>@</c>.</param>
/// <param name="Type">The parameter's type as declared.</param>
internal sealed record BoundArgument(string Parameter, ArgumentKind Kind, TypeRef Type, BoundValue? Value);

/// <summary>[When], [Unless] or [Otherwise] against a node's value or a predicate.</summary>
/// <param name="IsPredicate">Whether <paramref name="Index"/> points into Predicates rather than Nodes.</param>
/// <param name="Values">C# expressions in full (<c>global::Desk.Route.Billing</c>, <c>true</c>, <c>"x"</c>); one of them must equal the source.</param>
/// <param name="Negated">None of them may equal the source ([Unless]; [Otherwise] lists every value some [When] lists).</param>
/// <param name="Display">For people: <c>Classify = Billing</c>.</param>
internal sealed record BoundCondition(bool IsPredicate, int Index, EquatableArray<string> Values, bool Negated, string Display);

internal enum PredicateKind
{
    Method,
    Property,
    Field,
    ConstructorParameter,
}

/// <summary>A member that decides conditions and is not a node: bound once per workflow, evaluated once per activation.</summary>
/// <param name="Name">Of the member to read or call, without <c>@</c>.</param>
/// <param name="Arguments">Of a method; strengths as for nodes. It is absent when a required one is.</param>
/// <param name="Type">Its value's type.</param>
internal sealed record BoundPredicate(
    string Name,
    PredicateKind Kind,
    bool IsStatic,
    bool IsPrivate,
    EquatableArray<BoundArgument> Arguments,
    TypeRef Type,
    bool IsHidden);

/// <summary>How a body-less node maps onto its target (B12): for each parameter of the target, in order, what it receives.</summary>
/// <param name="Argument">Index into the node's arguments, or -1 for a special or defaulted parameter.</param>
/// <param name="Kind">What a parameter without argument receives: CancellationToken, FlowContext, State, Service or Default.</param>
internal sealed record TargetParameter(string Name, TypeRef Type, int Argument, ArgumentKind Kind);

internal enum CleanupKind
{
    /// <summary>Neither interface.</summary>
    None,

    /// <summary><c>ICleanup</c>.</summary>
    Sync,

    /// <summary><c>IAsyncCleanup</c> (it wins where both are implemented).</summary>
    Async,
}

/// <summary>The node class behind a [Node&lt;T&gt;] declaration.</summary>
/// <param name="Type">The class.</param>
/// <param name="MethodName"><c>Execute</c> or <c>ExecuteAsync</c>.</param>
/// <param name="Shape">Of that method.</param>
/// <param name="Result">Of that method, unwrapped.</param>
/// <param name="Parameters">Of that method.</param>
/// <param name="ConstructorMembers">The workflow's members (constructor parameters, fields, properties) that its constructor takes, in order.</param>
/// <param name="Cleanup">How an instance is cleaned.</param>
/// <param name="IsPooled">Cleanable or without mutable fields, and not opted out: an instance may serve many activations.</param>
/// <param name="PoolMax">Unused instances to keep ([Pooled(Max)], default 64).</param>
internal sealed record ClassTarget(
    TypeRef Type,
    string MethodName,
    ReturnShape Shape,
    TypeRef? Result,
    EquatableArray<TargetParameter> Parameters,
    EquatableArray<HeldMember> ConstructorMembers,
    CleanupKind Cleanup,
    bool IsPooled,
    int PoolMax);

/// <summary>A member of a workflow object that holds something: constructor parameter, field or property.</summary>
/// <param name="Name">Without <c>@</c>.</param>
/// <param name="IsParameter">A primary-constructor parameter: reachable only from the workflow's own instance members.</param>
/// <param name="IsPrivate">Reached by parents only through an accessor.</param>
/// <param name="IsHidden">It is private to a base workflow, which has an accessor for it.</param>
internal sealed record HeldMember(string Name, TypeRef Type, bool IsParameter, bool IsPrivate, bool IsHidden);

/// <summary>The workflow behind a [SubWorkflow] declaration.</summary>
/// <param name="Key">Of the workflow whose nodes run (<see cref="WorkflowSurface.Key"/>): the child, or the workflow that it inherits its entry from.</param>
/// <param name="Member">Where the parent holds its instance; null: a shared instance made by the parameterless constructor.</param>
/// <param name="Inputs">For each input of the child's entry, in order, the node's argument.</param>
/// <param name="Cleanup">The call's own mode; null: the child's.</param>
/// <param name="Entry">Of the child, with the type arguments that it has here.</param>
/// <param name="Link">How it runs.</param>
internal sealed record ChildTarget(
    string Key,
    string FullName,
    HeldMember? Member,
    EquatableArray<TargetParameter> Inputs,
    CleanupTiming? Cleanup,
    EntryDeclaration Entry,
    ChildLink Link);

/// <summary>How a sub-workflow becomes part of its parent.</summary>
internal enum ChildLink
{
    /// <summary>Laid out: its nodes are steps of the parent.</summary>
    None,

    /// <summary>It runs in a frame of its own; its nodes are known and stand in the parent's graph.</summary>
    Known,

    /// <summary>It comes from another assembly: its nodes are found when the program runs.</summary>
    External,
}

/// <param name="IsRunScoped">One per root run instead of one per activation.</param>
internal sealed record StateClass(TypeRef Type, bool IsRunScoped, CleanupKind Cleanup, bool IsPooled, int PoolMax);

/// <summary>What the link step hands to lowering: a root and every workflow it reaches, itself included.</summary>
/// <param name="Root">The workflow to compile.</param>
/// <param name="Reachable">Itself, and every workflow of the assembly whose nodes run in it.</param>
/// <param name="IsUsedAsChild">Others contain it.</param>
/// <param name="IsReached">Others lay it out, or derive from it, and so reach its private members.</param>
internal sealed record LinkedWorkflow(BoundWorkflow Root, EquatableArray<BoundWorkflow> Reachable, bool IsUsedAsChild, bool IsReached);
