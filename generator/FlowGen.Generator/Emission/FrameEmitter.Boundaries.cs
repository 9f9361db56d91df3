using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>Steps that cross the boundary of a sub-workflow, or leave the workflow itself; and what a parallel run needs besides.</summary>
internal sealed partial class FrameEmitter
{
    private void EmitEnter(PlanStep step)
    {
        PlanScope scope = _plan.Scopes[step.Scope];
        PlanStep exit = _plan.Steps[scope.Exit];
        EmitRule(step);
        if (Guard(step) is { Length: > 0 } guard)
        {
            _body.Open("if (!(" + guard + "))");
            EmitObserved("SkippedWithin(" + Known.Number(scope.GraphNode) + ", " + Known.Number(scope.Descendants) + ")");
            if (_isParallel)
            {
                _body.Open("if (Scheduled)");
                _body.Line("code = SettleScope(" + Known.Number(step.Index) + ");");
                _body.Line(Jump("Dispatch"));
                _body.Close();
                _body.Line();
            }

            _body.Line(JumpPast(exit));
            _body.Close();
            _body.Line();
        }

        if (!_isParallel && step.Handled)
        {
            EntryPast((3 * step.Index) + 2, exit);
        }

        EmitBegin(step);
        if (scope.Disabled is { } id)
        {
            _body.Line("ThrowDisabled(" + Known.Literal(id) + ", " + Known.Number(scope.GraphNode) + ");");
        }

        foreach (PlanAssignment assignment in step.Assignments)
        {
            _body.Line(_printer.Value(assignment.Value) + " = " + _printer.Argument(assignment.Argument, step.GraphNode) + ";");
        }

        if (scope.HasInstances)
        {
            _body.Line(_printer.ScopeField(scope.Index) + " = " + scope.FullName + ".__Scope.Rent(" + _printer.Receiver(scope.Index) + ");");
        }

        _body.Open("if (observed)");
        if (scope.HasInstances)
        {
            _body.Line(_printer.ScopeField(scope.Index) + ".Attribute(this, " + Known.Number(scope.GraphNode + 1) + ");");
        }

        _body.Line("SubWorkflowEntered(" + Known.Number(scope.GraphNode) + ");");
        _body.Close();
        _body.Line();
        if (_isParallel)
        {
            _body.Open("if (Scheduled)");
            _body.Line("code = Settle(" + Known.Number(step.Index) + ");");
            _body.Line(Jump("Dispatch"));
            _body.Close();
            _body.Line();
        }
    }

    private void EmitExit(PlanStep step)
    {
        PlanScope scope = _plan.Scopes[step.Scope];
        if (!_isParallel)
        {
            Entry(3 * step.Index, StartLabel(step));
        }

        _body.Line("Step = " + Known.Number(step.Index) + ";");
        EmitClose(step, scope);
        _body.Label(DoneLabel(step));
        if (scope.Parent < 0)
        {
            EmitEnd(step);
            return;
        }

        EmitLeaveFailing(step, scope);
        foreach (PlanAssignment assignment in step.Assignments)
        {
            _body.Line(_printer.Value(assignment.Value) + " = " + _printer.Argument(assignment.Argument, step.GraphNode) + ";");
        }

        EmitCompletion(step, "SubWorkflowLeft(" + Known.Number(scope.GraphNode) + ", " + Known.Flow + "RunStatus.Completed, null)");
        if (_isParallel && scope.Region != _plan.Scopes[scope.Parent].Region)
        {
            _body.Line("CloseRegion(" + Known.Number(scope.Region) + ");");
        }

        EmitSettled(step);
        _body.Label(LeftLabel(step));
    }

    /// <summary>Cleans what the activation used and gives it back, whatever the outcome.</summary>
    private void EmitClose(PlanStep step, PlanScope scope)
    {
        if (scope.Parent < 0 && _plan.HasRunStates)
        {
            EmitCloseRun(step, scope);
            return;
        }

        if (!scope.HasInstances)
        {
            return;
        }

        string field = _printer.ScopeField(scope.Index);
        _body.Open("if (" + field + " is { } activation" + Known.Number(scope.Index) + ")");
        string local = "activation" + Known.Number(scope.Index);
        _body.Line(field + " = null;");
        string mode = Known.Flow + "CleanupMode." + scope.Cleanup;
        bool isDynamic = scope.Parent < 0;
        if (isDynamic)
        {
            _body.Open("if (ParksActivation(" + mode + ", out " + Known.Flow + "CleanupMode cleanup))");
            _body.Line("ParkScope(" + local + ", cleanup);");
            _body.Close();
            _body.Open("else");
        }

        if (scope.Cleanup != CleanupTiming.Immediate && !isDynamic)
        {
            _body.Line("ParkScope(" + local + ", " + mode + ");");
        }
        else if (!scope.IsAsync)
        {
            _body.Line(local + ".Close();");
        }
        else
        {
            EmitAwait(step, "CloseScopeAsync(" + local + ")", null, null);
        }

        if (isDynamic)
        {
            _body.Close();
        }

        _body.Close();
        _body.Line();
    }

