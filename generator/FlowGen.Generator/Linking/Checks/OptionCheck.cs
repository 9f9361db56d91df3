using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Checks;

/// <summary>Options that are no value of their enum (FG6019): a cast makes any number one for the C# compiler.</summary>
internal static class OptionCheck
{
    public static void Run(WorkflowDraft draft)
    {
        WorkflowModel model = draft.Model;
        Check(draft, model.Spot, model.Timeouts.Prepend(model.Workflow));
        foreach (MethodModel method in model.Entries.Concat(model.Methods))
        {
            Check(draft, method.Spot, method.Attributes);
            for (int i = 0; i < method.Parameters.Count; i++)
            {
                Check(draft, method.Spot.InParameter(i), method.Parameters[i].Attributes);
            }
        }
    }

    private static void Check(WorkflowDraft draft, Spot spot, IEnumerable<AttributeModel> attributes)
    {
        foreach (AttributeModel attribute in attributes)
        {
            foreach (NamedConstant named in attribute.Named.Where(n => n.Value.IsUnknownOption))
            {
                draft.Issues.Add(Rule.UnknownOption, spot.AtNamed(attribute, named.Name), named.Name, named.Value.Text!, named.Value.TypeDisplay);
            }
        }
    }
}
