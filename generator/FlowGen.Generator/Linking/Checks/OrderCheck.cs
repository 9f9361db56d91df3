using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Checks;

/// <summary>[After], [Needs] and [NeedsAny]: finds the nodes that they name (FG4001, FG4002).</summary>
internal static class OrderCheck
{
    public static void Run(WorkflowDraft draft)
    {
        foreach (NodeDraft node in draft.Nodes)
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
                }
            }
        }
    }

    private static IEnumerable<Reference> Resolve(WorkflowDraft draft, NodeDraft node, AttributeModel attribute)
    {
        if (attribute.Arguments.Count == 0)
        {
            draft.Issues.Add(Rule.OrderNotANode, node.Spot.At(attribute), "", draft.Name);
        }

        for (int i = 0; i < attribute.Arguments.Count; i++)
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
}
