using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Checks;

/// <summary>Names that generated members need (FG1008): those of the class, and those of its handle, which has a property for each [Wait] and each stream.</summary>
internal static class ReservedNames
{
    /// <summary>What the runtime calls the field of an enum: no member can have that name.</summary>
    public const string FieldOfEnums = "value__";

    private static readonly HashSet<string> s_ofClass = new(StringComparer.Ordinal)
    {
        "RunAsync", "Run", "Start", "Handle", "NodeId", "Graph", "Descriptor", "Runtime", FieldOfEnums,
    };

    private static readonly HashSet<string> s_ofHandle = new(StringComparer.Ordinal)
    {
        "RunId", "Status", "Completion", "Pause", "Resume", "Cancel", "Memory", "GetAwaiter", "DisposeAsync", "Handle", "NodeId", "Item",
        "Workflow", "Graph", "NodeStates", "States", "StateOf", "Signal", "Signals", "Stream", "Emitters", "_states", "_workflow",
        "Equals", "GetHashCode", "GetType", "ToString", "ReferenceEquals", "MemberwiseClone", "Finalize",
    };

    /// <summary>Whether the handle has a member of that name anyway.</summary>
    public static bool AreOfHandle(string property) => s_ofHandle.Contains(property);

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

        foreach (ReservedName reserved in model.Reserved)
        {
            draft.Issues.Add(Rule.ReservedName, reserved.Spot, reserved.Others, reserved.What, reserved.Name);
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

                CheckStream(draft, properties, parameter.Name, node.Spot.InParameter(i));
            }

            foreach (ParameterModel parameter in (node.Target?.Class?.Parameters ?? EquatableArray<ParameterModel>.Empty)
                .Where(p => p.Role == ParameterRole.Emitter && !node.Parameters.Any(own => own.Role == p.Role && own.Name == p.Name)))
            {
                CheckStream(draft, properties, parameter.Name, node.Spot);
            }
        }
    }

    private static void CheckStream(WorkflowDraft draft, Dictionary<string, string> properties, string name, Spot spot)
    {
        string property = char.ToUpperInvariant(name[0]) + name.Substring(1);
        if (s_ofHandle.Contains(property) || (properties.TryGetValue(property, out string? other) && other != name))
        {
            draft.Issues.Add(Rule.ReservedName, spot, "Stream", name);
        }
        else
        {
            properties[property] = name;
        }
    }
}
