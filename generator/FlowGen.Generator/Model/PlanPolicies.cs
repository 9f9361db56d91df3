namespace FlowGen.Generator.Model;

/// <summary>What watches over the calls of one step: the class to emit, and what it asks the workflow.</summary>
/// <param name="Retries">Nearest type of exception first.</param>
/// <param name="Attempt">Limit of one try.</param>
/// <param name="Total">Limit of all tries.</param>
/// <param name="Sections">Types that name critical sections.</param>
/// <param name="MaxConcurrent">Executions at a time in all runs of one workflow object; 0 for no limit.</param>
/// <param name="DelayMs">Between two iterations of a loop; 0 for none.</param>
/// <param name="TakesToken">The body takes the token, so that a limit can interrupt it.</param>
/// <param name="IsSynchronous">The body does not suspend.</param>
/// <param name="Receiver">Activation whose workflow object counts the executions.</param>
/// <param name="Counted">The node that it counts, as its own workflow names it.</param>
internal sealed record PlanPolicy(
    EquatableArray<PlanRetry> Retries,
    PlanLimit? Attempt,
    PlanLimit? Total,
    EquatableArray<string> Sections,
    int MaxConcurrent,
    int DelayMs,
    bool TakesToken,
    bool IsSynchronous,
    int Receiver,
    string Counted)
{
    /// <summary>Something has to happen before the first try is made.</summary>
    public bool ComesFirst => Sections.Count > 0 || MaxConcurrent > 0 || (IsSynchronous && (Attempt ?? Total) is not null);
}

/// <param name="Exception">What it retries; null for everything.</param>
/// <param name="Check">Says whether a failure is worth another try; null: always.</param>
internal sealed record PlanRetry(string? Exception, int Retries, int DelayMs, int MaxDelayMs, Backoff Backoff, bool Jitter, PlanCall? Check);

/// <param name="Milliseconds">The limit, unless <paramref name="Check"/> gives it.</param>
internal sealed record PlanLimit(int Milliseconds, PlanCall? Check);

/// <summary>A step that is run again and again.</summary>
/// <param name="Carry">The value that goes from iteration to iteration, or -1.</param>
/// <param name="Initial">What it is at first.</param>
/// <param name="Check">Asked after each iteration.</param>
internal sealed record PlanRepeat(int Carry, PlanArgument? Initial, PlanCall Check, bool IsWhile, int MaxIterations, bool FailsAtLimit);

/// <summary>A failure that somebody handles, if it is of the right type.</summary>
/// <param name="Step">What failed.</param>
/// <param name="Exception">The type; null for all.</param>
/// <param name="Nearer">Types that somebody else handles.</param>
internal sealed record PlanFailure(int Step, string? Exception, EquatableArray<string> Nearer);

/// <summary>What undoes a step.</summary>
/// <param name="Step">The step that is undone.</param>
/// <param name="Label">Of the compensation.</param>
/// <param name="Description">For the comment above it.</param>
/// <param name="GraphNode">The node that is undone, in the graph.</param>
/// <param name="Policy">What watches over it.</param>
internal sealed record PlanUndo(int Step, string Label, string Description, PlanCall Call, PlanPolicy? Policy, int GraphNode);

/// <summary>What handles the failure of the whole workflow.</summary>
/// <param name="Exception">What it handles; null for everything.</param>
internal sealed record PlanHandler(
    string Label, string Description, int GraphNode, string? Exception, EquatableArray<PlanTerm> Guard, PlanCall Call, PlanPolicy? Policy, bool HasResult);

/// <summary>A race: decides which of several steps was first.</summary>
/// <param name="Contestants">In the order in which they are named; what each yields.</param>
/// <param name="CancelsLosers">The others are withdrawn.</param>
internal sealed record PlanRace(EquatableArray<PlanSource> Contestants, bool CancelsLosers);

/// <summary>A rule that decides when a step is ready.</summary>
/// <param name="Call">The rule, without its argument.</param>
/// <param name="Asked">Whose states it is given.</param>
internal sealed record PlanRule(PlanCall Call, EquatableArray<PlanAsked> Asked, bool CancelsRest)
{
    /// <summary>The nodes themselves.</summary>
    public IEnumerable<int> Steps => Asked.Select(asked => asked.Step);
}

/// <summary>Nodes of which one has to settle.</summary>
internal sealed record PlanAny(EquatableArray<PlanAsked> Nodes);

/// <summary>A node of which it matters where it stands.</summary>
/// <param name="Step">The node.</param>
/// <param name="Handlers">Those who may stand in for it when it has failed.</param>
internal sealed record PlanAsked(int Step, EquatableArray<PlanAsked> Handlers)
{
    /// <summary>All of them.</summary>
    public IEnumerable<int> Steps => Handlers.SelectMany(handler => handler.Steps).Prepend(Step);
}

/// <summary>A step that asks the outside.</summary>
internal sealed record PlanWait(string Request, string Response, EquatableArray<PlanArgument> Values, PlanArgument? Key, string KeyType, bool IsTransient);

/// <summary>A step that runs a workflow which is chosen at run time.</summary>
internal sealed record PlanChoice(
    PlanArgument Reference, string Input, string Output, EquatableArray<PlanArgument> Values, bool IsTuple, EquatableArray<string> Candidates, int MaxDepth, bool AllowsRecursion);
