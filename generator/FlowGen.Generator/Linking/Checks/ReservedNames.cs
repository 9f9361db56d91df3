using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Checks;

/// <summary>Names that generated members need (FG1008): those of the class, and those of its handle, which has a property for each [Wait] and each stream.</summary>
internal static class ReservedNames
{
    private static readonly HashSet<string> s_ofClass = new(StringComparer.Ordinal)
    {
        "RunAsync", "Run", "Start", "Handle", "NodeId", "Graph", "Descriptor", "Runtime",
    };

    private static readonly HashSet<string> s_ofHandle = new(StringComparer.Ordinal)
    {
        "RunId", "Status", "Completion", "Pause", "Resume", "Cancel", "Memory", "GetAwaiter", "DisposeAsync", "Handle", "NodeId", "Item",
        "Equals", "GetHashCode", "GetType", "ToString", "ReferenceEquals", "MemberwiseClone", "Finalize",
    };

    public static void Check(WorkflowDraft draft)
    {
        WorkflowModel model = draft.Model;
        foreach (MethodModel node in model.Methods.Where(m => m.Attributes.Any(a => a.IsNodeKind)))
        {
            if (s_ofClass.Contains(node.Name) || s_ofClass.Contains(node.NodeName))
            {
                draft.Issues.Add(Rule.ReservedName, node.Spot, "Node", node.NodeName);
            }
        }

        foreach (string member in model.Reserved)
        {
            draft.Issues.Add(Rule.ReservedName, model.Spot with { Member = member }, "Node", member);
        }

        CheckHandle(draft, model);
    }

    /// <summary>A [Wait] gives its name to a property, an emitter its own in capitals.</summary>
    private static void CheckHandle(WorkflowDraft draft, WorkflowModel model)
    {
        Dictionary<string, string> properties = new(StringComparer.Ordinal);
        foreach (MethodModel wait in model.Methods.Where(m => m.Find(FlowAttribute.Wait) is not null && !s_ofClass.Contains(m.NodeName)))
        {
            if (s_ofHandle.Contains(wait.NodeName))
            {
                draft.Issues.Add(Rule.ReservedName, wait.Spot, "Node", wait.NodeName);
            }

            properties[wait.NodeName] = "";
        }

        foreach (MethodModel node in model.Methods)
        {
            for (int i = 0; i < node.Parameters.Count; i++)
            {
                ParameterModel parameter = node.Parameters[i];
                if (parameter.Role != ParameterRole.Emitter)
                {
                    continue;
                }

                string property = char.ToUpperInvariant(parameter.Name[0]) + parameter.Name.Substring(1);
                if (s_ofHandle.Contains(property) || (properties.TryGetValue(property, out string? other) && other != parameter.Name))
                {
                    draft.Issues.Add(Rule.ReservedName, node.Spot.InParameter(i), "Stream", parameter.Name);
                }
                else
                {
                    properties[property] = parameter.Name;
                }
            }
        }
    }
}
