using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>What the frame keeps of failures, and what it forgets when it goes back to its pool.</summary>
internal sealed partial class FrameEmitter
{
    private const int ForgottenAtOnce = 256;

    /// <summary>Exceptions of failures that somebody observes are kept until they have been looked at.</summary>
    private void EmitFailures()
    {
        if (_plan.Bound.Surface.Entry is { ResultStrength: Strength.Outcome })
        {
            _writer.Line();
            _writer.Open("protected override bool TryMakeResult(" + Known.Exception + " error)");
            _writer.Line("Result = " + _result + ".Failed(error);");
            _writer.Line("return true;");
            _writer.Close();
        }

        EmitHandles();
        EmitReplaced();
        EmitCases("void Absorb(int step, " + Known.Exception + " error)", [.. _plan.Steps.Where(step => step.KeepsError).SelectMany(FailingAs)], EmitAbsorb);
    }

    /// <summary>What fits none of its handlers is not handled.</summary>
    private void EmitHandles() => EmitCases(
        "bool Handles(int step, " + Known.Exception + " error)",
        [.. _plan.Steps.Where(step => step.Patterns.Count > 0)],
        step =>
        {
            _writer.Line("case " + Known.Number(step.Index) + ":");
            _writer.Line("    return " + string.Join(" || ", step.Patterns.Select(pattern => "error is " + pattern.Exception)) + ";");
        },
        otherwise: "true");

    /// <summary>The failure of a handler replaces that which it was to handle.</summary>
    private void EmitReplaced() => EmitCases(
        Known.Exception + "? Replaced(int step)",
        [.. _plan.Steps.Where(step => step.Replaces.Count > 0)],
        step =>
        {
            _writer.Line("case " + Known.Number(step.Index) + ":");
            _writer.Line("    return " + string.Join(" ?? ", step.Replaces.Select(_printer.Error)) + ";");
        },
        otherwise: "null");

    /// <summary>A sub-workflow fails where it is entered, or where it is left.</summary>
    private IEnumerable<PlanStep> FailingAs(PlanStep step)
    {
        int enter = step.Kind == StepKind.Exit ? _plan.Scopes[step.Scope].Enter : -1;
        return enter >= 0 && _plan.SegmentOf(enter) != _plan.SegmentOf(step.Index) ? [_plan.Steps[enter], step] : [step];
    }

    private void EmitAbsorb(PlanStep failing)
    {
        PlanScope scope = _plan.Scopes[failing.Scope];
        PlanStep step = failing.Kind == StepKind.Enter ? _plan.Steps[scope.Exit] : failing;
        if (failing.Kind == StepKind.Exit && scope.Enter >= 0 && _plan.SegmentOf(scope.Enter) == _plan.SegmentOf(step.Index))
        {
            _writer.Line("case " + Known.Number(scope.Enter) + ":");
        }

        _writer.Line("case " + Known.Number(failing.Index) + ":");
        _writer.Line("    " + _printer.Error(step.Index) + " = error;");
        foreach (PlanStep race in ContestsOf(step))
        {
            _writer.Line("    " + _printer.Error(race.Index) + " = error;");
        }

        if (step.Kind == StepKind.Exit && scope.ConvertsFailure)
        {
            string value = _printer.Value(step.Value);
            _writer.Line("    " + value + " = " + _plan.Values[step.Value].Type + ".Failed(error);");
            if (step.HasFlag)
            {
                _writer.Line("    " + _printer.Flag(step.Index) + " = true;");
            }
        }

        _writer.Line("    break;");
    }

    private void EmitRecycle()
    {
        List<string> forgetting =
        [
            .. _plan.Values.Where(value => IsStored(value) && !(_plan.IsSegmented && HoldsNoReference(value))).Select(value => "_" + value.Name + " = " + Empty(value) + ";"),
            .. Flagged().Select(step => _printer.Flag(step.Index) + " = false;"),
            .. _plan.Steps.Where(step => step.KeepsError).Select(step => _printer.Error(step.Index) + " = null;"),
            .. _plan.Steps.Where(step => step.Repeat is not null).Select(step => TimesField(step) + " = 0;"),
            .. _plan.Steps.Where(step => step.Race is not null).Select(step => WinnerField(step) + " = 0;"),
            .. _plan.Steps.Where(step => step.Rule is not null).Select(step => RuleField(step) + " = " + Known.Flow + "Readiness.Wait;"),
            .. _plan.Steps.Where(step => step.IsStoppable).Select(step => LoopEmitter.Field(step) + " = default;"),
            .. _plan.Steps.Where(step => step.Policy is not null && step.Each is null).Select(step => PolicyField(step) + "?.Forget();"),
            .. LatePolicies().Select(label => "_policyOf" + label + "?.Forget();"),
        ];
        _writer.Line();
        _writer.Open("protected override void Recycle()");
        _writer.Line("_workflow = null!;");
        int parts = 0;
        if (!_plan.IsSegmented)
        {
            forgetting.ForEach(_writer.Line);
        }
        else
        {
            for (; parts * ForgottenAtOnce < forgetting.Count; parts++)
            {
                _writer.Line("Forget" + Known.Number(parts) + "();");
            }
        }

        _writer.Line("Result = default!;");
        _writer.Line(_isParallel ? "ForgetSchedule();" : "ForgetPosition();");
        _writer.Line("ForgetRun();");
        SlotEmitter.EmitReturn(_writer);
        _writer.Close();
        for (int part = 0; part < parts; part++)
        {
            _writer.Line();
            _writer.Open("private void Forget" + Known.Number(part) + "()");
            forgetting.GetRange(part * ForgottenAtOnce, Math.Min(ForgottenAtOnce, forgetting.Count - (part * ForgottenAtOnce))).ForEach(_writer.Line);
            _writer.Close();
        }
    }

    /// <summary>Numbers need no forgetting: the next run writes them before it reads them.</summary>
    private static bool HoldsNoReference(PlanValue value) =>
        value.Type is "bool" or "byte" or "char" or "short" or "ushort" or "int" or "uint" or "long" or "ulong" or "float" or "double" or "decimal";
}
