using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Checks;

/// <summary>[Each] and the other limits (FG6002 - FG6004, FG6013, FG6016). Whether its source is a collection is found while binding.</summary>
internal static class EachCheck
{
    public static void Run(WorkflowDraft draft)
    {
        PolicyCheck.CheckNegative(draft, draft.Model.Spot, draft.Model.Workflow, "MaxParallelism");
        foreach (NodeDraft node in draft.Nodes)
        {
            List<ParameterDraft> each = [.. node.Parameters.Where(p => p.IsElement)];
            foreach (ParameterDraft another in each.Skip(1))
            {
                draft.Issues.Add(Rule.EachTwice, another.Spot, node.Name);
            }

            if (each is [{ Each: { } attribute } element, ..])
            {
                PolicyCheck.CheckNegative(draft, element.Spot, attribute, "MaxParallelism");
                CheckMaximum(draft, node, element.Spot, attribute);
                node.Policies.EachUntil = attribute.Find("Until") is null ? null : CheckMembers.EachRule(draft, node, element.Spot, attribute);
            }
        }
    }

    private static void CheckMaximum(WorkflowDraft draft, NodeDraft node, Spot spot, AttributeModel each)
    {
        if (each.Find("MaxParallelismFrom") is not { } from)
        {
            return;
        }

        if (each.Find("MaxParallelism") is not null)
        {
            string second = each.Named.Last(n => n.Name is "MaxParallelism" or "MaxParallelismFrom").Name;
            draft.Issues.Add(Rule.EachMaxTwice, spot.AtNamed(each, second));
        }
        else if (FindMaximum(node, each) < 0)
        {
            draft.Issues.Add(Rule.EachMaxFrom, spot.AtNamed(each, "MaxParallelismFrom"), from.Text ?? "", node.Name);
        }
    }

    /// <summary>The node's own parameter that gives the limit at run time, or -1.</summary>
    public static int FindMaximum(NodeDraft node, AttributeModel each)
    {
        string? name = each.Text("MaxParallelismFrom");
        for (int i = 0; i < node.Parameters.Count; i++)
        {
            ParameterModel parameter = node.Parameters[i].Model;
            if (parameter.Name == name && parameter is { Role: ParameterRole.Data, Type: { Key: "int", IsNullable: false } }
                && !node.Parameters[i].IsElement)
            {
                return i;
            }
        }

        return -1;
    }
}
