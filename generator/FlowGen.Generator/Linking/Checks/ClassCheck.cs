using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Checks;

/// <summary>The class and its entry (FG1001 - FG1011).</summary>
internal static class ClassCheck
{
    private static readonly HashSet<string> s_reserved = new(StringComparer.Ordinal)
    {
        "RunAsync", "Run", "Start", "Handle", "NodeId", "Graph", "Descriptor", "Runtime",
    };

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
        foreach (MethodModel node in model.Methods.Where(m => m.Attributes.Any(a => a.IsNodeKind)))
        {
            if (s_reserved.Contains(node.Name) || s_reserved.Contains(node.NodeName))
            {
                draft.Issues.Add(Rule.ReservedName, node.Spot, node.NodeName);
            }
        }

        foreach (string member in model.Reserved)
        {
            draft.Issues.Add(Rule.ReservedName, model.Spot with { Member = member }, member);
        }
    }

    private static void CheckEntry(WorkflowDraft draft)
    {
        MethodModel entry = draft.EntryModel;
        if (entry is { Name: "RunAsync", IsAsynchronous: false })
        {
            draft.Issues.Add(Rule.EntryReturn, entry.Spot.AtReturnType(), entry.Result?.Shown ?? "void");
        }
        else if (!entry.IsAsynchronous && draft.Model.Methods.FirstOrDefault(CannotBeSynchronous) is { } node)
        {
            draft.Issues.Add(Rule.SynchronousEntry, entry.Spot, [node.Spot], node.NodeName);
        }

        for (int i = 0; i < entry.Parameters.Count; i++)
        {
            if (entry.Parameters[i].IsByRef)
            {
                draft.Issues.Add(Rule.EntryParameter, entry.Spot.InParameter(i), entry.Parameters[i].Name);
            }
        }
    }

    /// <summary>It returns a task, or something about it has to be awaited.</summary>
    private static bool CannotBeSynchronous(MethodModel node)
        => node.Attributes.FirstOrDefault(a => a.IsNodeKind) is { } kind
            && (node.IsAsynchronous
                || kind.Number("RunOn", 0) == (int)RunOn.ThreadPool
                || node.Target?.Class?.RunOn == RunOn.ThreadPool
                || node.Target?.Class?.Cleanup == CleanupKind.Async
                || node.Parameters.Any(p => p.State?.Class.Cleanup == CleanupKind.Async));
}
