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
        && plan.Scopes.All(scope => !scope.HasInstances && scope.Disabled is null)
        && plan.Steps.All(step => step.Each is null && !step.OnPool && !step.Handled && step.Kind != StepKind.Verdict && !AsksForRun(step));

    public static void EmitStart(CodeWriter writer, EntryDeclaration entry)
    {
        writer.Line("__Start start = new __Start(this"
            + string.Concat(entry.Inputs.Select(input => ", " + Known.Escape(input.Name)))
            + (entry.TokenParameter is { } token ? ", " + Known.Escape(token) : "") + ");");
        writer.Line(Known.Services + "FlowEntry.RunGuarded(ref start);");
        bool isTask = entry.Method.Shape is ReturnShape.Task or ReturnShape.TaskOfT;
        writer.Line("return start.Run" + (isTask ? ".AsTask();" : ";"));
    }

    public static void EmitMachine(CodeWriter writer, ExecutionPlan plan)
    {
        EntryDeclaration entry = plan.Bound.Surface.Entry!;
        string type = plan.Bound.Surface.FullName;
        string? result = entry.Result is null ? null : FrameEmitter.ResultType(entry);
        List<(string Type, string Name)> parameters = entry.Inputs.Select(input => (input.Type.Annotated, input.Name)).ToList();
        if (entry.TokenParameter is { } token)
        {
            parameters.Add((Known.CancellationToken, token));
        }

        writer.Line();
        writer.Line("/// <summary>The first pass: plain calls on locals until a node does not complete at once.</summary>");
        writer.Line(Known.Generated);
        writer.Open("private struct __Start : global::System.Runtime.CompilerServices.IAsyncStateMachine");
        writer.Line("private readonly " + type + " _workflow;");
        foreach ((string parameterType, string name) in parameters)
        {
            writer.Line("private readonly " + parameterType + " _" + name + ";");
        }

        writer.Line();
        writer.Open("internal __Start(" + type + " workflow"
            + string.Concat(parameters.Select(parameter => ", " + parameter.Type + " " + Known.Escape(parameter.Name))) + ")");
        writer.Line("_workflow = workflow;");
        foreach ((string _, string name) in parameters)
        {
            writer.Line("_" + name + " = " + Known.Escape(name) + ";");
        }

        writer.Line("Run = default;");
        writer.Close();
        writer.Line();
        writer.Line("internal " + Known.ValueTask(result) + " Run;");
        writer.Line();
        writer.Open("public void MoveNext()");
        writer.Line(type + " workflow = _workflow;");
        foreach ((string parameterType, string name) in parameters)
        {
            writer.Line(parameterType + " " + Known.Escape(name) + " = _" + name + ";");
        }

        writer.Open("try");
        new StraightEmitter(writer, plan, isFirstPass: true).EmitBody();
        writer.Close();
        writer.Open("catch (" + Known.Exception + " error)");
        string cancellation = entry.TokenParameter is { } name2 ? Known.Escape(name2) : "default";
        writer.Line("Run = " + Known.Services + "FlowEntry.Failed" + (result is null ? "" : "<" + result + ">") + "(error, " + cancellation + ");");
        writer.Close();
        writer.Close();
        writer.Line();
        writer.Open("public readonly void SetStateMachine(global::System.Runtime.CompilerServices.IAsyncStateMachine stateMachine)");
        writer.Close();
        writer.Close();
    }

    public static string Finish(ExecutionPlan plan, string result)
    {
        EntryDeclaration entry = plan.Bound.Surface.Entry!;
        return entry.Result is null
            ? "Run = default;"
            : "Run = new " + Known.ValueTask(FrameEmitter.ResultType(entry)) + "(" + result + ");";
    }

    public static string LeaveName(PlanStep step) => "LeaveAt" + step.Label;

    public static string Leave(ExecutionPlan plan, PlanStep step, ValuePrinter printer, string pending)
    {
        string token = plan.Bound.Surface.Entry!.TokenParameter is { } name ? Known.Escape(name) : "default";
        return "Run = __Frame." + LeaveName(step) + "(workflow, " + token
            + string.Concat(Live(plan, step).Select(live => ", " + live.Name)) + ", " + pending + ");";
    }

    /// <summary>What has been computed before the step and may be read after it.</summary>
    public static IEnumerable<(string Type, string Name, string Field)> Live(ExecutionPlan plan, PlanStep step)
    {
        foreach (PlanValue value in plan.Values)
        {
            if (value.InputIndex >= 0 || (value.IsField && value.Producer < step.Index))
            {
                yield return (value.Type, Known.Escape(value.Name), "_" + value.Name);
            }
        }

        foreach (PlanStep earlier in plan.Steps.Where(earlier => earlier.HasFlag && earlier.Kind != StepKind.Enter && earlier.Index < step.Index))
        {
            string name = earlier.Kind == StepKind.Exit ? plan.Scopes[earlier.Scope].Name : earlier.Label;
            yield return ("bool", "has" + name, "_has" + name);
        }
    }

    private static bool AsksForRun(PlanStep step) => step.Call is { } call && call.Arguments.Any(argument =>
        argument.Kind is ArgumentKind.FlowContext or ArgumentKind.Service || argument.IsRunScoped);
}