    private void EmitCloseRun(PlanStep step, PlanScope scope)
    {
        if (!scope.HasInstances)
        {
            EmitAwait(step, "CloseRunAsync(null)", null, null);
            return;
        }

        string field = _printer.ScopeField(scope.Index);
        string mode = Known.Flow + "CleanupMode." + scope.Cleanup;
        _body.Line(scope.FullName + ".__Scope? activation = " + field + ";");
        _body.Line(field + " = null;");
        _body.Open("if (activation is not null && ParksActivation(" + mode + ", out " + Known.Flow + "CleanupMode cleanup))");
        _body.Line("ParkScope(activation, cleanup);");
        _body.Line("activation = null;");
        _body.Close();
        _body.Line();
        EmitAwait(step, "CloseRunAsync(activation)", null, null);
    }

    private void EmitLeaveFailing(PlanStep step, PlanScope scope)
    {
        string exit = Known.Number(step.Index);
        if (_isParallel)
        {
            _body.Open("if (Scheduled && IsFailing(" + exit + "))");
            _body.Open("if (observed)");
            _body.Line("(" + Known.Flow + "RunStatus outcome, " + Known.Exception + "? error) = OutcomeOf(" + exit + ");");
            _body.Line("SubWorkflowLeft(" + Known.Number(scope.GraphNode) + ", outcome, error);");
            _body.Close();
            _body.Line();
            _body.Line("code = LeaveFailing(" + exit + ");");
            _body.Line(Jump("Dispatch"));
            _body.Close();
            _body.Line();
            return;
        }

        _body.Open("if (Failing)");
        EmitObserved("SubWorkflowLeft(" + Known.Number(scope.GraphNode) + ", FailingStatus, FailingError)");
        if (step.Handled)
        {
            _body.Open("if (Forgive(" + exit + "))");
            _body.Line(Jump(SettledLabel(step)));
            _body.Close();
            _body.Line();
        }

        _body.Line(JumpToStart(_plan.Steps[LastOf(_plan.Scopes[scope.Parent])]));
        _body.Close();
        _body.Line();
    }

    private void EmitEnd(PlanStep step)
    {
        foreach (PlanAssignment assignment in step.Assignments)
        {
            _body.Open("if (!Failing)");
            _body.Line("Result = " + _printer.Argument(assignment.Argument, -1) + ";");
            _body.Close();
            _body.Line();
        }

        if (_isParallel)
        {
            _body.Open("if (Scheduled)");
            _body.Line("code = Settle(" + Known.Number(step.Index) + ");");
            _body.Line(Jump("Dispatch"));
            _body.Close();
            _body.Line();
        }

        _body.Line(Finished);
    }

    /// <summary>Each result goes to a field of its own, so the threads that complete the steps need not wait for each other.</summary>
    private void EmitTake()
    {
        Dictionary<PlanStep, string?> targets = _taken.ToDictionary(taken => taken.Step, taken => taken.Target);
        EmitCases("void Take(int step)", [.. _taken.Select(taken => taken.Step)], step =>
        {
            string awaiter = AwaiterOf(step);
            _writer.Line("case " + Known.Number(step.Index) + ":");
            if (IsInLine(step))
            {
                _writer.Line("    Take(ref " + awaiter + ", ref " + targets[step] + ");");
                _writer.Line("    break;");
                return;
            }

            _writer.Line("    var awaited" + step.Label + " = " + awaiter + ";");
            _writer.Line("    " + awaiter + " = default;");
            _writer.Line("    " + (targets[step] is { } target ? target + " = " : "") + "awaited" + step.Label + ".GetResult();");
            if (step.HasFlag && step.Kind != StepKind.Exit && !step.Acts && !ContestsOf(step).Any())
            {
                _writer.Line("    " + _printer.Flag(step.Index) + " = true;");
            }

            _writer.Line("    break;");
        });
    }

    private void EmitImpossible(bool isLimited) => EmitCases(
        "bool IsImpossible(int step)",
        [.. _plan.Steps.Where(step => step.IsEarly || (isLimited && step.Guard.Count > 0 && (TraitsOf(step) & LeafTrait) != 0))],
        step =>
        {
            string text = string.Join(" || ", step.Guard.Select(term =>
                "(" + string.Join(" && ", term.Steps.Select(source => "IsSettled(" + Known.Number(source) + ")")) + " && !(" + _printer.Term(term) + "))"));
            _writer.Line("case " + Known.Number(step.Index) + ":");
            _writer.Line("    return " + text + ";");
        },
        otherwise: "false");

    private void EmitPool() => EmitCases(
        "bool StartOnPool(int step)",
        [.. _plan.Steps.Where(step => step.OnPool)],
        step =>
        {
            _printer.OwnToken = step.Region >= 0 ? TokenOf(step) : null;
            string index = Known.Number(step.Index);
            string call = step.Policy is null ? CallText(step, _printer) : PolicyEmitter.Call(step, PolicyField(step));
            ReturnShape shape = ShapeOf(step);
            string awaited = shape switch
            {
                ReturnShape.Void => "default(" + Known.ValueTask(null) + ")",
                ReturnShape.Value => "new " + Known.ValueTask(_plan.Values[step.Value].Type) + "(" + call + ")",
                ReturnShape.Task or ReturnShape.TaskOfT => "new " + Known.ValueTask(AwaitedType(step)) + "(" + call + ")",
                _ => call,
            };
            _writer.Line("case " + index + ":");
            if (shape == ReturnShape.Void)
            {
                _writer.Line("    " + call + ";");
            }

            _writer.Line("    return AwaitOnPool(" + index + ", " + awaited + ", ref " + AwaiterOf(step) + ");");
        },
        emitPrologue: () => _writer.Line(_type + " workflow = _workflow;"),
        otherwise: "true");
}
