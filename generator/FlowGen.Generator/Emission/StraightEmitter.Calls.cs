using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>Steps that call something, once or again and again.</summary>
internal sealed partial class StraightEmitter
{
    private void EmitCall(PlanStep step)
    {
        _writer.Line("// " + step.Description);
        _printer.OwnToken = _progress?.TokenOf(step);
        string call = FrameEmitter.CallText(step, _printer);
        _printer.OwnToken = null;
        bool isWrapped = step.Guard.Count > 0 || step.Handled || step.Replaces.Count > 0;
        if (!isWrapped && step.Repeat is null)
        {
            _progress?.EmitBegin(step);
            EmitCheck(step);
            EmitAssignment(step, call, step.Value < 0 ? "" : Declared(step.Value) + " = ");
            if (step.HasFlag)
            {
                _writer.Line((_isInFrame ? "" : "bool ") + _printer.Flag(step.Index) + " = true;");
            }

            _progress?.EmitEnd(step);
            _writer.Line();
            return;
        }

        EmitDeclarations(step, step.Value);
        OpenWrapped(step, step);
        _progress?.EmitBegin(step);
        if (step.Repeat is { } repeat)
        {
            EmitLoop(step, repeat, call);
        }
        else
        {
            EmitCheck(step);
            EmitAssignment(step, call, step.Value < 0 ? "" : _printer.Value(step.Value) + " = ");
        }

        EmitFlag(step);
        _progress?.EmitEnd(step);
        CloseWrapped(step, step);
    }

    /// <summary>A step that is run again and again, as an author would write it.</summary>
    private void EmitLoop(PlanStep step, PlanRepeat repeat, string call)
    {
        string times = FirstPassEmitter.Times(_plan, step);
        bool isCounted = repeat.MaxIterations > 0 || step.MaySuspend;
        if (isCounted)
        {
            _writer.Line("int " + times + " = 0;");
        }

        if (repeat.Initial is { } initial)
        {
            _writer.Line(Declared(repeat.Carry) + " = " + _printer.Argument(initial, step.GraphNode) + ";");
        }

        _writer.Open("while (true)");
        EmitCheck(step);
        EmitAssignment(step, call, step.Value < 0 ? "" : _printer.Value(step.Value) + " = ");
        string check = FrameEmitter.CallText(repeat.Check, _printer, step.GraphNode);
        _writer.Open("if (" + (repeat.IsWhile ? "!" + check : check) + ")");
        _writer.Line("break;");
        _writer.Close();
        _writer.Line();
        if (repeat.MaxIterations == 0 && isCounted)
        {
            _writer.Line(times + "++;");
        }

        if (repeat.MaxIterations > 0)
        {
            _writer.Open("if (++" + times + " == " + Known.Number(repeat.MaxIterations) + ")");
            _writer.Line(repeat.FailsAtLimit
                ? "throw " + Known.Services + "FlowEntry.LimitReached(" + Known.Literal(_plan.Bound.Surface.Id) + ", " + Known.Literal(_plan.Graph.Nodes[step.GraphNode].Path) + ", " + Known.Number(repeat.MaxIterations)
                    + (_plan.Form == PlanForm.Straight ? "" : ", " + Known.Services + "FlowEntry.NewRunId(Runtime)") + ");"
                : "break;");
            _writer.Close();
            _writer.Line();
        }

        if (repeat.Carry >= 0)
        {
            _writer.Line(_printer.Value(repeat.Carry) + " = " + _printer.Value(step.Value) + ";");
        }

        _writer.Close();
        _writer.Line();
    }

    private void EmitAssignment(PlanStep step, string call, string target)
    {
        if (!step.MaySuspend)
        {
            _writer.Line(target + call + ";");
            return;
        }

        string? type = step.Value < 0 ? null : _plan.Values[step.Value].Type;
        string pending = FirstPassEmitter.Pending(_plan, step);
        bool isTask = step.Call!.Shape is ReturnShape.Task or ReturnShape.TaskOfT;
        _writer.Line(pending + " = " + (isTask ? "new " + Known.ValueTask(type) + "(" + call + ")" : call) + ";");
        _writer.Open("if (!" + pending + (_progress is null ? ".IsCompleted" : ProgressEmitter.IsDone(step)) + ")");
        if (_progress is null)
        {
            _writer.Lines(FirstPassEmitter.Leave(_plan, step, pending));
        }
        else
        {
            _progress.EmitLeave(step, pending);
        }

        _writer.Close();
        _writer.Line();
        _writer.Line(type is null ? pending + ".GetAwaiter().GetResult();" : target + pending + ".Result;");
    }
}
