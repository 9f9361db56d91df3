using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>The last steps of a run that has failed: what undoes its nodes, and what handles its failure. They run seldom, so they are async methods like any author's.</summary>
internal sealed partial class FrameEmitter
{
    private bool HasUndoLog => _plan.Steps.Any(step => step.Kind == StepKind.Unwind);

    /// <summary>Where a scope goes when it fails, or everything in it has settled.</summary>
    private int LastOf(PlanScope scope) =>
        scope is { Parent: < 0, Exit: > 0 } && _plan.Steps[scope.Exit - 1].Kind == StepKind.Unwind ? scope.Exit - 1 : scope.Exit;

    private void EmitUnwind(PlanStep step)
    {
        if (!_isParallel)
        {
            Entry(3 * step.Index, StartLabel(step));
        }

        _body.Line("Step = " + Known.Number(step.Index) + ";");
        _body.Open("if (IsUnwinding)");
        EmitAwait(step, "UnwindAsync()", null, null);
        _body.Close();
        _body.Open("else");
        _body.Line("ReleaseUndoing();");
        _body.Close();
        _body.Line();
        _body.Label(DoneLabel(step));
    }

    private void EmitUnwinding()
    {
        if (!HasUndoLog)
        {
            return;
        }

        bool isShared = _plan.Steps.Any(step => step.Kind == StepKind.Linked || step.Each?.Child is not null || step.Choice is not null);
        _writer.Line();
        _writer.Line("protected override " + Known.Services + "UndoLog? UndoLog { get; } = new " + Known.Services + "UndoLog(isShared: " + (isShared ? "true" : "false") + ", isSerial: " + (_isParallel ? "false" : "true") + ");");
        EmitUndos();
        EmitRestore();
        EmitHandlers();
    }

    private void EmitUndos()
    {
        if (_plan.Undos.Count == 0)
        {
            return;
        }

        _writer.Line();
        _writer.Open("protected override " + Known.ValueTask(null) + " UndoAsync(int step, " + Known.Exception + " reason, " + Known.CancellationToken + " token)");
        _writer.Line(_type + " workflow = _workflow;");
        _writer.Open("switch (step)");
        foreach (PlanUndo undo in _plan.Undos)
        {
            _writer.Line("case " + Known.Number(undo.Step) + ":");
            _writer.Line("    // " + undo.Description);
            foreach (string line in LateCall(undo.Call, undo.Policy, undo.Label, undo.GraphNode))
            {
                _writer.Line("    " + line);
            }
        }

        _writer.Line("default:");
        _writer.Line("    _ = workflow;");
        _writer.Line("    return default;");
        _writer.Close();
        _writer.Close();
    }

    /// <summary>Statements that return what a compensation returns, as one that yields nothing.</summary>
    private IEnumerable<string> LateCall(PlanCall call, PlanPolicy? policy, string label, int graphNode)
    {
        ValuePrinter printer = LatePrinter("reason");
        if (policy is not null)
        {
            yield return "return " + Known.Services + "FlowEntry.WithoutResult(" + PolicyEmitter.MadeFor(label) + ".RunAsync(reason, token));";
            yield break;
        }

        string text = CallText(call, printer, graphNode);
        switch (call.Shape)
        {
            case ReturnShape.Void or ReturnShape.Value:
                yield return (call.Shape == ReturnShape.Value ? "_ = " : "") + text + ";";
                yield return "return default;";
                break;
            case ReturnShape.ValueTask:
                yield return "return " + text + ";";
                break;
            case ReturnShape.ValueTaskOfT:
                yield return "return " + Known.Services + "FlowEntry.WithoutResult(" + text + ");";
                break;
            default:
                yield return "return new " + Known.ValueTask(null) + "(" + text + ");";
                break;
        }
    }

    private ValuePrinter LatePrinter(string exception) => new(_plan, isStraight: false, "", _ => "token") { OwnToken = "token", Failure = exception };

