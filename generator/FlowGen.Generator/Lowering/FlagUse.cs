using FlowGen.Generator.Model;

namespace FlowGen.Generator.Lowering;

/// <summary>Takes away the flags of steps that nobody asks whether they completed, such as the last branch of an exhaustive merge.</summary>
internal static class FlagUse
{
    public static void Prune(PlanBuilder builder)
    {
        var read = new HashSet<int>();
        foreach (StepDraft step in builder.Steps)
        {
            Read(step.Guard);
            ReadArguments(ArgumentsOf(step));
            read.UnionWith((step.Rule?.Asked ?? EquatableArray<PlanAsked>.Empty).SelectMany(asked => asked.Steps));
        }

        foreach (PlanHandler handler in builder.Handlers)
        {
            Read(handler.Guard);
            ReadArguments(ArgumentsOf(handler.Call, handler.Policy));
        }

        foreach (PlanUndo undo in builder.Undos)
        {
            ReadArguments(ArgumentsOf(undo.Call, undo.Policy));
        }

        foreach (StepDraft step in builder.Steps)
        {
            step.HasFlag &= read.Contains(step.Index);
        }

        void Read(IEnumerable<PlanTerm> guard)
        {
            foreach (PlanTerm term in guard.Where(term => term.Failures.Count == 0))
            {
                // Whether a step has failed is asked of its error.
                if (term.Failures.Count == 0)
                {
                    read.UnionWith(term.Steps);
                }
            }
        }

        void ReadArguments(IEnumerable<PlanArgument> arguments)
        {
            foreach (PlanArgument argument in arguments)
            {
                // Of several exclusive sources one is there, so the last is taken untested.
                bool testsLast = argument.Strength != Strength.Required || argument.Combination == Combination.Gather;
                read.UnionWith(argument.Sources
                    .Take(testsLast ? argument.Sources.Count : argument.Sources.Count - 1)
                    .Select(source => source.Step));
            }
        }
    }

    public static IEnumerable<PlanArgument> ArgumentsOf(StepDraft step)
    {
        IEnumerable<PlanArgument> arguments = ArgumentsOf(step.Call, step.Policy)
            .Concat(step.Assignments.Select(assignment => assignment.Argument))
            .Concat(step.Child?.Inputs ?? EquatableArray<PlanArgument>.Empty);
        if (step.Choice is { } choice)
        {
            arguments = arguments.Append(choice.Reference).Concat(choice.Values);
        }

        if (step.Repeat is { } repeat)
        {
            arguments = arguments.Concat(repeat.Check.Arguments);
            arguments = repeat.Initial is { } initial ? arguments.Append(initial) : arguments;
        }

        if (step.Each is { } each)
        {
            arguments = arguments.Append(each.Source).Concat(each.Child?.Inputs ?? EquatableArray<PlanArgument>.Empty).Concat(each.Until?.Arguments ?? EquatableArray<PlanArgument>.Empty);
            if (each.MaxParallelismArgument is { } degree)
            {
                arguments = arguments.Append(degree);
            }
        }

        return arguments;
    }

    /// <summary>Of a step that stands in a first pass.</summary>
    public static IEnumerable<PlanArgument> ArgumentsOf(PlanStep step)
    {
        IEnumerable<PlanArgument> arguments = (step.Call?.Arguments ?? EquatableArray<PlanArgument>.Empty).Concat(step.Assignments.Select(assignment => assignment.Argument));
        if (step.Repeat is { } repeat)
        {
            arguments = arguments.Concat(repeat.Check.Arguments);
            arguments = repeat.Initial is { } initial ? arguments.Append(initial) : arguments;
        }

        return arguments;
    }

    /// <summary>Of a call and what watches over it.</summary>
    private static IEnumerable<PlanArgument> ArgumentsOf(PlanCall? call, PlanPolicy? policy)
    {
        IEnumerable<PlanArgument> arguments = call?.Arguments ?? EquatableArray<PlanArgument>.Empty;
        if (call?.Wait is { } wait)
        {
            arguments = arguments.Concat(wait.Values);
            arguments = wait.Key is { } key ? arguments.Append(key) : arguments;
        }

        IEnumerable<PlanCall?> checks = policy is null
            ? []
            : policy.Retries.Select(retry => retry.Check).Append(policy.Attempt?.Check).Append(policy.Total?.Check);
        return arguments.Concat(checks.SelectMany(check => check?.Arguments ?? EquatableArray<PlanArgument>.Empty));
    }

    /// <summary>What is read once the steps are over: by what undoes and handles.</summary>
    public static IEnumerable<PlanArgument> LateArguments(PlanBuilder builder) =>
        builder.Undos.SelectMany(undo => ArgumentsOf(undo.Call, undo.Policy)).Concat(builder.Handlers.SelectMany(handler => ArgumentsOf(handler.Call, handler.Policy)));
}
