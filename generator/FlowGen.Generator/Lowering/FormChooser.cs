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

        return new SerialCheck(builder.Steps, builder.Scopes).IsSerial() ? PlanForm.Serial : PlanForm.Parallel;
    }

    /// <summary>Nothing suspends and nothing asks who the run is.</summary>
    private static bool IsStraight(PlanBuilder builder) =>
        builder.Root.Surface.Entry!.OptionsParameter is null
        && builder.Scopes.All(scope => !scope.ConvertsFailure)
        && builder.Steps.All(step => !step.MaySuspend && step.Call is not { AsksForRun: true });
}
