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
            foreach (PlanTerm term in step.Guard)
            {
                read.UnionWith(term.Steps);
            }

            foreach (PlanArgument argument in ArgumentsOf(step))
            {
                // Of several exclusive sources one is there, so the last is taken untested.
                bool testsLast = argument.Strength != Strength.Required || argument.Combination == Combination.Gather;
                read.UnionWith(argument.Sources
                    .Take(testsLast ? argument.Sources.Count : argument.Sources.Count - 1)
                    .Select(source => source.Step));
            }
        }

        foreach (StepDraft step in builder.Steps)
        {
            step.HasFlag &= read.Contains(step.Index);
        }
    }

    public static IEnumerable<PlanArgument> ArgumentsOf(StepDraft step)
    {
        IEnumerable<PlanArgument> arguments = (step.Call?.Arguments ?? EquatableArray<PlanArgument>.Empty)
            .Concat(step.Assignments.Select(assignment => assignment.Argument));
        arguments = arguments.Concat(step.Child?.Inputs ?? EquatableArray<PlanArgument>.Empty);
        if (step.Each is { } each)
        {
            arguments = arguments.Append(each.Source).Concat(each.Child?.Inputs ?? EquatableArray<PlanArgument>.Empty);
            if (each.MaxParallelismArgument is { } degree)
            {
                arguments = arguments.Append(degree);
            }
        }

        return arguments;
    }
}
