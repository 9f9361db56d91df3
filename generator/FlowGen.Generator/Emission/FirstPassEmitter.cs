using FlowGen.Generator.Lowering;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>
/// Prints how a first pass (see <see cref="FirstPass"/>) is left: the first node that does not complete takes what is still needed into a frame. Where a failure leads
/// into the frame as well, <see cref="ProgressEmitter"/> does that.
/// </summary>
internal static class FirstPassEmitter
{
    public static string LeaveName(PlanStep step) => "LeaveAt" + step.Label;

    /// <summary>The statements that move a run into a frame and leave the method.</summary>
    public static string Leave(ExecutionPlan plan, PlanStep step, string pending)
    {
        string live = string.Concat(Live(plan, step).Select(value => ", " + value.Passed));
        return Leave(plan, "__Frame." + LeaveName(step) + "(this, " + Token(plan) + live + ", " + pending + ")");
    }

    /// <summary>The same with the call at hand.</summary>
    public static string Leave(ExecutionPlan plan, string run) => "__pass.__run = " + run + ";\n"
        + "__pass.__hasLeft = true;\n"
        + (plan.Bound.Surface.Entry!.Result is null ? "return;" : "return default!;");

    /// <summary>The token of the caller, by its name in the entry.</summary>
    public static string Token(ExecutionPlan plan) => plan.Bound.Surface.Entry!.TokenParameter is { } name ? Known.Escape(name) : "default";

    /// <summary>The local that counts the iterations of a loop.</summary>
    public static string Times(ExecutionPlan plan, PlanStep step) => ValuePrinter.Local(plan, "timesOf" + step.Label);

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

    /// <summary>What has been computed before the step and may be read after it, or by its next iteration.</summary>
    public static IEnumerable<(string Type, string Name, string Field, string Passed)> Live(ExecutionPlan plan, PlanStep step)
    {
        PlanStep[] later = [.. plan.Steps.Where(other => other.Index > step.Index || (other == step && step.Repeat is not null))];
        PlanTerm[] guards = [.. later.SelectMany(other => other.Guard)];
        PlanSource[] sources = [.. later.SelectMany(FlagUse.ArgumentsOf).SelectMany(argument => argument.Sources)];
        HashSet<int> values = [.. guards.Select(term => term.Value), .. sources.Select(source => source.Value)];
        HashSet<int> flags = [.. guards.SelectMany(term => term.Steps), .. sources.Select(source => source.Step)];
        foreach (PlanValue value in plan.Values.Where(value => values.Contains(value.Index)))
        {
            if (value.InputIndex >= 0 || (value.IsField && (value.Producer < step.Index || value.Index == step.Repeat?.Carry)))
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

        if (step.Repeat is not null)
        {
            yield return ("int", "timesOf" + step.Label, FrameEmitter.TimesField(step), Times(plan, step));
        }
    }
}
