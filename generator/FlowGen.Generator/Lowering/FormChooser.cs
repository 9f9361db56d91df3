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

        return IsSerial(builder.Steps) ? PlanForm.Serial : PlanForm.Parallel;
    }

    /// <summary>Nothing suspends and nothing asks who the run is.</summary>
    private static bool IsStraight(PlanBuilder builder) =>
        builder.Root.Surface.Entry!.OptionsParameter is null
        && builder.Scopes.All(scope => !scope.ConvertsFailure)
        && builder.Steps.All(step => !step.MaySuspend && !AsksForRun(step));

    private static bool AsksForRun(StepDraft step) =>
        step.Call is { } call && call.Arguments.Any(argument =>
            argument.Kind is ArgumentKind.FlowContext or ArgumentKind.Service || argument.IsRunScoped);

    /// <summary>
    /// While a step is suspended, nothing else can go on: every step after one that may suspend descends from it. It is enough to see that each
    /// step waits for the last such step before it or for something after that one, for those descend from it by induction.
    /// </summary>
    private static bool IsSerial(List<StepDraft> steps)
    {
        int last = -1;
        foreach (StepDraft step in steps)
        {
            if (last >= 0 && !step.Waits.Keys.Any(wait => wait >= last))
            {
                return false;
            }

            if (step.MaySuspend)
            {
                last = step.Index;
            }
        }

        return true;
    }
}
