using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Linking.Logic;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Checks;

/// <summary>Conditions that leave something out or say too much (FG4008, FG4009, FG4011).</summary>
internal sealed class ConditionAdvice(WorkflowDraft draft, PresenceModel presence)
{
    public void Run()
    {
        foreach (NodeDraft node in draft.Steps)
        {
            foreach (ConditionDraft condition in node.Conditions)
            {
                CheckTwice(node, condition);
            }

            if (presence.IsImpossible(presence.Start(node)))
            {
                draft.Issues.Add(Rule.NeverRuns, node.Spot, node.Name);
            }
        }

        foreach (IGrouping<Consumer, (NodeDraft Node, ConditionDraft Condition)> decider in draft.Nodes
            .SelectMany(n => n.Conditions.Select(c => (Node: n, Condition: c)))
            .GroupBy(c => c.Condition.Decider))
        {
            CheckUnhandled([.. decider]);
        }
    }

    private void CheckTwice(NodeDraft node, ConditionDraft condition)
    {
        HashSet<string?> seen = [];
        for (int i = 1; i < condition.Attribute.Arguments.Count; i++)
        {
            ConstantModel value = condition.Attribute.Arguments[i];
            if (!seen.Add(value.Text))
            {
                draft.Issues.Add(Rule.ConditionValueTwice, node.Spot.AtArgument(condition.Attribute, i), value.Display);
            }
        }
    }

    /// <summary>Values of a switch that no case handles. A bool is a question and not a switch.</summary>
    private void CheckUnhandled(List<(NodeDraft Node, ConditionDraft Condition)> cases)
    {
        Variable variable = presence.ValueOf(cases[0].Condition);
        if (variable.IsBool || cases.Exists(c => c.Condition.IsNegated))
        {
            return;
        }

        HashSet<string?> handled = new(cases.SelectMany(c => c.Condition.Values).Select(v => v.Text), StringComparer.Ordinal);
        List<string> missing = [.. variable.Outcomes.Where(o => !handled.Contains(o.Text)).Select(o => o.Display)];
        if (missing.Count > 0)
        {
            (NodeDraft node, ConditionDraft first) = cases[0];
            draft.Issues.Add(Rule.ValueUnhandled, node.Spot.At(first.Attribute), first.Source, string.Join(", ", missing));
        }
    }
}
