using FlowGen.Generator.Model;

namespace FlowGen.Generator.Lowering;

/// <summary>Decides how a plan is executed; the cheapest form that can do it.</summary>
internal static class FormChooser
{
    public static PlanForm Choose(PlanBuilder builder)
    {
        if (IsStraight(builder))
        {
            return PlanForm.Straight;
        }

        return !builder.Steps.Exists(TakesScheduler) && new SerialCheck(builder.Steps, builder.Scopes).IsSerial() ? PlanForm.Serial : PlanForm.Parallel;
    }

    /// <summary>
    /// One of several is enough for it, or it may be taken out of the run: only a scheduler knows where the others stand. Or its elements go on beside what follows,
    /// whose failure cancels them.
    /// </summary>
    private static bool TakesScheduler(StepDraft step) =>
        step.IsAny || step.IsWithdrawable || step.Withdraws.Count > 0 || step.Each is { Until: not null, Rest: EachRest.Ignore };

    /// <summary>Nothing suspends, nothing ends it early and nothing asks who the run is.</summary>
    private static bool IsStraight(PlanBuilder builder) =>
        builder.Root.Surface.Entry!.OptionsParameter is null
        && builder.Root.Settings is { Timeout: null, MaxConcurrentRuns: 0 }
        && !builder.Steps.Exists(TakesScheduler)
        && builder.Scopes.All(scope => !scope.ConvertsFailure)
        && builder.Steps.All(step => !step.MaySuspend && !step.Ends && step.Call is not { AsksForRun: true } && step.Repeat?.Check is not { AsksForRun: true });
}
