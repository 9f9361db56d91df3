using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking;

/// <summary>The order in which a workflow is checked (language.md 7). An error in one stage ends the check, so one cause gives one diagnostic.</summary>
internal enum CheckStage
{
    Partial,
    HasEntry,
    ClassAndEntry,
    Declarations,
    Binding,
    Cycles,
    Presence,
}

internal static class CheckStages
{
    public static CheckStage Of(string id)
        => id switch
        {
            Rule.NotPartial => CheckStage.Partial,
            Rule.NoEntry => CheckStage.HasEntry,
            Rule.UnresolvedType => CheckStage.Declarations,
            Rule.NodeCycle or Rule.MergeCycle or Rule.WorkflowCycle => CheckStage.Cycles,
            Rule.NotExclusive or Rule.ResultMissing or Rule.MayBeEarly or Rule.NullForRequired or Rule.NeverRuns or Rule.CompensationNeeds => CheckStage.Presence,
            _ when id.StartsWith("FG1", StringComparison.Ordinal) => CheckStage.ClassAndEntry,
            _ when id.StartsWith("FG3", StringComparison.Ordinal) => CheckStage.Binding,
            _ => CheckStage.Declarations,
        };

    /// <summary>The errors of the earliest stage that has any; without errors, everything.</summary>
    public static EquatableArray<Issue> Filter(IEnumerable<Issue> issues)
    {
        List<Issue> all = [.. issues.Distinct()];
        List<Issue> errors = [.. all.Where(i => Rule.IsError(i.Id))];
        if (errors.Count == 0)
        {
            return all.ToEquatableArray();
        }

        CheckStage first = errors.Min(i => Of(i.Id));
        return errors.Where(i => Of(i.Id) == first).ToEquatableArray();
    }
}
