using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>Steps that start with one of several, and what the completion of a step does besides letting others start.</summary>
internal sealed partial class FrameEmitter
{
    private static string RuleField(PlanStep step) => "_ready" + step.Label;

    private static string WinnerField(PlanStep race) => "_winnerOf" + race.Label;

    private ILookup<int, PlanStep>? _contests;

    /// <summary>The races that a step takes part in.</summary>
    private IEnumerable<PlanStep> ContestsOf(PlanStep step) => (_contests ??= _plan.Steps
        .Where(race => race.Race is not null)
        .SelectMany(race => race.Race!.Contestants.Select(contestant => (contestant.Step, Race: race)))
        .ToLookup(pair => pair.Step, pair => pair.Race))[step.Index];

    private void EmitRule(PlanStep step)
    {
        if (step.Rule is not { } rule)
        {
            return;
        }

        // In the first pass nobody has asked yet, and a rule that throws fails its own node.
        _body.Line("Step = " + Known.Number(step.Index) + ";");
        _body.Open("if (" + RuleField(step) + " == " + Known.Flow + "Readiness.Wait)");
        _body.Line(RuleField(step) + " = Decide" + step.Label + "();");
        _body.Close();
        _body.Line();
        if (rule.CancelsRest)
        {
            _body.Open("if (" + RuleField(step) + " == " + Known.Flow + "Readiness.Run)");
            _body.Line("Withdraw(" + Known.Number(step.Index) + ", " + Numbers("ushort", rule.Steps) + ");");
            _body.Close();
            _body.Line();
        }
    }

    /// <summary>The step has completed: everything that follows from that, but for its successors.</summary>
    /// <param name="settled">For a node that may run several times: that it will not run again.</param>
    private void EmitCompletion(PlanStep step, string completed, string settled = "")
    {
        if (step.IsArmed)
        {
            _body.Line((step.Kind == StepKind.Linked || step.Each?.Child is not null || step.Choice is not null ? "ArmInstead(" : "Arm(") + Known.Number(step.Index) + ");");
        }

        if (step.Region >= 0)
        {
            // The body has returned all the same, but nobody waits for its value.
            _body.Open("if (IsWithdrawn(" + Known.Number(step.Region) + "))");
            EmitObserved(completed, settled);
            _body.Line(Jump(SettledLabel(step)));
            _body.Close();
            _body.Line();
        }

        if (step.HasFlag)
        {
            _body.Line(_printer.Flag(step.Index) + " = true;");
        }

        EmitObserved(completed, settled);
        EmitWins(step);
        EmitWithdrawals(step);
        EmitEnds(step);
    }

    private void EmitWins(PlanStep step)
    {
        foreach (PlanStep race in ContestsOf(step))
        {
            _body.Open("if (" + WinnerField(race) + " == 0)");
            _body.Line(WinnerField(race) + " = " + Known.Number(step.Index + 1) + ";");
            if (race.Race!.CancelsLosers)
            {
                IEnumerable<int> losers = race.Race.Contestants.Select(contestant => contestant.Step).Where(loser => loser != step.Index);
                _body.Line("Withdraw(" + Known.Number(step.Index) + ", " + Numbers("ushort", losers) + ");");
            }

            _body.Close();
            _body.Line();
        }
    }

    private void EmitWithdrawals(PlanStep step)
    {
        if (step.Withdraws.Count == 0)
        {
            return;
        }

        int[] loops = [.. step.Withdraws.Where(target => step.KeepsFinished && _plan.Steps[target].Each is not null)];
        foreach (int loop in loops)
        {
            _body.Line("StopLoop(" + Known.Number(step.Index) + ", " + Known.Number(loop) + ", " + LoopEmitter.Field(_plan.Steps[loop]) + ");");
        }

        int[] others = [.. step.Withdraws.Except(loops)];
        if (others.Length > 0)
        {
            _body.Line("Withdraw(" + Known.Number(step.Index) + ", " + Numbers("ushort", others) + ");");
        }
    }

    private void EmitEnds(PlanStep step)
    {
        if (!step.Ends)
        {
            return;
        }

        _body.Open("if (MayEnd)");
        if (_plan.Bound.Surface.Entry!.Result is not null)
        {
            _body.Line("Result = " + _printer.ResultOf(step.Value) + ";");
        }

        if (_isParallel)
        {
            _body.Line("EndEarly(" + Known.Number(step.Index) + ");");
        }
        else
        {
            _body.Line("EndEarly();");
            _body.Line(JumpToStart(_plan.Steps[LastOf(_plan.Scopes[0])]));
        }

        _body.Close();
        _body.Line();
    }

