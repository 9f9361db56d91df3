using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>How a step calls what it stands for, and waits for it.</summary>
internal sealed partial class FrameEmitter
{
    private void EmitCall(PlanStep step)
    {
        if (AsksItself(step))
        {
            EmitAsk(step);
            return;
        }

        string call = CallOf(step);
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

    /// <summary>The call that the frame makes: of the node, its loop, or what watches over it.</summary>
    private string CallOf(PlanStep step)
    {
        if (step.Each is not null)
        {
            return LoopEmitter.Call(_plan, step, _printer, _isParallel);
        }

        return step.Policy is null ? CallText(step, _printer) : PolicyEmitter.Call(step, PolicyField(step));
    }

    private static string PolicyField(PlanStep step) => "_policyOf" + step.Label;

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
            _body.Line("Token.ThrowIfCancellationRequested();");
            return;
        }

        if (step.Policy is not null)
        {
            _body.Line("_ = " + PolicyEmitter.Made(step.Label, PolicyField(step)) + ";");
        }

        if (step.Call!.Arguments.Any(argument => argument.Kind == ArgumentKind.CancellationToken))
        {
            _body.Line("_ = " + TokenOf(step) + ";");
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

    private static ReturnShape ShapeOf(PlanStep step) => step.Policy is not null && step.Each is null
        ? ReturnShape.ValueTaskOfT
        : step.Each is null ? step.Call!.Shape
        : step.Value < 0 ? ReturnShape.ValueTask : ReturnShape.ValueTaskOfT;

    /// <summary>The only question of the run at that time, and nobody watches over it: the frame itself waits for the answer.</summary>
    private bool AsksItself(PlanStep step) =>
        !_isParallel && step is { Each: null, Policy: null, Value: >= 0, Call.Wait: { Key: null } wait } && AwaitedType(step) == wait.Response;

    private void EmitAsk(PlanStep step)
    {
        PlanWait wait = step.Call!.Wait!;
        string target = _printer.Value(step.Value);
        string types = "<" + wait.Request + ", " + wait.Response + ">";
        string slot = "ref " + AwaiterOf(step);
        int state = (3 * step.Index) + 1;
        _body.Open("if (!Ask" + types + "(" + Known.Number(state) + ", " + Known.Number(step.GraphNode) + ", " + _printer.Packed(wait.Values, step.GraphNode) + ", "
            + (wait.IsTransient ? "true" : "false") + ", " + _printer.Token(step.Call.Scope) + ", ref " + target + ", " + slot + "))");
        _body.Line(Suspended);
        _body.Close();
        _body.Line();
        Entry(state, ResumeLabel(step));
        _stubs.Add(() =>
        {
            _body.Line();
            _body.Label(ResumeLabel(step));
            _body.Line("Step = " + Known.Number(step.Index) + ";");
            _body.Line(target + " = Answered" + types + "(" + Known.Number(step.GraphNode) + ", " + slot + ");");
            _body.Line(Jump(DoneLabel(step)));
        });
    }

    internal static string CallText(PlanStep step, ValuePrinter printer)
    {
        PlanCall call = step.Call!;
        return CallText(call, printer, step.GraphNode);
    }

    internal static string CallText(PlanCall call, ValuePrinter printer, int graphNode)
    {
        if (call.Wait is { } wait)
        {
            return WaitText(wait, printer, graphNode, call.Scope);
        }

        string arguments = printer.Arguments(call.Arguments, graphNode);
        string receiver = call.IsStatic ? printer.TypeOf(call.Scope) : printer.Receiver(call.Scope);
        string text = call.Kind switch
        {
            CallKind.Class => printer.Instance(call.Scope, Known.Escape(call.Member)) + "." + call.Method + "(" + arguments + ")",
            CallKind.PredicateMember => receiver + "." + call.Member,
            _ => receiver + "." + call.Member + "(" + arguments + ")",
        };
        return IsTask(call) ? text + " ?? throw " + printer.NoTask(call, graphNode) : text;
    }

    /// <summary>Only then can what it returns be null.</summary>
    internal static bool IsTask(PlanCall call) => call.Shape is ReturnShape.Task or ReturnShape.TaskOfT;

    private static string WaitText(PlanWait wait, ValuePrinter printer, int graphNode, int scope)
    {
        string key = wait.Key is { } argument ? printer.Argument(argument, graphNode) : printer.ElementScope is null ? "" : "index";
        string request = printer.Packed(wait.Values, graphNode);
        return printer.Frame + "AskAsync<" + (key.Length == 0 ? "" : wait.KeyType + ", ") + wait.Request + ", " + wait.Response + ">("
            + Known.Number(graphNode) + ", " + (key.Length == 0 ? "" : key + ", ") + request + ", " + (wait.IsTransient ? "true" : "false") + ", " + printer.Token(scope) + ")";
    }
}
