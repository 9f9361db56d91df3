using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Checks;

/// <summary>[When], [Unless] and [Otherwise]: finds what decides and checks the values (FG4005 - FG4007, FG4010, FG4013).</summary>
internal static class ConditionCheck
{
    private static readonly ConstantModel s_true = new("True", "bool", "bool", "true", "true", IsLiteral: false);

    public static void Run(WorkflowDraft draft)
    {
        foreach (NodeDraft node in draft.Steps)
        {
            foreach (AttributeModel attribute in node.Model.Attributes)
            {
                if (attribute.Kind is FlowAttribute.When or FlowAttribute.Unless or FlowAttribute.Otherwise
                    && Read(draft, node, attribute) is { } condition)
                {
                    node.Conditions.Add(condition);
                }
            }
        }

        // [Otherwise] stands for every value that no [When] lists.
        List<ConditionDraft> all = [.. draft.Nodes.SelectMany(n => n.Conditions)];
        ILookup<Consumer, ConditionDraft> cases = all.Where(c => c.Attribute.Kind == FlowAttribute.When).ToLookup(c => c.Decider);
        foreach (ConditionDraft otherwise in all.Where(c => c.IsOtherwise))
        {
            otherwise.Values = [.. cases[otherwise.Decider]
                .SelectMany(c => c.Values)
                .GroupBy(v => v.Text, StringComparer.Ordinal)
                .Select(same => same.First())
                .OrderBy(v => v.Text, StringComparer.Ordinal)];
            if (otherwise.Values.Count == 0 && !IsDecided(draft, otherwise.Source))
            {
                draft.Issues.Add(Rule.OtherwiseAlone, otherwise.Spot, otherwise.Source);
            }
        }
    }

    /// <summary>A [When] on it has no value only if something else is wrong with it, and reported.</summary>
    private static bool IsDecided(WorkflowDraft draft, string source)
        => draft.Steps.SelectMany(node => node.Model.Attributes)
            .Any(attribute => attribute.Kind == FlowAttribute.When && attribute.Arguments is [{ Text: { } text }, ..] && NodeName.Of(text) == NodeName.Of(source));

    private static ConditionDraft? Read(WorkflowDraft draft, NodeDraft node, AttributeModel attribute)
    {
        Spot spot = node.Spot.AtArgument(attribute, 0);
        string source = attribute.Arguments is [{ Text: { } text }, ..] ? text : "";
        string name = NodeName.Of(source);
        if (name == node.Name)
        {
            draft.Issues.Add(Rule.NamesItself, spot, node.Name);
            return null;
        }

        NodeDraft? decider = draft.Find(name);
        PredicateDraft? predicate = decider is null ? draft.FindPredicate(source) : null;
        if (decider is null && predicate is null && draft.NodeNames.Contains(name))
        {
            // A node that is reported already.
            return null;
        }

        if ((decider?.Model.Value ?? predicate?.Model.Type) is not { } type || predicate?.Model.IsAmbiguous == true)
        {
            draft.Issues.Add(Rule.ConditionSource, spot, source, draft.Name, attribute.Written);
            return null;
        }

        if (predicate is not null && !IsPlain(predicate))
        {
            draft.Issues.Add(Rule.ConditionShape, spot, source);
            return null;
        }

        ConditionDraft condition = new(attribute, spot, decider?.Name ?? source, decider, predicate, type);
        return condition.IsOtherwise || ReadValues(draft, node, condition) ? condition : null;
    }

    /// <summary>Synchronous, and without anything but values and what every run has.</summary>
    private static bool IsPlain(PredicateDraft predicate)
        => !predicate.Model.IsAsynchronous && predicate.Model.Parameters.All(CheckMembers.IsPlain);

    private static bool ReadValues(WorkflowDraft draft, NodeDraft node, ConditionDraft condition)
    {
        List<ConstantModel> values = [.. condition.Attribute.Arguments.Skip(1)];
        if (values.Count == 0)
        {
            if (!draft.Types[condition.Type].IsBool)
            {
                draft.Issues.Add(Rule.ConditionNeedsValues, condition.Spot, condition.Source, condition.Type.Display);
                return false;
            }

            values.Add(s_true);
        }

        for (int i = 1; i < condition.Attribute.Arguments.Count; i++)
        {
            ConstantModel value = condition.Attribute.Arguments[i];
            if (value.TypeKey != condition.Type.Key)
            {
                draft.Issues.Add(
                    Rule.ConditionValueType,
                    node.Spot.AtArgument(condition.Attribute, i),
                    value.Display, value.TypeDisplay, condition.Source, condition.Type.Display);
                return false;
            }
        }

        condition.Values = values;
        return true;
    }
}
