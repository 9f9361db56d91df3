using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Checks;

/// <summary>Names written as strings, which a rename would miss (FG4004).</summary>
internal static class LiteralAdvice
{
    /// <summary>Properties whose values are names of members; no attribute has one of these for anything else.</summary>
    private static readonly HashSet<string> s_named = new(StringComparer.Ordinal) { "Member", "MaxParallelismFrom", "While", "Until", "If", "From", "Key" };

    public static void Run(WorkflowDraft draft)
    {
        Check(draft, draft.EntryModel.Spot, draft.EntryModel.ReturnAttributes);
        Check(draft, draft.Model.Spot, draft.Model.Timeouts);
        foreach (NodeDraft node in draft.NodesAndCompensations)
        {
            Check(draft, node.Spot, node.Model.Attributes);
        }

        foreach (ParameterDraft parameter in draft.Consumers.SelectMany(c => c.Parameters))
        {
            Check(draft, parameter.Spot, parameter.Model.Attributes);
        }
    }

    private static void Check(WorkflowDraft draft, Spot spot, EquatableArray<AttributeModel> attributes)
    {
        foreach (AttributeModel attribute in attributes)
        {
            for (int i = 0; i < Math.Min(CountNames(attribute), attribute.Arguments.Count); i++)
            {
                Report(attribute.Arguments[i], spot.AtArgument(attribute, i));
            }

            foreach (NamedConstant named in attribute.Named.Where(n => s_named.Contains(n.Name)))
            {
                Report(named.Value, spot.AtNamed(attribute, named.Name));
            }
        }

        void Report(ConstantModel value, Spot where)
        {
            if (value is { IsLiteral: true, Text: { } text })
            {
                draft.Issues.Add(Rule.UseNameof, where, text);
            }
        }
    }

    /// <summary>How many of its positional arguments are names of members.</summary>
    private static int CountNames(AttributeModel attribute)
        => attribute.Kind switch
        {
            FlowAttribute.After or FlowAttribute.Needs or FlowAttribute.NeedsAny or FlowAttribute.AfterAny or FlowAttribute.From or FlowAttribute.FromFirst
                or FlowAttribute.Catch or FlowAttribute.ReadyWhen or FlowAttribute.Cancels => attribute.Arguments.Count,
            FlowAttribute.Compensate or FlowAttribute.When or FlowAttribute.Unless or FlowAttribute.Otherwise or FlowAttribute.Each or FlowAttribute.SubWorkflow => 1,
            _ => 0,
        };
}
