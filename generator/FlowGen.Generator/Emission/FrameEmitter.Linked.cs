using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>Steps that run a sub-workflow in a frame of its own, as a part of the same run.</summary>
internal sealed partial class FrameEmitter
{
    private void EmitLinked(PlanStep step)
    {
        string node = Known.Number(step.GraphNode);
        EmitStart(step, "LinkSkipped(" + node + ")");
        EmitObserved("LinkEntered(" + node + ")");
        string call = step.Policy is null ? LinkedCall(_plan, step, _printer, "this", "-1", "").Call : PolicyEmitter.Call(step, PolicyField(step));
        EmitAwait(step, call, AwaitedType(step), step.Value < 0 ? null : _printer.Value(step.Value));
        EmitDone(step, step.Child is { IsOutcome: true } ? "LinkLeft(" + node + ", " + _printer.Value(step.Value) + ")" : "LinkLeft(" + node + ")");
    }

    /// <summary>How a sub-workflow is called that runs in a frame of its own.</summary>
    internal static (string Call, ReturnShape Shape) LinkedCall(ExecutionPlan plan, PlanStep step, ValuePrinter printer, string frame, string item, string members)
    {
        if (step.Choice is { } choice)
        {
            return (ChoiceCall(step, choice, printer, members, item), ReturnShape.ValueTaskOfT);
        }

        bool isParallel = plan.Form == PlanForm.Parallel;
        string degree = members + "Degree(" + (isParallel ? Known.Number(step.Index) + ", " : "") + Known.Number(step.GraphNode) + ", " + LoopEmitter.Within(plan, step, "0", isParallel) + ")";
        string call = CallOf(step.Child!, printer, frame, step.GraphNode, item, degree, printer.Token(step.Scope));
        return (call, step.Value < 0 ? ReturnShape.ValueTask : ReturnShape.ValueTaskOfT);
    }

    private static string CandidatesField(PlanStep step) => "s_candidatesOf" + step.Label;

    internal static string ChoiceCall(PlanStep step, PlanChoice choice, ValuePrinter printer, string members, string item)
    {
        int graphNode = step.GraphNode;
        string input = choice.IsTuple || choice.Values.Count != 1 ? printer.Packed(choice.Values, graphNode) : printer.Argument(choice.Values[0], graphNode);
        string candidates = choice.Candidates.Count == 0 ? "null" : "__Frame." + CandidatesField(step);
        return members + "RunChosenAsync<" + choice.Input + ", " + choice.Output + ">(" + printer.Argument(choice.Reference, graphNode) + ", " + Known.Number(graphNode) + ", " + item + ", " + input + ", "
            + candidates + ", " + Known.Number(choice.MaxDepth) + ", " + (choice.AllowsRecursion ? "true" : "false") + ", " + printer.Token(0) + ")";
    }

    /// <summary>The call of the hidden entry through which a workflow joins a run.</summary>
    internal static string CallOf(PlanChild child, ValuePrinter printer, string frame, int node, string item, string limit, string token)
    {
        string cleanup = child.Cleanup is { } timing ? Known.Flow + "CleanupMode." + timing : "null";
        return (child.Shared ?? printer.Workflow + child.Receiver) + ".__RunWithin(" + frame + ", " + Known.Number(node) + ", " + item + ", " + cleanup + ", " + limit + ", "
            + string.Concat(child.Inputs.Select(input => printer.Argument(input, node) + ", ")) + token + ")";
    }
}
