using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>
/// Prints the first pass of a serial run that owns nothing: as long as its nodes complete at once they are plain calls on locals, and no
/// frame is rented. The first that does not complete takes what is still needed into a frame.
/// </summary>
internal static class FirstPassEmitter
{
    /// <summary>Beyond this the ways into the frame would be more text than the workflow.</summary>
    private const int MaxSteps = 40;

    public static bool Applies(ExecutionPlan plan) =>
        plan.Form == PlanForm.Serial
        && plan.Steps.Count <= MaxSteps
        && plan.Bound.Surface is { Enabled: true, Entry: { OptionsParameter: null, IsSynchronous: false } entry }
        && entry.ResultStrength != Strength.Outcome
        && plan.Bound.Settings is { Timeout: null, MaxConcurrentRuns: 0 }
        && plan.Scopes.All(scope => !scope.HasInstances && scope.Disabled is null)
        && plan.Steps.All(step => step.Policy is null && step.Call?.Wait is null && step.Kind != StepKind.Unwind && step.Each is null && step.Kind != StepKind.Linked && step.Repeat is null && !step.Ends && !step.OnPool && !step.Handled && step.Kind != StepKind.Verdict && step.Call is not { AsksForRun: true });

    public static string LeaveName(PlanStep step) => "LeaveAt" + step.Label;

    /// <summary>The statements that move a run into a frame and leave the method.</summary>
    public static string Leave(ExecutionPlan plan, PlanStep step, string pending)
    {
        EntryDeclaration entry = plan.Bound.Surface.Entry!;
        string token = entry.TokenParameter is { } name ? Known.Escape(name) : "default";
        string live = string.Concat(Live(plan, step).Select(value => ", " + value.Passed));
        return "__pass.__run = __Frame." + LeaveName(step) + "(this, " + token + live + ", " + pending + ");\n"
            + "__pass.__hasLeft = true;\n"
            + (entry.Result is null ? "return;" : "return default!;");
    }

    /// <summary>The local that holds the task of a step. Steps of one type share it: the JIT keeps few locals of this size well.</summary>
    public static string Pending(ExecutionPlan plan, PlanStep step) =>
        "__pending" + Known.Number(PendingTypes(plan).IndexOf(PendingType(plan, step)) + 1);

    /// <summary>Declares those locals.</summary>
    public static void EmitPending(CodeWriter writer, ExecutionPlan plan)
    {
        int number = 0;
        foreach (string type in PendingTypes(plan))
        {
            writer.Line(type + " __pending" + Known.Number(++number) + ";");
        }

        if (number > 0)
        {
            writer.Line();
        }
    }

    private static List<string> PendingTypes(ExecutionPlan plan) => plan.Steps
        .Where(step => step.MaySuspend)
        .Select(step => PendingType(plan, step))
        .Distinct(StringComparer.Ordinal)
        .ToList();

    private static string PendingType(ExecutionPlan plan, PlanStep step) =>
        Known.ValueTask(step.Value < 0 ? null : plan.Values[step.Value].Type);

    /// <summary>What has been computed before the step and may be read after it.</summary>
    public static IEnumerable<(string Type, string Name, string Field, string Passed)> Live(ExecutionPlan plan, PlanStep step)
    {
        PlanStep[] later = [.. plan.Steps.Where(other => other.Index > step.Index)];
        PlanTerm[] guards = [.. later.SelectMany(other => other.Guard)];
        PlanSource[] sources = [.. later.SelectMany(ArgumentsOf).SelectMany(argument => argument.Sources)];
        HashSet<int> values = [.. guards.Select(term => term.Value), .. sources.Select(source => source.Value)];
        HashSet<int> flags = [.. guards.SelectMany(term => term.Steps), .. sources.Select(source => source.Step)];
        foreach (PlanValue value in plan.Values.Where(value => values.Contains(value.Index)))
        {
            if (value.InputIndex >= 0 || (value.IsField && value.Producer < step.Index))
            {
                string passed = value.InputIndex >= 0 ? plan.Bound.Surface.Entry!.Inputs[value.InputIndex].Name : value.Name;
                yield return (value.Type, Known.Escape(value.Name), "_" + value.Name, Known.Escape(passed));
            }
        }

        foreach (PlanStep earlier in plan.Steps.Where(earlier => earlier.HasFlag && earlier.Index < step.Index && flags.Contains(earlier.Index)))
        {
            string name = earlier.Kind == StepKind.Exit ? plan.Scopes[earlier.Scope].Name : earlier.Label;
            yield return ("bool", "has" + name, "_has" + name, ValuePrinter.Local(plan, "has" + name));
        }
    }

    private static IEnumerable<PlanArgument> ArgumentsOf(PlanStep step) =>
        (step.Call?.Arguments ?? EquatableArray<PlanArgument>.Empty).Concat(step.Assignments.Select(assignment => assignment.Argument));
}
