using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Checks;

/// <summary>Names written as strings, which a rename would miss (FG4004).</summary>
internal static class LiteralAdvice
{
    public static void Run(WorkflowDraft draft)
    {
        Check(draft, draft.EntryModel.Spot, draft.EntryModel.ReturnAttributes);
        foreach (NodeDraft node in draft.Nodes)
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

            foreach (NamedConstant named in attribute.Named.Where(n => n.Name is "Member" or "MaxParallelismFrom"))
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
            FlowAttribute.After or FlowAttribute.Needs or FlowAttribute.NeedsAny or FlowAttribute.From => attribute.Arguments.Count,
            FlowAttribute.When or FlowAttribute.Unless or FlowAttribute.Otherwise or FlowAttribute.Each or FlowAttribute.SubWorkflow => 1,
            _ => 0,
        };
}
