using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>Steps that call something: nodes, loops over elements, predicates, verdicts.</summary>
internal sealed partial class FrameEmitter
{
    private void EmitStep(PlanStep step)
    {
        _body.Line();
        _body.Line("// " + step.Description);
        if (_isParallel)
        {
            Entry(2 * step.Index, StartLabel(step));
        }
        else if (_entered.Contains(step.Index))
        {
            Entry(3 * step.Index, StartLabel(step));
        }

        _body.Label(StartLabel(step));
        switch (step.Kind)
        {
            case StepKind.Enter:
                EmitEnter(step);
                break;
            case StepKind.Exit:
                EmitExit(step);
                break;
            case StepKind.Verdict:
                EmitVerdict(step);
                EmitSettled(step);
                break;
            case StepKind.Linked:
                EmitLinked(step);
                break;
            case StepKind.Predicate:
                EmitPredicate(step);
                break;
            default:
                EmitNode(step);
                break;
        }
    }

    private void EmitNode(PlanStep step)
    {
        EmitGuard(step, SettledLabel(step));
        EmitBegin(step);
        EmitExecuting(step);
        if (step.OnPool)
        {
            EmitMoveToPool(step);
        }

        if (!(_isParallel && step.OnPool))
        {
            EmitCall(step);
        }

        _body.Label(DoneLabel(step));
        if (step.HasFlag)
        {
            _body.Line(_printer.Flag(step.Index) + " = true;");
        }

        EmitObserved("Completed(" + Known.Number(step.GraphNode) + ")");
        EmitSettled(step);
    }

    private void EmitPredicate(PlanStep step)
    {
        EmitGuard(step, SettledLabel(step), isNode: false);
        _body.Line("Step = " + Known.Number(step.Index) + ";");
        _body.Line(_printer.Value(step.Value) + " = " + CallText(step, _printer) + ";");
        if (step.HasFlag)
        {
            _body.Line(_printer.Flag(step.Index) + " = true;");
        }

        EmitSettled(step);
    }

    private void EmitVerdict(PlanStep step)
    {
        PlanVerdict verdict = step.Verdict!;
        _body.Line("Step = " + Known.Number(step.Index) + ";");
        _body.Open("if (" + _printer.Verdict(verdict) + ")");
        _body.Line(Known.Services + "FlowEntry.Rethrow(" + _printer.Error(verdict.Failing) + ");");
        _body.Close();
        _body.Line();
    }

    private void EmitGuard(PlanStep step, string skipped, bool isNode = true)
    {
        if (step.Guard.Count == 0)
        {
            return;
        }

        _body.Open("if (!(" + _printer.Guard(step) + "))");
        if (isNode)
        {
            EmitObserved("Skipped(" + Known.Number(step.GraphNode) + ")");
        }

        _body.Line(Jump(skipped));
        _body.Close();
        _body.Line();
    }

    private void EmitBegin(PlanStep step)
    {
        _body.Line("Step = " + Known.Number(step.Index) + ";");
        if (ChecksToken)
        {
            _body.Line("Token.ThrowIfCancellationRequested();");
        }
    }

    private bool ChecksToken => _plan.IsJoinable || _plan.Bound.Surface.Entry!.TokenParameter is not null;

    /// <summary>The elements of a loop report for themselves.</summary>
    private void EmitExecuting(PlanStep step)
    {
        if (step.Each is null)
        {
            EmitObserved("Executing(" + Known.Number(step.GraphNode) + ")");
        }
    }

    private void EmitObserved(string call)
    {
        _body.Open("if (observed)");
        _body.Line(call + ";");
        _body.Close();
        _body.Line();
    }

    /// <summary>In a scheduled run the scheduler says what comes next; otherwise it is the next step.</summary>
    private void EmitSettled(PlanStep step)
    {
        _body.Label(SettledLabel(step));
        if (_isParallel)
        {
            _body.Open("if (Scheduled)");
            _body.Line("code = Settle(" + Known.Number(step.Index) + ");");
            _body.Line(Jump("Dispatch"));
            _body.Close();
        }
        else if (step.Handled)
        {
            Entry((3 * step.Index) + 2, SettledLabel(step));
        }

        _body.Line();
    }

    private void EmitCall(PlanStep step)
    {
        string call = step.Each is null ? CallText(step, _printer) : LoopEmitter.Call(_plan, step, _printer, _isParallel);
        ReturnShape shape = ShapeOf(step);
        switch (shape)
        {
            case ReturnShape.Void:
                _body.Line(call + ";");
                return;
            case ReturnShape.Value:
                _body.Line((step.Value < 0 ? "_" : _printer.Value(step.Value)) + " = " + call + ";");
                return;
            case ReturnShape.Task:
                call = "new " + Known.ValueTask(null) + "(" + call + ")";
                break;
            case ReturnShape.TaskOfT:
                call = "new " + Known.ValueTask(_plan.Values[step.Value].Type) + "(" + call + ")";
                break;
        }

        EmitAwait(step, call, AwaitedType(step), step.Value < 0 ? null : _printer.Value(step.Value));
    }

