using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Checks;

/// <summary>Streams out of a run, and elements into a loop (FG6017, FG9003).</summary>
internal static class StreamCheck
{
    public static void Run(WorkflowDraft draft)
    {
        Dictionary<string, (NodeDraft Node, TypeRef Item)> streams = new(StringComparer.Ordinal);
        foreach (NodeDraft node in draft.Steps)
        {
            foreach ((ParameterModel parameter, Spot spot) in Special(node.Model))
            {
                if (parameter.Role == ParameterRole.More)
                {
                    CheckMore(draft, node, parameter, spot);
                }
                else if (!streams.TryGetValue(parameter.Name, out (NodeDraft Node, TypeRef Item) first))
                {
                    streams.Add(parameter.Name, (node, parameter.Item!));
                }
                else if (first.Item.Key != parameter.Item!.Key)
                {
                    draft.Issues.Add(Rule.StreamTypes, spot, parameter.Name, first.Item.Display, first.Node.Name, parameter.Item.Display, node.Name);
                }
            }
        }
    }

    /// <summary>The streams of the run's handle, by name.</summary>
    public static IEnumerable<BoundStream> Find(IEnumerable<MethodModel> steps, TypeTable types)
        => steps.SelectMany(Special)
            .Select(s => s.Parameter)
            .Where(p => p.Role == ParameterRole.Emitter && p.Missing is null)
            .GroupBy(p => p.Name, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new BoundStream(g.Key, g.First().Item!) { Confines = types[g.First().Item!].Confines });

    /// <summary>Whether elements that the node adds are of the type of those that are there; known only once the source is bound.</summary>
    public static void CheckElements(WorkflowDraft draft)
    {
        foreach (NodeDraft node in draft.Steps)
        {
            if (node.Each is { Decision: Decision.Bound } each && draft.Types[each.Sources[0].Type].Element is { } element)
            {
                foreach ((ParameterModel parameter, Spot spot) in Special(node.Model).Where(s => s.Parameter.Role == ParameterRole.More && s.Parameter.Item!.Key != element.Key))
                {
                    draft.Issues.Add(Rule.MoreElements, spot, parameter.Name, node.Name, $"goes through elements of type '{element.Display}'");
                }
            }
        }
    }

    /// <summary>It adds elements to its own loop.</summary>
    public static bool Grows(NodeDraft node) => Special(node.Model).Any(s => s.Parameter.Role == ParameterRole.More);

    private static void CheckMore(WorkflowDraft draft, NodeDraft node, ParameterModel parameter, Spot spot)
    {
        if (node.Each is not { } each)
        {
            draft.Issues.Add(Rule.MoreElements, spot, parameter.Name, node.Name, "has no [Each]");
        }
        else if (each.Model.Type.Key != parameter.Item!.Key)
        {
            draft.Issues.Add(Rule.MoreElements, spot, parameter.Name, node.Name, $"goes through elements of type '{each.Model.Type.Display}'");
        }
    }

    /// <summary>Its own parameters, and those of its node class that it need not declare.</summary>
    private static IEnumerable<(ParameterModel Parameter, Spot Spot)> Special(MethodModel node)
        => node.Parameters.Select((p, i) => (Parameter: p, Spot: node.Spot.InParameter(i)))
            .Concat((node.Target?.Class?.Parameters ?? EquatableArray<ParameterModel>.Empty)
                .Where(t => !node.Parameters.Any(p => p.Role == t.Role && p.Name == t.Name))
                .Select(p => (Parameter: p, node.Spot)))
            .Where(p => p.Parameter.Role is ParameterRole.Emitter or ParameterRole.More);
}
