using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Checks;

/// <summary>
/// Each node, handler and compensation by itself (FG1013, FG1015, FG2001 - FG2006, FG2013, FG2017, FG2019, FG8005, FG8006). Creates the drafts of the sound ones.
/// </summary>
internal static class NodeCheck
{
    public static void Run(WorkflowDraft draft)
    {
        CheckTypes(draft, draft.EntryModel, draft.EntryModel.Name);
        EntryMeaning.Check(draft);
        draft.Model.Entries.ToList().ForEach(entry => SignatureCheck.Run(draft, entry));
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (MethodModel method in draft.Model.Methods)
        {
            List<AttributeModel> kinds = [.. method.Attributes.Where(a => a.IsNodeKind || a.Kind == FlowAttribute.Compensate)];

            // A handler is a node already.
            List<AttributeModel> different = kinds.Exists(k => k.Kind == FlowAttribute.Node) ? kinds.FindAll(k => k.Kind != FlowAttribute.Catch) : kinds;
            if (kinds.Count == 0)
            {
                AttributeModel stray = method.Attributes[0];
                draft.Issues.Add(Rule.NotANode, method.Spot.At(stray), method.Name, stray.Written);
            }
            else if (different.Count > 1)
            {
                string written = string.Join(", ", kinds.Select(k => k.Written));
                draft.Issues.Add(Rule.TwoKinds, method.Spot.At(different[1]), method.NodeName, written);
            }
            else if (draft.Model.Displacements.Any(d => d.Spot == method.Spot))
            {
                // Told already.
            }
            else if (!names.Add(method.NodeName))
            {
                draft.Issues.Add(Rule.DuplicateNode, method.Spot, draft.Name, method.NodeName);
            }
            else
            {
                CheckMethod(draft, method, different[0]);
                SignatureCheck.Run(draft, method);
                CheckTypes(draft, method, method.NodeName);
                draft.Add(new NodeDraft(method, different[0], draft.Nodes.Count, RoleOf(method)));
            }
        }

        foreach (PredicateModel member in draft.Model.Checks)
        {
            CheckParameters(draft, member.Spot, member.Parameters, member.Name, takesSpans: true);
        }

        CheckIds(draft);
    }

    public static NodeRole RoleOf(MethodModel method)
        => method.Find(FlowAttribute.Compensate) is not null ? NodeRole.Compensation
            : method.Find(FlowAttribute.Catch) is not { } handler ? NodeRole.Forward
            : handler.Arguments.Count > 0 ? NodeRole.Handler
            : NodeRole.WorkflowHandler;

    private static void CheckMethod(WorkflowDraft draft, MethodModel method, AttributeModel kind)
    {
        if (method.IsGeneric)
        {
            draft.Issues.Add(Rule.GenericNode, method.Spot.AtTypeParameters(), method.NodeName);
        }

        if (kind.IsBodyless && !method.IsBodyless)
        {
            string implementation = kind.Kind switch
            {
                FlowAttribute.NodeOf => "a node class",
                FlowAttribute.Wait => "an event",
                FlowAttribute.DynamicSubWorkflow => "a run-time choice",
                _ => "a sub-workflow",
            };
            draft.Issues.Add(Rule.MustBeBodyless, method.Spot, method.NodeName, implementation);
        }
        else if (!kind.IsBodyless && method.IsBodyless)
        {
            draft.Issues.Add(Rule.NoBody, method.Spot, method.NodeName);
        }
        else if (method.IsAsyncVoid)
        {
            draft.Issues.Add(Rule.AsyncVoid, method.Spot, method.NodeName);
        }

        if (method.ResultIsState)
        {
            draft.Issues.Add(Rule.StateEscapes, method.Spot.AtReturnType(), method.Result!.Display, method.NodeName);
        }
    }

    private static void CheckTypes(WorkflowDraft draft, MethodModel method, string name)
    {
        if (method.Missing is { } missing)
        {
            draft.Issues.Add(Rule.UnresolvedType, method.Spot.AtReturnType(), missing.Name, $"the result of '{name}'", missing.Why);
        }
        else if (method.IsFleeting)
        {
            draft.Issues.Add(Rule.FleetingResult, method.Spot.AtReturnType(), name);
        }

        foreach (AttributeModel attribute in method.Attributes)
        {
            if (attribute.Missing is { } named)
            {
                draft.Issues.Add(Rule.UnresolvedType, method.Spot.AtTypeArgument(attribute), named.Name, $"[{attribute.Written}] of '{name}'", named.Why);
            }
        }

        bool isEntry = ReferenceEquals(method, draft.EntryModel);
        CheckParameters(draft, method.Spot, method.Parameters, name, isEntry);
    }

    public static void CheckParameters(
        WorkflowDraft draft, Spot spot, EquatableArray<ParameterModel> parameters, string name, bool isEntry = false, bool takesSpans = false)
    {
        for (int i = 0; i < parameters.Count; i++)
        {
            ParameterModel parameter = parameters[i];
            if (parameter.Missing is { } type)
            {
                draft.Issues.Add(Rule.UnresolvedType, spot.InParameter(i), type.Name, $"parameter '{parameter.Name}' of '{name}'", type.Why);
            }
            else if (parameter.IsByRef && !isEntry && !takesSpans)
            {
                draft.Issues.Add(Rule.NodeParameter, spot.InParameter(i), parameter.Name);
            }

            if (parameter is { Role: ParameterRole.Service, Type.IsReference: false, Missing: null })
            {
                draft.Issues.Add(Rule.ServiceType, spot.InParameter(i), parameter.Type.Display, parameter.Type.IsValue ? "is" : "may be");
            }

            if (parameter.State is { HasConstructor: false } state)
            {
                draft.Issues.Add(Rule.StateConstructor, state.Spot ?? spot.InParameter(i), state.Class.Type.Display);
            }
        }
    }

    private static void CheckIds(WorkflowDraft draft)
    {
        Dictionary<string, NodeDraft> ids = new(StringComparer.Ordinal);
        foreach (NodeDraft node in draft.Nodes)
        {
            string? flaw = string.IsNullOrWhiteSpace(node.Id) ? "it is empty" : node.Id.Contains('.') ? "a dot separates the segments of a path"
                : node.Id.Any(char.IsControl) ? "it is more than one line of text" : null;
            if (flaw is not null)
            {
                draft.Issues.Add(Rule.UnusableId, IdSpot(node), node.Id, flaw);
            }

            if (!ids.TryGetValue(node.Id, out NodeDraft? first))
            {
                ids.Add(node.Id, node);
                continue;
            }

            // One of the two says Id, or their names would differ.
            NodeDraft culprit = node.IdAttribute is not null ? node : first;
            draft.Issues.Add(Rule.DuplicateNodeId, IdSpot(culprit), node.Id, first.Name, node.Name);
        }
    }

    private static Spot IdSpot(NodeDraft node) => node.IdAttribute is { } attribute ? node.Spot.AtNamed(attribute, "Id") : node.Spot;
}
