using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>Steps that call something: nodes, loops over elements, predicates, verdicts.</summary>
internal sealed partial class FrameEmitter
{
    private void EmitStep(PlanStep step)
    {
        _printer.OwnToken = step.Region >= 0 ? TokenOf(step) : null;
        _body.Line();
        _body.Line("// " + step.Description);
        if (_isParallel)
        {
            Entry(2 * step.Index, StartLabel(step));
        }
        else if (_entered.Contains(step.Index) || CanBeHeld(step))
        {
            Entry(3 * step.Index, StartLabel(step));
        }

        if (IsInLine(step))
        {
            EmitInLine(step);
            return;
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
            case StepKind.Race:
                EmitRace(step);
                EmitSettled(step);
                break;
            case StepKind.Unwind:
                EmitUnwind(step);
                EmitSettled(step);
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
        EmitStart(step, "Skipped(" + Known.Number(step.GraphNode) + ")");
        EmitExecuting(step);
        if (step.OnPool)
        {
            EmitMoveToPool(step);
        }

        if (!(_isParallel && step.OnPool))
        {
            EmitCall(step);
        }

        EmitDone(step, "Completed(" + Known.Number(step.GraphNode) + ")");
    }

    /// <summary>What comes before a node is called: whether it runs at all, and whether it may run now.</summary>
    private void EmitStart(PlanStep step, string skipped)
    {
        EmitAgain(step);
        EmitRule(step);
        EmitGuard(step, SettledLabel(step), skipped);
        EmitFirstIteration(step);
        EmitBegin(step);
    }

    /// <summary>What comes once a node has returned.</summary>
    private void EmitDone(PlanStep step, string completed)
    {
        _body.Label(DoneLabel(step));
        if (step is { Kind: StepKind.Linked, Repeat: not null })
        {
            // Each iteration is an activation of its own.
            EmitObserved(completed);
            completed = "";
        }

        EmitNextIteration(step);
        EmitCompletion(step, completed, _plan.Graph.Nodes[step.GraphNode].Repeats ? "Settled(" + Known.Number(step.GraphNode) + ")" : "");
        EmitSettled(step);
    }

    private void EmitPredicate(PlanStep step)
    {
        EmitGuard(step, SettledLabel(step), skipped: null);
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

    /// <param name="skipped">What a watched run is told when the step is skipped; null for nothing.</param>
    private void EmitGuard(PlanStep step, string label, string? skipped)
    {
        string guard = Guard(step);
        if (guard.Length == 0)
        {
            return;
        }

        _body.Open("if (!(" + guard + "))");
        if (skipped is not null)
        {
            EmitObserved(skipped);
        }

        _body.Line(Jump(label));
        _body.Close();
        _body.Line();
    }

    /// <summary>Everything that has to hold, or the step is skipped; empty for nothing.</summary>
    private string Guard(PlanStep step)
    {
        string guard = _printer.Guard(step);
        return step.Rule is null ? guard : RuleField(step) + " == " + Known.Flow + "Readiness.Run" + (guard.Length == 0 ? "" : " && " + guard);
    }

    private void EmitBegin(PlanStep step)
    {
        EmitHold(step);
        _body.Line("Step = " + Known.Number(step.Index) + ";");
        _body.Line("Token.ThrowIfCancellationRequested();");
        if (_isParallel && step.Repeat is not null)
        {
            _body.Open("if (" + TimesField(step) + " > 0)");
            _body.Line("ThrowIfStopping(" + Known.Number(step.Index) + ");");
            _body.Close();
            _body.Line();
        }
    }

    /// <summary>A run that somebody holds may be paused: then no node begins.</summary>
    private void EmitHold(PlanStep step)
    {
        if (!CanBeHeld(step))
        {
            return;
        }

        string index = Known.Number(_isParallel ? step.Index : 3 * step.Index);
        _body.Open("if (observed && IsHeld(" + index + "))");
        if (_isParallel)
        {
            _body.Line("code = Hold(" + index + ");");
            _body.Line(Jump("Dispatch"));
        }
        else
        {
            _body.Line(Suspended);
        }

        _body.Close();
        _body.Line();
    }

    private static bool CanBeHeld(PlanStep step) => step.Kind is StepKind.Node or StepKind.Each or StepKind.Linked;

    /// <summary>The elements of a loop report for themselves.</summary>
    private void EmitExecuting(PlanStep step)
    {
        if (step.Each is null)
        {
            EmitObserved((step.Call?.Kind == CallKind.Wait ? "Waiting(" : "Executing(") + Known.Number(step.GraphNode) + ")");
        }
    }

    private void EmitObserved(string call, string next = "")
    {
        string[] calls = [.. new[] { call, next }.Where(text => text.Length > 0)];
        if (calls.Length == 0)
        {
            return;
        }

        _body.Open("if (observed)");
        foreach (string text in calls)
        {
            _body.Line(text + ";");
        }

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
}
