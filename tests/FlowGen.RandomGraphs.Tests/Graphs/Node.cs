namespace RandomGraphs.Graphs;

/// <summary>A node, an input or a predicate of a <see cref="Flow"/>.</summary>
internal sealed record Node
{
    public required string Name { get; init; }

    public required NodeKind Kind { get; init; }

    public Yield Yields { get; init; }

    /// <summary>Its value may be null, which is absence: <c>Value?</c>.</summary>
    public bool MayBeNull { get; init; }

    public Form Form { get; init; }

    public IReadOnlyList<Parameter> Parameters { get; init; } = [];

    public IReadOnlyList<Condition> Conditions { get; init; } = [];

    public IReadOnlyList<string> After { get; init; } = [];

    public IReadOnlyList<string> Needs { get; init; } = [];

    public IReadOnlyList<string> NeedsAny { get; init; } = [];

    /// <summary>Groups of which one has to settle.</summary>
    public IReadOnlyList<IReadOnlyList<string>> AfterAny { get; init; } = [];

    public bool BestEffort { get; init; }

    public IReadOnlyList<RetryRule> Retries { get; init; } = [];

    public RepeatRule? Repeat { get; init; }

    public ReadyRule? ReadyWhen { get; init; }

    public TimeLimits? Limits { get; init; }

    /// <summary>What the failure of an element means.</summary>
    public EachError OnError { get; init; }

    /// <summary>Of a handler: the node it stands in for; null for one of the whole workflow.</summary>
    public string? Catches { get; init; }

    /// <summary>Of a compensation: the node that it undoes.</summary>
    public string? Compensates { get; init; }

    /// <summary>Of a handler or a compensation: the type of its exception parameter; null for none.</summary>
    public Fault? TakesFault { get; init; }

    /// <summary>When it completes, its workflow does.</summary>
    public bool IsEnd { get; init; }

    /// <summary>Of a wait: early answers are lost.</summary>
    public bool IsTransient { get; init; }

    /// <summary>Those that it withdraws when it completes.</summary>
    public IReadOnlyList<string> Cancels { get; init; } = [];

    /// <summary>The section of the run that it has for itself while it executes.</summary>
    public string? Section { get; init; }

    /// <summary>How many executions of it may go on at once; 0 for no limit.</summary>
    public int MaxConcurrent { get; init; }

    /// <summary>It may have to wait for its turn.</summary>
    public bool TakesTurns => Section is not null || MaxConcurrent > 0;

    public bool OnPool { get; init; }

    public bool TakesToken { get; init; }

    public bool TakesContext { get; init; }

    public bool TakesState { get; init; }

    public bool TakesRunState { get; init; }

    /// <summary>A node class whose constructor takes something from the workflow object.</summary>
    public bool TakesTag { get; init; }

    public CleanupForm Cleanup { get; init; }

    /// <summary>The name of a type of its own, so that who takes its value need not say where from; exclusive branches share one.</summary>
    public string? OwnType { get; init; }

    /// <summary>For a call, the workflow that it runs.</summary>
    public Flow? Child { get; init; }

    /// <summary>Of a call, or of an [Each] node: who tells it where it stands.</summary>
    public string? PlaceSource { get; init; }

    /// <summary>The other end of <see cref="PlaceSource"/>.</summary>
    public string? PlaceFor { get; init; }

    /// <summary>Runs once per element of its <see cref="PlaceSource"/>.</summary>
    public bool IsEach { get; init; }

    /// <summary>Elements in flight; 0 for no limit.</summary>
    public int Degree { get; init; } = 1;

    /// <summary>For <see cref="Yield.Places"/>, the type of the collection.</summary>
    public string Collection { get; init; } = "Place[]";

    /// <summary>A node that executes, as opposed to a call, an input, a predicate or a wait.</summary>
    public bool IsLeaf => Kind is NodeKind.Method or NodeKind.Class or NodeKind.Handler or NodeKind.Compensation;

    /// <summary>It runs only when something has failed, and nobody names it.</summary>
    public bool IsAside => Kind is NodeKind.Handler or NodeKind.Compensation;

    public bool IsWorkflowHandler => Kind == NodeKind.Handler && Catches is null;

    /// <summary>Its failure may have other consequences than that its workflow fails.</summary>
    public bool HasPolicies => Retries.Count > 0 || Limits is not null;

    /// <summary>Whether others may take its value as data.</summary>
    public bool HasValue => Yields is Yield.Value or Yield.Number;

    /// <summary>All that has to settle before it is decided.</summary>
    public IEnumerable<string> Predecessors
        => Parameters.SelectMany(p => p.Sources).Concat(Conditions.Select(c => c.Source)).Concat(After).Concat(Needs).Concat(NeedsAny).Concat(AfterAny.SelectMany(any => any))
            .Concat(ReadyWhen?.Nodes ?? [])
            .Concat(PlaceSource is null ? [] : [PlaceSource]).Distinct();
}

internal enum NodeKind
{
    Input,
    Predicate,
    Method,
    Class,
    Call,

    /// <summary>A [Catch] method.</summary>
    Handler,

    /// <summary>A [Compensate] method.</summary>
    Compensation,

    /// <summary>A [Wait] method.</summary>
    Wait,
}

/// <summary>What a node returns (per element, for an [Each]).</summary>
internal enum Yield
{
    Nothing,

    /// <summary>A reference.</summary>
    Value,

    /// <summary>A struct.</summary>
    Number,

    /// <summary>A bool that decides.</summary>
    Truth,

    /// <summary>An enum that decides.</summary>
    Choice,

    /// <summary>Where a sub-workflow stands.</summary>
    Place,

    /// <summary>Where the elements of an [Each] stand.</summary>
    Places,
}

internal enum Form
{
    Plain,
    ValueTask,
    Task,
}

internal enum Strength
{
    Required,
    Nullable,
    Optional,
    Outcome,
}

/// <param name="Sources">One; several for a merge of exclusive nodes or a gather.</param>
/// <param name="IsNamed">Says with [From] or [Input] where it comes from; otherwise its type does.</param>
internal sealed record Parameter(string Name, IReadOnlyList<string> Sources, Strength Strength, bool IsGather = false, bool IsNamed = true)
{
    /// <summary>For a race: whether the losers are cancelled.</summary>
    public bool? CancelsLosers { get; init; }

    public bool IsRace => CancelsLosers is not null;

    /// <summary>The value of the iteration before.</summary>
    public bool IsCarry { get; init; }
}

internal enum ConditionKind
{
    When,
    Unless,
    Otherwise,
}

/// <param name="Values">"true", or names of choices; several are alternatives.</param>
internal sealed record Condition(string Source, ConditionKind Kind, IReadOnlyList<string> Values);

internal enum CleanupForm
{
    /// <summary>ICleanup.</summary>
    Plain,

    /// <summary>IAsyncCleanup.</summary>
    Async,

    /// <summary>Keeps something and cannot be cleaned, so that every activation has its own.</summary>
    None,

    /// <summary>ICleanup, but [Pooled(false)].</summary>
    Unpooled,
}
