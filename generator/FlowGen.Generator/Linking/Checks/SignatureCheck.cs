using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Checks;

/// <summary>
/// What C# itself refuses in the signature of an entry or a node (FG2020, FG2021): its compiler ends there, so that the author would see
/// nothing of what FlowGen has to say about it.
/// </summary>
internal static class SignatureCheck
{
    public static void Run(WorkflowDraft draft, MethodModel method)
    {
        if (method.LacksAccess)
        {
            bool isEntry = draft.Model.Entries.Contains(method);
            draft.Issues.Add(Rule.NeedsAccess, method.Spot, method.Name, isEntry ? "public" : "private");
        }

        HashSet<string> names = new(StringComparer.Ordinal);
        for (int i = 0; i < method.Parameters.Count; i++)
        {
            if (!names.Add(method.Parameters[i].Name))
            {
                draft.Issues.Add(Rule.ParameterTwice, method.Spot.InParameter(i), method.Name, method.Parameters[i].Name);
            }
        }
    }
}
