using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>Steps that run a sub-workflow in a frame of its own, as a part of the same run.</summary>
internal sealed partial class FrameEmitter
{
    private void EmitLinked(PlanStep step)
    {
        string node = Known.Number(step.GraphNode);
        if (step.Guard.Count > 0)
        {
            _body.Open("if (!(" + _printer.Guard(step) + "))");
            EmitObserved("LinkSkipped(" + node + ")");
            _body.Line(Jump(SettledLabel(step)));
            _body.Close();
            _body.Line();
        }

        EmitBegin(step);
        EmitObserved("LinkEntered(" + node + ")");
        string degree = "Degree(" + (_isParallel ? Known.Number(step.Index) + ", " : "") + node + ", " + LoopEmitter.Within(_plan, step, "0", _isParallel) + ")";
        EmitAwait(step, CallOf(step.Child!, _printer, "this", step.GraphNode, "-1", degree, TokenOf(step.Scope)), AwaitedType(step), step.Value < 0 ? null : _printer.Value(step.Value));
        _body.Label(DoneLabel(step));
        if (step.HasFlag)
        {
            _body.Line(_printer.Flag(step.Index) + " = true;");
        }

        EmitObserved(step.Child!.IsOutcome ? "LinkLeft(" + node + ", " + _printer.Value(step.Value) + ")" : "LinkLeft(" + node + ")");
        EmitSettled(step);
    }

    /// <summary>The call of the hidden entry through which a workflow joins a run.</summary>
    internal static string CallOf(PlanChild child, ValuePrinter printer, string frame, int node, string item, string limit, string token)
    {
        string cleanup = child.Cleanup is { } timing ? Known.Flow + "CleanupMode." + timing : "null";
        return (child.Shared ?? printer.Workflow + child.Receiver) + ".__RunWithin(" + frame + ", " + Known.Number(node) + ", " + item + ", " + cleanup + ", " + limit + ", "
            + string.Concat(child.Inputs.Select(input => printer.Argument(input, node) + ", ")) + token + ")";
    }
}
