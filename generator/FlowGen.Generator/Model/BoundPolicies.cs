namespace FlowGen.Generator.Model;

/// <summary>
/// What surrounds one execution of a node's body, from the outside in: repetition, sections and places that it waits for, the limit of all tries, the tries, the limit of
/// one try. With [Each] all of it surrounds each element. A <c>Check</c> is an index into <see cref="BoundWorkflow.Checks"/>, or -1.
/// </summary>
/// <param name="Retries">The nearest type of exception first; the one without a type last.</param>
/// <param name="Attempt">The limit of one try.</param>
/// <param name="Total">The limit of all tries.</param>
/// <param name="Sections">Types that name critical sections, by key.</param>
/// <param name="MaxConcurrent">Executions at a time in all runs of one workflow object; 0 for no limit.</param>
internal sealed record BoundPolicies(
    EquatableArray<BoundRetry> Retries,
    BoundTimeout? Attempt,
    BoundTimeout? Total,
    BoundRepeat? Repeat,
    EquatableArray<TypeRef> Sections,
    int MaxConcurrent)
{
    public static readonly BoundPolicies None = new(
        EquatableArray<BoundRetry>.Empty, Attempt: null, Total: null, Repeat: null, EquatableArray<TypeRef>.Empty, MaxConcurrent: 0);

    /// <summary>Something watches over an execution of the body, other than repetition.</summary>
    public bool IsGuarded => Retries.Count > 0 || Attempt is not null || Total is not null || Sections.Count > 0 || MaxConcurrent > 0;
}

/// <param name="Exception">What it retries; null for everything.</param>
/// <param name="Check">Says whether a failure is worth another try.</param>
internal sealed record BoundRetry(TypeRef? Exception, int Retries, int DelayMs, int MaxDelayMs, Backoff Backoff, bool Jitter, int Check);

/// <summary>The names and values of the runtime's <c>Backoff</c>.</summary>
internal enum Backoff
{
    Constant,
    Linear,
    Exponential,
}

/// <param name="Milliseconds">The limit, unless <paramref name="Check"/> gives it.</param>
/// <param name="Check">A <c>TimeSpan</c> that is read at each use.</param>
internal sealed record BoundTimeout(int Milliseconds, int Check);

/// <param name="CarryArgument">The argument that is the value of the iteration before, or -1 where the node yields nothing.</param>
/// <param name="Check">Asked after each iteration; always there.</param>
/// <param name="IsWhile">It goes on while the check holds, rather than until it does.</param>
/// <param name="MaxIterations">0 for no limit.</param>
internal sealed record BoundRepeat(int CarryArgument, int Check, bool IsWhile, int MaxIterations, bool FailsAtLimit, int DelayMs);

/// <summary>[Catch(nameof(...))]: the node runs instead of a failed one.</summary>
/// <param name="Nodes">Those that it handles.</param>
/// <param name="Exception">What it handles; null for everything.</param>
internal sealed record BoundCatch(EquatableArray<BoundCaught> Nodes, TypeRef? Exception);

/// <param name="Node">The node that fails.</param>
/// <param name="Nearer">Types of exception that another handler of the same node takes, because it is nearer.</param>
internal sealed record BoundCaught(int Node, EquatableArray<TypeRef> Nearer);

/// <summary>[Compensate]: undoes a node. It is no node of the graph.</summary>
/// <param name="Undoes">The node that it undoes.</param>
/// <param name="Body">Its method, arguments and policies.</param>
internal sealed record BoundCompensation(int Undoes, BoundNode Body);

/// <summary>[Catch] without names: handles the failure of the workflow.</summary>
/// <param name="Node">Which of <see cref="BoundWorkflow.Nodes"/> it is. It is no step of the run proper.</param>
/// <param name="Exception">What it handles; null for everything.</param>
internal sealed record BoundHandler(int Node, TypeRef? Exception);

/// <summary>Settings of the [Workflow] class that concern a run as a whole.</summary>
/// <param name="Timeout">Of an activation.</param>
/// <param name="WaitsForSiblings">A failure does not cancel what executes.</param>
/// <param name="MaxConcurrentRuns">Top-level runs of one object at a time; 0 for no limit.</param>
/// <param name="RejectsWhenFull">A run that finds no place fails rather than waits.</param>
/// <param name="Record">The member of the runtime's <c>RecordMode</c>: <c>Nodes</c>.</param>
internal sealed record BoundSettings(BoundTimeout? Timeout, bool WaitsForSiblings, int MaxConcurrentRuns, bool RejectsWhenFull, string Record);
