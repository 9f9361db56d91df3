using FlowGen.Generator.Linking.Binding;
using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Checks;

/// <param name="Reason">For people: <c>parameter 'b'</c>, <c>[After]</c>.</param>
/// <param name="IsCertain">The second cannot start before the first has settled.</param>
/// <param name="IsMerge">The second joins branches of which not all may come.</param>
internal sealed record DraftEdge(NodeDraft From, NodeDraft To, string Reason, Spot Spot, bool IsCertain = true, bool IsMerge = false);

/// <summary>Why one node comes after another. Compensations and handlers of the workflow come after everything and take no part.</summary>
internal static class DraftEdges
{
    public static IEnumerable<DraftEdge> To(NodeDraft node)
    {
        HashSet<NodeDraft> early = PresenceCheck.FindEarly(node);
        foreach (ParameterDraft parameter in node.Parameters)
        {
            foreach (DraftEdge edge in Through(parameter, node, $"parameter '{parameter.Model.Name}'", parameter.Spot))
            {
                yield return edge with { IsCertain = edge.IsCertain && !early.Contains(edge.From) };
            }
        }

        foreach (DraftEdge edge in Named(node))
        {
            yield return edge;
        }

        foreach (ConditionDraft condition in node.Conditions)
        {
            string reason = $"[{condition.Attribute.Written}]";
            if (condition.Node is { } decider)
            {
                yield return new DraftEdge(decider, node, reason, condition.Spot);
            }

            foreach (ParameterDraft parameter in condition.Predicate?.Parameters ?? [])
            {
                foreach (DraftEdge edge in Through(
                    parameter, node, $"[{condition.Attribute.Written}({condition.Source})] parameter '{parameter.Model.Name}'", condition.Spot))
                {
                    yield return edge;
                }
            }
        }

        foreach (CheckDraft check in node.Policies.Checks)
        {
            foreach (ParameterDraft parameter in check.Parameters)
            {
                foreach (DraftEdge edge in Through(parameter, node, $"{check.Name} parameter '{parameter.Model.Name}'", parameter.Spot))
                {
                    yield return edge;
                }
            }
        }
    }

    /// <summary>Groups of nodes of which one has settled when <paramref name="node"/> starts.</summary>
    public static IEnumerable<IReadOnlyList<NodeDraft>> AlternativesOf(NodeDraft node)
        => node.Joins.AfterAny.Select(g => (IReadOnlyList<NodeDraft>)[.. g.Select(r => r.Node)])
            .Concat(node.Joins.ReadyWhen is { } join ? [[.. join.Nodes.Select(r => r.Node)]] : [])
            .Concat(node.Failure.Catches.Count > 0 ? [[.. node.Failure.Catches.Select(r => r.Node)]] : [])
            .Concat(node.Parameters.Where(p => p.Combination == Combination.First).Select(p => (IReadOnlyList<NodeDraft>)[.. Producers(p)]))
            .Where(g => g.Count > 0);

    private static IEnumerable<DraftEdge> Named(NodeDraft node)
    {
        foreach (Reference reference in node.After.Concat(node.Needs))
        {
            foreach (NodeDraft named in reference.Node.Group)
            {
                yield return new DraftEdge(named, node, reference.Reason, reference.Spot);
            }
        }

        foreach (Reference reference in node.NeedsAny.SelectMany(g => g))
        {
            foreach (NodeDraft named in reference.Node.Group)
            {
                yield return new DraftEdge(named, node, reference.Reason, reference.Spot, IsMerge: true);
            }
        }

        foreach (Reference reference in node.Joins.AfterAny.SelectMany(g => g))
        {
            foreach (NodeDraft named in reference.Node.Group)
            {
                yield return new DraftEdge(named, node, reference.Reason, reference.Spot, IsCertain: false, IsMerge: true);
            }
        }

        foreach (Reference reference in node.Joins.ReadyWhen?.Nodes ?? [])
        {
            yield return new DraftEdge(reference.Node, node, reference.Reason, reference.Spot, IsCertain: false, IsMerge: true);
        }

        foreach (Reference reference in node.Failure.Catches)
        {
            yield return new DraftEdge(reference.Node, node, reference.Reason, reference.Spot, IsCertain: false);
        }
    }

    private static IEnumerable<DraftEdge> Through(ParameterDraft parameter, NodeDraft node, string reason, Spot spot)
    {
        bool isRace = parameter.Combination == Combination.First;
        bool isMerge = !parameter.IsRequired || (parameter.Sources.Count > 1 && Groups.Roots(parameter.Sources).Count > 1);
        return Producers(parameter).Select(producer => new DraftEdge(producer, node, reason, spot, IsCertain: !isRace, isMerge));
    }

    private static IEnumerable<NodeDraft> Producers(ParameterDraft parameter)
        => parameter.Sources.Select(s => s.Producer).OfType<NodeDraft>().Distinct();
}
