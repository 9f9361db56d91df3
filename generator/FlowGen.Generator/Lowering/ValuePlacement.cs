using FlowGen.Generator.Model;

namespace FlowGen.Generator.Lowering;

/// <summary>Decides which values stay in locals and which the frame must keep because they are read after a suspension, or by another method.</summary>
internal static class ValuePlacement
{
    public static void Place(PlanBuilder builder, PlanForm form, int segmentLength, StraightParts? parts)
    {
        if (form == PlanForm.Parallel)
        {
            foreach (ValueDraft value in builder.Values)
            {
                value.IsField = true;
            }

            return;
        }

        foreach (int value in FlagUse.LateArguments(builder).SelectMany(argument => argument.Sources).Select(source => source.Value)
            .Concat(builder.Handlers.SelectMany(handler => handler.Guard).Select(term => term.Value)).Where(value => value >= 0))
        {
            builder.Values[value].IsField = true;
        }

        int[] lastInterruption = LastInterruptionBefore(builder, form);
        foreach (StepDraft step in builder.Steps)
        {
            foreach ((int value, bool isKept) in Reads(builder, step))
            {
                ValueDraft read = builder.Values[value];

                // A loop, and a body on the thread pool, read their arguments after the step has been suspended.
                read.IsField |= isKept || lastInterruption[step.Index] > read.Producer || read.InputIndex >= 0
                    || step.Index / segmentLength != read.Producer / segmentLength
                    || (parts is not null && parts.PartOf(step.Index) != parts.PartOf(read.Producer));
            }
        }
    }

    /// <summary>
    /// For each step, the last one with which the method may have been left and entered again before: by a suspension, by a failure that somebody handles, or because
    /// whoever holds the run has paused it.
    /// </summary>
    private static int[] LastInterruptionBefore(PlanBuilder builder, PlanForm form)
    {
        var before = new int[builder.Steps.Count];
        int last = -1;
        foreach (StepDraft step in builder.Steps)
        {
            if (form == PlanForm.Serial && step.Kind is StepKind.Node or StepKind.Each or StepKind.Linked)
            {
                last = step.Index;
            }

            before[step.Index] = last;
            if (step.MaySuspend || step.Handled || IsWithinHandled(builder, step))
            {
                last = step.Index;
            }
        }

        return before;
    }

    private static bool IsWithinHandled(PlanBuilder builder, StepDraft step)
    {
        for (int scope = step.Scope; scope >= 0; scope = builder.Scopes[scope].Parent)
        {
            if (builder.Scopes[scope].IsHandled)
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<(int Value, bool IsKept)> Reads(PlanBuilder builder, StepDraft step)
    {
        // So does what watches over its calls, and the next iteration of a loop.
        bool isKept = step.OnPool || step.Each is not null || step.Policy is not null || (step.MaySuspend && (step.Kind == StepKind.Exit || step.Repeat is not null));

        // A verdict asks again whether those run who observe the failure.
        IEnumerable<PlanTerm> guards = step.Guard.Concat((step.Verdict?.Handling ?? EquatableArray<int>.Empty).SelectMany(handling => builder.Steps[handling].Guard));
        foreach (PlanTerm term in guards)
        {
            if (term.Value >= 0)
            {
                yield return (term.Value, false);
            }
        }

        foreach (PlanArgument argument in FlagUse.ArgumentsOf(step))
        {
            foreach (PlanSource source in argument.Sources)
            {
                yield return (source.Value, isKept);
            }
        }
    }
}
