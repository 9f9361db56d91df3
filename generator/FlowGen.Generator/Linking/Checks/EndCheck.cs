using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Checks;

/// <summary>[End]: the node's value is the result of the workflow (FG4015).</summary>
internal static class EndCheck
{
    public static void Run(WorkflowDraft draft)
    {
        TypeRef? result = draft.Entry.Result;
        foreach (NodeDraft node in draft.Steps.Where(n => n.Joins.Ends))
        {
            TypeRef? value = node.Model.Value;
            if (result is null ? value is not null : value is null || !draft.Types.Converts(value, result))
            {
                draft.Issues.Add(Rule.EndResult, node.Spot.AtReturnType(), node.Name, value?.Shown ?? "nothing", draft.Name, result?.Display ?? "nothing");
            }
        }
    }
}
