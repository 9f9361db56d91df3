using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Linking.Drafts;

namespace FlowGen.Generator.Linking.Checks;

/// <summary>[Cancels] that names what has settled before the node starts withdraws nothing (FG4014).</summary>
internal static class CancelCheck
{
    /// <summary>Whether something turned out not to be withdrawn after all.</summary>
    public static bool Run(WorkflowDraft draft, DraftGraph graph)
    {
        List<NodeDraft> named = [.. draft.Steps.SelectMany(n => n.Joins.Cancels).Select(r => r.Node)];
        if (named.Count == 0)
        {
            return false;
        }

        bool found = false;
        Func<NodeDraft, NodeDraft, bool> isBefore = graph.OrderOf(named);
        foreach (NodeDraft node in draft.Steps)
        {
            foreach (Reference cancelled in node.Joins.Cancels.Where(r => isBefore(r.Node, node)))
            {
                found = true;
                cancelled.Node.Joins.Withdrawers.Remove(node);
                draft.Issues.Add(Rule.CancelsNothing, cancelled.Spot, node.Name, cancelled.Node.Name);
            }
        }

        return found;
    }
}
