using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>Steps that are run again and again. What the next iteration needs is kept where the step's own values are.</summary>
internal sealed partial class FrameEmitter
{
    internal static string TimesField(PlanStep step) => "_timesOf" + step.Label;

    private static string AgainLabel(PlanStep step) => "Again" + step.Label;

    /// <summary>A loop that was held between two iterations is entered through the start of its step.</summary>
    private void EmitAgain(PlanStep step)
    {
        if (step.Repeat is null)
        {
            return;
        }

        _body.Open("if (" + TimesField(step) + " > 0)");
        _body.Line(Jump(AgainLabel(step)));
        _body.Close();
        _body.Line();
    }

    private void EmitFirstIteration(PlanStep step)
    {
        if (step.Repeat is not { } repeat)
        {
            return;
        }

        if (repeat.Initial is { } initial)
        {
            // What it takes may throw.
            _body.Line("Step = " + Known.Number(step.Index) + ";");
            _body.Line(_printer.Value(repeat.Carry) + " = " + _printer.Argument(initial, step.GraphNode) + ";");
        }

        _body.Label(AgainLabel(step));
    }

    private void EmitNextIteration(PlanStep step)
    {
        if (step.Repeat is not { } repeat)
        {
            return;
        }

        string times = TimesField(step);
        string check = CallText(repeat.Check, _printer, step.GraphNode);
        _body.Open("if (" + (repeat.IsWhile ? check : "!" + check) + ")");
        string next = times + "++;";
        if (repeat.MaxIterations > 0)
        {
            _body.Open("if (++" + times + " < " + Known.Number(repeat.MaxIterations) + ")");
            next = "";
        }

        if (next.Length > 0)
        {
            _body.Line(next);
        }

        if (repeat.Carry >= 0)
        {
            _body.Line(_printer.Value(repeat.Carry) + " = " + _printer.Value(step.Value) + ";");
        }

        _body.Line(Jump(AgainLabel(step)));
        if (repeat.MaxIterations > 0)
        {
            _body.Close();
            if (repeat.FailsAtLimit)
            {
                _body.Line();
                _body.Line(times + " = 0;");
                _body.Line("ThrowLimit(" + Known.Number(step.GraphNode) + ", " + Known.Number(repeat.MaxIterations) + ");");
            }
        }

        _body.Close();
        _body.Line();
        _body.Line(times + " = 0;");
    }
}
