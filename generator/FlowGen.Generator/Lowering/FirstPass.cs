using FlowGen.Generator.Model;

namespace FlowGen.Generator.Lowering;

/// <summary>
/// The first pass of a serial run that owns nothing: as long as its nodes complete at once they are plain calls on locals, without a frame. Here it is decided which
/// plans begin with one, and when it has to remember what it has done.
/// </summary>
internal static class FirstPass
{
    /// <summary>Beyond this the ways into the frame would be more text than the workflow.</summary>
    private const int MaxSteps = 40;

    public static bool Applies(ExecutionPlan plan) =>
        plan.Form == PlanForm.Serial
        && plan.Steps.Count <= MaxSteps
        && plan.Bound.Surface is { Enabled: true, Entry: { OptionsParameter: null, IsSynchronous: false } entry }
        && entry.ResultStrength != Strength.Outcome
        && plan.Bound.Settings is { Timeout: null, MaxConcurrentRuns: 0 }
        && plan.Scopes.All(scope => !scope.HasInstances && scope.Disabled is null && !scope.ConvertsFailure)
        && PlanOf(plan).Steps.All(step => MayTake(step, HandsOver(plan)));

    /// <summary>What a failure leads to: a run with something to retry, to handle or to undo goes on in a frame, which is given what the pass has done.</summary>
    public static bool HandsOver(ExecutionPlan plan) => plan.Steps.Any(step => step.Policy is not null || step.Handled || step.Kind is StepKind.Unwind or StepKind.Verdict);

    /// <summary>What the pass runs.</summary>
    public static ExecutionPlan PlanOf(ExecutionPlan plan) => HandsOver(plan) ? UnfailingPlan.Of(plan) : plan;

    /// <summary>Its body is given a token that a limit cancels; the frame has its source.</summary>
    public static bool NeedsToken(PlanStep step) => step.Policy is { TakesToken: true } policy && (policy.Attempt ?? policy.Total) is not null;

    /// <summary>The step has been run whenever a later one is.</summary>
    public static bool IsCertain(ExecutionPlan pass, PlanStep step)
    {
        if (step.Kind == StepKind.Idle || step.Guard.Count > 0)
        {
            return false;
        }

        // An exit is reached whenever its enter is.
        for (int scope = step.Scope; scope >= 0; scope = pass.Scopes[scope].Parent)
        {
            if (pass.Scopes[scope].Enter is var enter and >= 0 && pass.Steps[enter].Guard.Count > 0)
            {
                return false;
            }
        }

        return true;
    }

    private static bool MayTake(PlanStep step, bool handsOver) => step.Kind switch
    {
        StepKind.Idle => true,
        StepKind.Node or StepKind.Predicate or StepKind.Enter or StepKind.Exit =>
            step is { OnPool: false, Ends: false, Call: not { Wait: not null } and not { AsksForRun: true } }
            && (step.Policy is not { } policy || (!policy.ComesFirst && policy.DelayMs == 0 && step.Repeat is null))
            && (step.Repeat is not { } repeat || (!repeat.Check.AsksForRun && !(handsOver && repeat.FailsAtLimit))),
        _ => false,
    };
}