    private void EmitRace(PlanStep step)
    {
        PlanRace race = step.Race!;
        _body.Line("Step = " + Known.Number(step.Index) + ";");
        _body.Open("switch (" + WinnerField(step) + ")");
        foreach (PlanSource contestant in race.Contestants.GroupBy(contestant => contestant.Step).Select(group => group.First()))
        {
            _body.Line("case " + Known.Number(contestant.Step + 1) + ":");
            _body.Line("    " + _printer.Value(step.Value) + " = " + _printer.Read(contestant) + ";");
            if (step.HasFlag)
            {
                _body.Line("    " + _printer.Flag(step.Index) + " = true;");
            }

            _body.Line("    break;");
        }

        if (!step.Handled)
        {
            _body.Line("default:");
            _body.Line("    " + Known.Services + "FlowEntry.Rethrow(" + _printer.Error(step.Index) + ");");
            _body.Line("    break;");
        }

        _body.Close();
        _body.Line();
    }

    private void EmitMayStart() => EmitCases(
        "bool MayStart(int step)",
        [.. _plan.Steps.Where(step => step.Any.Count > 0 || step.Rule is not null || step.Race is not null)],
        step =>
        {
            _writer.Line("case " + Known.Number(step.Index) + ":");
            if (step.Race is not null)
            {
                _writer.Line("    return " + WinnerField(step) + " != 0;");
                return;
            }

            IEnumerable<string> conditions = step.Any.Select(group =>
                "(" + string.Join(" || ", group.Nodes.Select(Settled)) + ")");
            if (step.Rule is not null)
            {
                conditions = conditions.Append("Asked" + step.Label + "()");
            }

            _writer.Line("    return " + string.Join(" && ", conditions) + ";");
        },
        otherwise: "false");

    /// <summary>A node that has failed has settled when its handlers have.</summary>
    private string Settled(PlanAsked node)
    {
        string settled = "IsSettled(" + Known.Number(node.Step) + ")";
        return node.Handlers.Count == 0
            ? settled
            : "(" + settled + " && (" + _printer.Error(node.Step) + " is null || (" + string.Join(" && ", node.Handlers.Select(Settled)) + ")))";
    }

    private string StateOf(PlanAsked node)
    {
        string error = _plan.Steps[node.Step].KeepsError ? _printer.Error(node.Step) : "null";
        string state = "StateOf(" + Known.Number(node.Step) + ", " + _printer.Flag(node.Step) + ", " + error + ")";
        return node.Handlers.Aggregate(state, (known, handler) => "HandledBy(" + known + ", " + StateOf(handler) + ")");
    }

    /// <summary>Whether the rule no longer waits. One that throws is asked again where its node starts, which fails with that.</summary>
    private void EmitAsked(PlanStep step)
    {
        _writer.Line();
        _writer.Open("private bool Asked" + step.Label + "()");
        _writer.Open("try");
        _writer.Line(RuleField(step) + " = Decide" + step.Label + "();");
        _writer.Line("return " + RuleField(step) + " != " + Known.Flow + "Readiness.Wait;");
        _writer.Close();
        _writer.Open("catch");
        _writer.Line("return true;");
        _writer.Close();
        _writer.Close();
    }

    /// <summary>Asks the author's rule with the states of the nodes that it is about.</summary>
    private void EmitRules()
    {
        foreach (PlanStep step in _plan.Steps.Where(step => step.Rule is not null))
        {
            PlanRule rule = step.Rule!;
            string type = "global::System.Span<" + Known.Flow + "NodeState>";
            _writer.Line();
            _writer.Open("private " + Known.Flow + "Readiness Decide" + step.Label + "()");
            _writer.Line(_type + " workflow = _workflow;");
            _writer.Line(type + " states = stackalloc " + Known.Flow + "NodeState[" + Known.Number(rule.Asked.Count) + "];");
            for (int i = 0; i < rule.Asked.Count; i++)
            {
                _writer.Line("states[" + Known.Number(i) + "] = " + StateOf(rule.Asked[i]) + ";");
            }

            string receiver = rule.Call.IsStatic ? _printer.TypeOf(rule.Call.Scope) : _printer.Receiver(rule.Call.Scope);
            if (rule.Call.IsStatic)
            {
                _writer.Line("_ = workflow;");
            }

            _writer.Line("return " + receiver + "." + rule.Call.Member + "(states);");
            _writer.Close();
            EmitAsked(step);
        }
    }
}
