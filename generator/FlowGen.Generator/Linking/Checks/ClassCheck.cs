using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Checks;

/// <summary>The class and its entry (FG1001 - FG1011, FG1014 - FG1016, FG2022).</summary>
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

        CheckDisplacements(draft);
        if (model.Shape.Refusal is null && model.InheritsEntry)
        {
            if (model.Displacements.Any(d => d.Kind == DisplacementKind.WritesEntry))
            {
                // It has an entry, of the wrong kind.
            }
            else if (model.EntryOmission is { } omission)
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

        CheckId(draft);
        CheckEntry(draft);
        ReservedNames.Check(draft);
    }

    private static void CheckDisplacements(WorkflowDraft draft)
    {
        foreach (Displacement displaced in draft.Model.Displacements)
        {
            draft.Issues.Add(Rule.Displaced, displaced.Spot, displaced.Name, displaced.Kind switch
            {
                DisplacementKind.WritesEntry => $"overrides the entry of '{displaced.Of}' with a body, which leaves nothing to compile: declare it 'override partial' without one, or take [Workflow] off",
                DisplacementKind.WritesNode => $"overrides a node of '{displaced.Of}' that is implemented elsewhere, so that its body would never run: give it a node attribute of its own",
                DisplacementKind.HidesCondition => $"hides a member of '{displaced.Of}' that its nodes ask: override it, or choose another name",
                _ => $"hides a node of '{displaced.Of}': override the node, or choose another name",
            });
        }
    }

    private static void CheckId(WorkflowDraft draft)
    {
        AttributeModel settings = draft.Model.Workflow;
        if (settings.Text("Id") is { } id && (string.IsNullOrWhiteSpace(id) || id.Any(char.IsControl)))
        {
            draft.Issues.Add(Rule.UnusableId, draft.Model.Spot.AtNamed(settings, "Id"), id, string.IsNullOrWhiteSpace(id) ? "it is empty" : "it is more than one line of text");
        }
    }

    /// <summary>Of what a run has one of, the entry takes one.</summary>
    private static void CheckSpecial(WorkflowDraft draft, ParameterRole role, string type)
    {
        MethodModel entry = draft.EntryModel;
        foreach (int i in Enumerable.Range(0, entry.Parameters.Count).Where(i => entry.Parameters[i].Role == role).Skip(1))
        {
            draft.Issues.Add(Rule.SpecialTwice, entry.Spot.InParameter(i), draft.Name, type);
        }
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

        CheckSpecial(draft, ParameterRole.CancellationToken, "CancellationToken");
        CheckSpecial(draft, ParameterRole.RunOptions, "RunOptions");
        for (int i = 0; i < entry.Parameters.Count; i++)
        {
            if (entry.Parameters[i].IsByRef)
            {
                draft.Issues.Add(Rule.EntryParameter, entry.Spot.InParameter(i), entry.Parameters[i].Name);
            }
        }
    }
}
