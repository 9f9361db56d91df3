using FlowGen.Generator.Model;

namespace FlowGen.Generator.Lowering;

/// <summary>
/// What is left of a plan while nothing has failed: handlers do not run, nodes that nobody skips are there, and nobody has to ask whether they are. Steps keep their numbers.
/// </summary>
internal sealed class UnfailingPlan
{
    private readonly ExecutionPlan _plan;
    private readonly PlanStep[] _steps;

    private UnfailingPlan(ExecutionPlan plan)
    {
        _plan = plan;
        _steps = [.. plan.Steps];
        for (int i = 0; i < _steps.Length; i++)
        {
            _steps[i] = Reduced(plan.Steps[i]);
        }
    }

    public static ExecutionPlan Of(ExecutionPlan plan)
    {
        PlanStep[] steps = new UnfailingPlan(plan)._steps;
        HashSet<int> asked = [.. steps.Where(step => step.Kind != StepKind.Idle).SelectMany(Asked)];
        return plan with { Steps = steps.Select(step => step with { HasFlag = step.HasFlag && asked.Contains(step.Index) }).ToEquatableArray() };
    }

    private PlanStep Reduced(PlanStep step)
    {
        if (step.Kind is StepKind.Verdict or StepKind.Unwind || step.Guard.Any(IsFalse) || IsWithinIdle(step))
        {
            return step with { Kind = StepKind.Idle, MaySuspend = false };
        }

        EquatableArray<PlanTerm> guard = step.Guard.Where(term => !IsTrue(term)).Select(Reduced).ToEquatableArray();
        return step with
        {
            Guard = guard,
            MaySuspend = step.MaySuspend && step.Call is not { Shape: ReturnShape.Void or ReturnShape.Value },
            Handled = false,
            KeepsError = false,
            Replaces = EquatableArray<int>.Empty,
            Call = step.Call is { } call ? Reduced(call) : null,
            Assignments = step.Assignments.Select(assignment => assignment with { Argument = Reduced(assignment.Argument) }).ToEquatableArray(),
            Repeat = step.Repeat is { } repeat
                ? repeat with { Initial = repeat.Initial is { } initial ? Reduced(initial) : null, Check = Reduced(repeat.Check) }
                : null,
        };
    }

    /// <summary>Of a comparison whose value is there without being asked for, nothing is left but the comparison.</summary>
    private PlanTerm Reduced(PlanTerm term) => term with
    {
        Steps = term.Steps.Any(step => Runs(_steps[step])) ? EquatableArray<int>.Empty : term.Steps.Where(MayRun).ToEquatableArray(),
    };

    private PlanCall Reduced(PlanCall call) => call with { Arguments = call.Arguments.Select(Reduced).ToEquatableArray() };

    private PlanArgument Reduced(PlanArgument argument) => argument with
    {
        Sources = argument.Sources
            .Where(source => source.Step < 0 || MayRun(source.Step))
            .Select(source => source.Step >= 0 && Runs(_steps[source.Step]) ? source with { Step = -1 } : source)
            .ToEquatableArray(),
    };

    /// <summary>Steps of which one has to ask whether they have run.</summary>
    private static IEnumerable<int> Asked(PlanStep step) => step.Guard.SelectMany(term => term.Steps)
        .Concat(FlagUse.ArgumentsOf(step).SelectMany(argument => argument.Sources).Select(source => source.Step));

    private bool IsFalse(PlanTerm term) => term.Failures.Count > 0 || (term.Steps.Count > 0 && !term.Steps.Any(MayRun));

    private bool IsTrue(PlanTerm term) => term.Value < 0 && term.Steps.Any(step => Runs(_steps[step]));

    private bool MayRun(int step) => _steps[step].Kind != StepKind.Idle;

    /// <summary>It runs whenever its activation does; an activation, whenever the one around it does.</summary>
    private bool Runs(PlanStep step)
    {
        PlanStep decides = step.Kind == StepKind.Exit && _plan.Scopes[step.Scope].Enter is var enter and >= 0 ? _steps[enter] : step;
        return decides.Kind != StepKind.Idle && decides.Guard.Count == 0;
    }

    private bool IsWithinIdle(PlanStep step)
    {
        for (int scope = step.Scope; scope >= 0; scope = _plan.Scopes[scope].Parent)
        {
            if (_plan.Scopes[scope].Enter is var enter and >= 0 && enter != step.Index && !MayRun(enter))
            {
                return true;
            }
        }

        return false;
    }
}
