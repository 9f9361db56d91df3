using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Checks;

/// <summary>The class and its entry (FG1001 - FG1011, FG1014).</summary>
internal static class ClassCheck
{
    public static void Run(WorkflowDraft draft)
    {
        WorkflowModel model = draft.Model;
        if (!model.Shape.IsPartial)
        {
            draft.Issues.Add(Rule.NotPartial, model.Spot, draft.Name);
            return;
        }

        if (model.Shape.Refusal is null && model.InheritsEntry)
        {
            if (model.EntryOmission is { } omission)
            {
                draft.Issues.Add(Rule.EntryNotOverridden, model.Spot, draft.Name, omission, model.Base!.Display);
            }

            return;
        }

        if (model.Entries.Count == 0)
        {
            draft.Issues.Add(Rule.NoEntry, model.Spot, draft.Name);
            return;
        }

        if (model.Shape.Refusal is { } refusal)
        {
            draft.Issues.Add(Rule.NotAWorkflowClass, model.Spot, refusal);
        }

        foreach (MethodModel another in model.Entries.Skip(1))
        {
            draft.Issues.Add(Rule.ManyEntries, another.Spot, draft.Name);
        }

        CheckEntry(draft);
        ReservedNames.Check(draft);
    }

    private static void CheckEntry(WorkflowDraft draft)
    {
        MethodModel entry = draft.EntryModel;
        if (entry is { Name: "RunAsync", IsAsynchronous: false })
        {
            draft.Issues.Add(Rule.EntryReturn, entry.Spot.AtReturnType(), entry.Result?.Shown ?? "void");
        }
        else if (!entry.IsAsynchronous && SynchronousCheck.WhyNot(draft.Model) is var (reason, where))
        {
            draft.Issues.Add(Rule.SynchronousEntry, entry.Spot, [where], reason);
        }

        for (int i = 0; i < entry.Parameters.Count; i++)
        {
            if (entry.Parameters[i].IsByRef)
            {
                draft.Issues.Add(Rule.EntryParameter, entry.Spot.InParameter(i), entry.Parameters[i].Name);
            }
        }
    }
}
