using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Checks;

/// <summary>The attributes of a node that name others (FG4001, FG4002), and the rules of joins (FG4012).</summary>
internal static class OrderCheck
{
    private const string States = "global::System.ReadOnlySpan<global::FlowGen.NodeState>";
    private const string Readiness = "global::FlowGen.Readiness";

    public static void Run(WorkflowDraft draft)
    {
        foreach (NodeDraft node in draft.Steps)
        {
            foreach (AttributeModel attribute in node.Model.Attributes)
            {
                switch (attribute.Kind)
                {
                    case FlowAttribute.After:
                        node.After.AddRange(Resolve(draft, node, attribute));
                        break;
                    case FlowAttribute.Needs:
                        node.Needs.AddRange(Resolve(draft, node, attribute));
                        break;
                    case FlowAttribute.NeedsAny:
                        node.NeedsAny.Add([.. Resolve(draft, node, attribute)]);
                        break;
                    case FlowAttribute.AfterAny:
                        node.Joins.AfterAny.Add([.. Resolve(draft, node, attribute)]);
                        break;
                    case FlowAttribute.ReadyWhen:
                        ReadRule(draft, node, attribute);
                        break;
                    case FlowAttribute.Cancels:
                        node.Joins.Cancels.AddRange(Resolve(draft, node, attribute));
                        node.Joins.KeepsFinished = attribute.Flag("KeepFinished", otherwise: false);
                        node.Joins.Cancels.ForEach(r => r.Node.Joins.Withdrawers.Add(node));
                        break;
                    case FlowAttribute.End:
                        node.Joins.Ends = true;
                        break;
                }
            }
        }
    }

    /// <summary>The nodes that an attribute names, from argument <paramref name="first"/> on.</summary>
    public static IEnumerable<Reference> Resolve(WorkflowDraft draft, NodeDraft node, AttributeModel attribute, int first = 0)
    {
        if (attribute.Arguments.Count <= first)
        {
            draft.Issues.Add(Rule.OrderNotANode, node.Spot.At(attribute), "", draft.Name);
        }

        for (int i = first; i < attribute.Arguments.Count; i++)
        {
            Spot spot = node.Spot.AtArgument(attribute, i);
            string written = attribute.Arguments[i].Text ?? "";
            string name = NodeName.Of(written);
            if (name == node.Name)
            {
                draft.Issues.Add(Rule.NamesItself, spot, node.Name);
            }
            else if (draft.Find(name) is { } other)
            {
                yield return new Reference(other, spot, $"[{attribute.Written}]");
            }
            else if (!draft.NodeNames.Contains(name))
            {
                draft.Issues.Add(Rule.OrderNotANode, spot, written, draft.Name);
            }
        }
    }

    private static void ReadRule(WorkflowDraft draft, NodeDraft node, AttributeModel attribute)
    {
        List<Reference> nodes = [.. Resolve(draft, node, attribute, first: 1)];
        string name = attribute.Arguments is [{ Text: { } text }, ..] ? text : "";
        if (draft.FindCheckable(name) is not { } rule || !IsRule(rule))
        {
            draft.Issues.Add(Rule.JoinRule, node.Spot.AtArgument(attribute, 0), name);
            return;
        }

        RuleDraft join = new(attribute, rule, nodes, attribute.Flag("CancelRest", otherwise: false));
        node.Joins.ReadyWhen = join;
        if (join.CancelsRest)
        {
            nodes.ForEach(r => r.Node.Joins.Withdrawers.Add(node));
        }
    }

    private static bool IsRule(PredicateModel rule)
        => rule is { Kind: PredicateKind.Method, IsStatic: true, IsAmbiguous: false, Type: { Key: Readiness, IsNullable: false }, Parameters: [{ Type.Key: States }] };
}
