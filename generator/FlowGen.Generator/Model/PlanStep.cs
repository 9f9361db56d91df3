namespace FlowGen.Generator.Model;

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

    /// <summary>Takes the value of the step that was first.</summary>
    Race,

    /// <summary>Runs whatever happens, before the workflow is left: undoes and handles a failure of the whole.</summary>
    Unwind,

    /// <summary>Never runs: in a plan in which nothing fails, what handles a failure.</summary>
    Idle,
}

/// <param name="Label">Unique identifier: <c>Cold_Quote</c>, <c>EnterCold</c>, <c>ExitCold</c>.</param>
/// <param name="Scope">The activation that it belongs to; for Enter and Exit the one they open and close.</param>
/// <param name="GraphNode">In the flattened graph, or -1.</param>
/// <param name="Description">For the comment above it: path and condition.</param>
/// <param name="Guard">All must hold, or it is skipped.</param>
/// <param name="Call">What it calls; null for boundaries and verdicts.</param>
/// <param name="Value">What it yields; -1 for nothing.</param>
/// <param name="HasFlag">Its completion has to be remembered: it may be skipped, or its failure handled.</param>
/// <param name="KeepsError">Somebody observes or handles its failure.</param>
/// <param name="IsBestEffort">A failure that nobody handles counts as skipped.</param>
/// <param name="Assignments">Enter: inputs of the child to compute. Exit: the result to take, into <paramref name="Value"/>.</param>
/// <param name="Verdict">For a verdict.</param>
/// <param name="Child">What a linked step runs.</param>
/// <param name="Policy">What watches over its calls.</param>
/// <param name="Repeat">It is run again and again.</param>
/// <param name="Patterns">Which of its failures are handled; empty for all that <paramref name="Handled"/> says.</param>
/// <param name="Replaces">Steps whose failure it stands in for: its own failure replaces theirs.</param>
/// <param name="IsArmed">Something undoes it.</param>
/// <param name="Race">For a race.</param>
/// <param name="Any">Groups of steps, of each of which one must have settled before it starts.</param>
/// <param name="Rule">Decides when it starts.</param>
/// <param name="Withdraws">Steps that are withdrawn when it completes.</param>
/// <param name="KeepsFinished">A loop that it withdraws completes with what has finished.</param>
/// <param name="Region">Of a step that may be withdrawn: its own; -1 for that of its activation.</param>
/// <param name="Ends">The workflow ends when it completes.</param>
/// <param name="Choice">What a linked step runs that is chosen at run time.</param>
/// <param name="IsStoppable">It is a loop that another step may stop, so that it completes with what has finished.</param>
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
    bool IsBestEffort,
    bool IsEarly,
    EquatableArray<PlanAssignment> Assignments,
    PlanEach? Each,
    PlanVerdict? Verdict,
    PlanChild? Child,
    PlanPolicy? Policy,
    PlanRepeat? Repeat,
    EquatableArray<PlanFailure> Patterns,
    EquatableArray<int> Replaces,
    bool IsArmed,
    PlanRace? Race,
    EquatableArray<PlanAny> Any,
    PlanRule? Rule,
    EquatableArray<int> Withdraws,
    bool KeepsFinished,
    int Region,
    bool Ends,
    PlanChoice? Choice,
    bool IsStoppable)
{
    /// <summary>Its completion does more than let others start, so that emitted code has to see it.</summary>
    public bool Acts => Repeat is not null || IsArmed || Withdraws.Count > 0 || Region >= 0 || Ends;
}

internal sealed record PlanAssignment(int Value, PlanArgument Argument);

/// <summary>One condition of a guard.</summary>
/// <param name="Steps">What it looks at; at least one must be there.</param>
/// <param name="Value">For a comparison, the value compared; -1 for presence alone.</param>
/// <param name="Failures">Instead: one of these has happened.</param>
internal sealed record PlanTerm(
    EquatableArray<int> Steps, int Value, EquatableArray<string> Values, bool Negated, bool IsTruth, EquatableArray<PlanFailure> Failures)
{
    /// <summary>At least one of the steps has completed.</summary>
    public static PlanTerm Presence(EquatableArray<int> steps) =>
        new(steps, -1, EquatableArray<string>.Empty, Negated: false, IsTruth: false, EquatableArray<PlanFailure>.Empty);

    /// <summary>One of the failures has happened.</summary>
    public static PlanTerm Failure(EquatableArray<PlanFailure> failures) =>
        new(failures.Select(failure => failure.Step).ToEquatableArray(), -1, EquatableArray<string>.Empty, Negated: false, IsTruth: false, failures);
}

/// <param name="Failing">The step whose failure is judged.</param>
/// <param name="Handling">Steps whose guards say whether somebody who handles it runs.</param>
internal sealed record PlanVerdict(int Failing, EquatableArray<int> Handling);