    /// <summary>A value that came too late stands nowhere else by the time it is needed.</summary>
    private void EmitRestore()
    {
        List<PlanStep> discarding = [.. _plan.Steps.Where(step => step.IsArmed && step.Value >= 0 && step.Policy is { } policy && (policy.Attempt ?? policy.Total) is not null)];
        if (discarding.Count == 0)
        {
            return;
        }

        _writer.Line();
        _writer.Open("protected override void Restore(int step, object? value)");
        _writer.Open("switch (step)");
        foreach (PlanStep step in discarding)
        {
            _writer.Line("case " + Known.Number(step.Index) + ":");
            _writer.Line("    " + _printer.Value(step.Value) + " = (" + _plan.Values[step.Value].Type + ")value!;");
            if (step.HasFlag)
            {
                _writer.Line("    " + _printer.Flag(step.Index) + " = true;");
            }

            _writer.Line("    break;");
        }

        _writer.Close();
        _writer.Close();
    }

    private void EmitHandlers()
    {
        if (_plan.Handlers.Count == 0)
        {
            return;
        }

        _writer.Line();
        bool isAwaited = _plan.Handlers.Any(handler => handler.Policy is not null || handler.Call.Shape is not (ReturnShape.Void or ReturnShape.Value));
        _writer.Open("protected override " + (isAwaited ? "async " : "") + Known.Tasks + "ValueTask<bool> HandleAsync(" + Known.Exception + " error, " + Known.CancellationToken + " token)");
        _writer.Line(_type + " workflow = _workflow;");
        _writer.Line("_ = token;");
        foreach (PlanHandler handler in _plan.Handlers)
        {
            string type = handler.Exception ?? Known.Exception;
            _writer.Line("// " + handler.Description);
            _writer.Open("if (error is " + type + ")");
            EmitHandler(handler, isAwaited);
            _writer.Close();
            _writer.Line();
        }

        _writer.Line("_ = workflow;");
        _writer.Line(Handled("false", isAwaited));
        _writer.Close();
    }

    private static string Handled(string isHandled, bool isAwaited) =>
        isAwaited ? "return " + isHandled + ";" : "return new " + Known.Tasks + "ValueTask<bool>(" + isHandled + ");";

    private void EmitHandler(PlanHandler handler, bool isAwaited)
    {
        ValuePrinter printer = LatePrinter("error");
        string node = Known.Number(handler.GraphNode);
        string guard = printer.Guard(handler.Guard);
        if (guard.Length > 0)
        {
            _writer.Open("if (!(" + guard + "))");
            _writer.Open("if (IsWatched)");
            _writer.Line("Skipped(" + node + ");");
            _writer.Close();
            _writer.Line();
            _writer.Line(Handled("false", isAwaited));
            _writer.Close();
            _writer.Line();
        }

        _writer.Line("HandleAt(" + node + ");");
        bool isTask = handler.Policy is not null || handler.Call.Shape is not (ReturnShape.Void or ReturnShape.Value);
        string call = handler.Policy is null
            ? CallText(handler.Call, printer, handler.GraphNode)
            : PolicyEmitter.MadeFor(handler.Label) + ".RunAsync(error, token)";
        string awaited = handler.Policy is null && IsTask(handler.Call) ? "(" + call + ")" : call;
        call = isTask ? "await " + awaited + ".ConfigureAwait(false)" : call;
        if (handler.HasResult)
        {
            EntryDeclaration entry = _plan.Bound.Surface.Entry!;
            _writer.Line("Result = " + (entry.ResultStrength == Strength.Outcome ? _result + ".Completed(" + call + ")" : call) + ";");
        }
        else
        {
            _writer.Line(call + ";");
        }

        _writer.Open("if (IsWatched)");
        _writer.Line("Completed(" + node + ");");
        _writer.Close();
        _writer.Line();
        _writer.Line(Handled(handler.HasResult ? "true" : "false", isAwaited));
    }
}