    /// <summary>Reads a completed task at once, or leaves until it completes.</summary>
    private void EmitAwait(PlanStep step, string call, string? type, string? target)
    {
        string awaiter = AwaiterOf(step);
        _body.Open();
        _body.Line(Known.ValueTask(type) + " pending = " + call + ";");
        _body.Open("if (!pending.IsCompleted)");
        if (_isParallel)
        {
            _body.Line("code = Suspend(" + Known.Number(step.Index) + ", pending, ref " + awaiter + ");");
            _body.Line(Jump("Dispatch"));
        }
        else
        {
            _body.Line("Suspend(" + Known.Number((3 * step.Index) + 1) + ", pending, ref " + awaiter + ");");
            _body.Line(Suspended);
        }

        _body.Close();
        _body.Line();
        _body.Line(target is null ? "pending.GetAwaiter().GetResult();" : target + " = pending.Result;");
        _body.Close();
        _body.Line();
        Entry(_isParallel ? (2 * step.Index) + 1 : (3 * step.Index) + 1, ResumeLabel(step));
        _stubs.Add(() => EmitResume(step, awaiter, target));
    }

    private void EmitResume(PlanStep step, string awaiter, string? target)
    {
        _body.Line();
        _body.Label(ResumeLabel(step));
        _body.Line("Step = " + Known.Number(step.Index) + ";");
        if (_isParallel)
        {
            // The result was taken by the thread that completed the step.
            _body.Line("ThrowIfFailed(" + Known.Number(step.Index) + ");");
            _body.Line(Jump(DoneLabel(step)));
            _taken.Add((step, target));
            return;
        }

        _body.Open();
        _body.Line("var awaited = " + awaiter + ";");
        _body.Line(awaiter + " = default;");
        _body.Line((target is null ? "" : target + " = ") + "awaited.GetResult();");
        _body.Close();
        _body.Line();
        _body.Line(Jump(DoneLabel(step)));
    }

    private void EmitMoveToPool(PlanStep step)
    {
        if (!_isParallel)
        {
            // The run itself moves, and goes on there.
            string label = "Pool" + step.Label;
            int code = (3 * _plan.Steps.Count) + step.Index;
            _body.Line("MoveToThreadPool(" + Known.Number(code) + ");");
            _body.Line(Suspended);
            _body.Line();
            Entry(code, label);
            _body.Label(label);
            _body.Line("Step = " + Known.Number(step.Index) + ";");
            return;
        }

        if (step.Call!.Arguments.Any(argument => argument.Kind == ArgumentKind.CancellationToken))
        {
            _body.Line("_ = " + TokenOf(step.Scope) + ";");
        }

        // Tokens and objects are created by the thread that runs the workflow, not by two of the pool's at once.
        if (step.Call.Kind == CallKind.Class)
        {
            _body.Line("_ = " + _printer.Instance(step.Call.Scope, Known.Escape(step.Call.Member)) + ";");
        }

        foreach (PlanArgument argument in step.Call.Arguments.Where(argument => argument.Kind == ArgumentKind.State && !argument.IsRunScoped))
        {
            _body.Line("_ = " + _printer.Argument(argument with { Name = "" }, step.GraphNode) + ";");
        }

        _body.Line("code = MoveToThreadPool(" + Known.Number(step.Index) + ");");
        _body.Line(Jump("Dispatch"));
        _body.Line();
        Entry((2 * step.Index) + 1, ResumeLabel(step));
        _stubs.Add(() => EmitResume(step, AwaiterOf(step), step.Value < 0 ? null : _printer.Value(step.Value)));
    }

    private ReturnShape ShapeOf(PlanStep step) => step.Each is null
        ? step.Call!.Shape
        : step.Value < 0 ? ReturnShape.ValueTask : ReturnShape.ValueTaskOfT;

    internal static string CallText(PlanStep step, ValuePrinter printer)
    {
        PlanCall call = step.Call!;
        string arguments = printer.Arguments(call.Arguments, step.GraphNode);
        string receiver = call.IsStatic ? printer.TypeOf(call.Scope) : printer.Receiver(call.Scope);
        return call.Kind switch
        {
            CallKind.Class => printer.Instance(call.Scope, Known.Escape(call.Member)) + "." + call.Method + "(" + arguments + ")",
            CallKind.PredicateMember => receiver + "." + call.Member,
            _ => receiver + "." + call.Member + "(" + arguments + ")",
        };
    }
}
