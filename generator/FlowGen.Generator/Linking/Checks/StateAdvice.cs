using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Linking.Logic;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Checks;

/// <summary>FG8001: two nodes that may overlap and share a [State] object.</summary>
internal sealed class StateAdvice(WorkflowDraft draft, PresenceModel presence, DraftGraph graph)
{
    public void Run()
    {
        if (draft.Model.Workflow.Number("MaxParallelism", 0) == 1)
        {
            return;
        }

        // Compensations and handlers of the workflow run when everything else has ended.
        List<(NodeDraft Node, Spot Spot, StateClass Class)> uses = [.. draft.Steps.SelectMany(StatesOf)];
        if (uses.Count < 2)
        {
            return;
        }

        Func<NodeDraft, NodeDraft, bool> isBefore = graph.OrderOf([.. uses.Select(u => u.Node)]);
        for (int second = 1; second < uses.Count; second++)
        {
            for (int first = 0; first < second; first++)
            {
                if (uses[first].Class.Type.Key == uses[second].Class.Type.Key && MayOverlap(uses[first].Node, uses[second].Node, isBefore))
                {
                    draft.Issues.Add(
                        Rule.StateRace,
                        uses[second].Spot,
                        [uses[first].Spot],
                        uses[first].Node.Name, uses[second].Node.Name, uses[first].Class.Type.Display);
                    break;
                }
            }
        }
    }

    private static IEnumerable<(NodeDraft Node, Spot Spot, StateClass Class)> StatesOf(NodeDraft node)
        => node.Parameters.Select(p => (p.Model, p.Spot))
            .Concat((node.Model.Target?.Class?.Parameters ?? EquatableArray<ParameterModel>.Empty).Select(p => (Model: p, node.Spot)))
            .Where(p => p.Model.State is not null)
            .Select(p => (node, p.Spot, p.Model.State!.Class));

    private bool MayOverlap(NodeDraft a, NodeDraft b, Func<NodeDraft, NodeDraft, bool> isBefore)
        => a != b && !isBefore(a, b) && !isBefore(b, a) && !ShareSection(a, b) && !presence.Excludes(presence.Start(a), presence.Start(b));

    /// <summary>Of the nodes in one section one executes at a time.</summary>
    private static bool ShareSection(NodeDraft a, NodeDraft b)
        => SectionsOf(a).Intersect(SectionsOf(b), StringComparer.Ordinal).Any();

    private static IEnumerable<string> SectionsOf(NodeDraft node)
        => node.Model.Attributes.Where(x => x.Kind == FlowAttribute.Exclusive).Select(x => x.TypeArgument!.Key);
}
