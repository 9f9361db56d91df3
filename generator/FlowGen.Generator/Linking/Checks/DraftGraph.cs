using System.Collections;
using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Checks;

/// <summary>The edges between the nodes of a bound workflow, and its cycles (FG5001, FG5019).</summary>
internal sealed class DraftGraph
{
    private readonly WorkflowDraft _draft;
    private readonly ILookup<NodeDraft, DraftEdge> _from;

    public DraftGraph(WorkflowDraft draft)
    {
        _draft = draft;
        List<DraftEdge> edges = [];
        foreach (NodeDraft node in draft.Steps)
        {
            edges.AddRange(DraftEdges.To(node));
        }

        _from = edges.ToLookup(e => e.From);
    }

    /// <summary>Which of <paramref name="nodes"/> come before which others: whether the second cannot start before the first has settled.</summary>
    public Func<NodeDraft, NodeDraft, bool> OrderOf(IReadOnlyList<NodeDraft> nodes)
    {
        // For each node, which of the given ones lie before it.
        Dictionary<NodeDraft, int> numbers = [];
        foreach (NodeDraft node in nodes)
        {
            if (!numbers.ContainsKey(node))
            {
                numbers.Add(node, numbers.Count);
            }
        }

        Dictionary<NodeDraft, BitArray> before = _draft.Nodes.ToDictionary(n => n, _ => new BitArray(numbers.Count));
        foreach (NodeDraft node in Sort())
        {
            foreach (IReadOnlyList<NodeDraft> alternatives in DraftEdges.AlternativesOf(node))
            {
                before[node].Or(CommonTo(alternatives));
            }

            BitArray upTo = UpTo(node);
            foreach (DraftEdge edge in _from[node].Where(e => e.IsCertain))
            {
                before[edge.To].Or(upTo);
            }
        }

        return (first, second) => before[second][numbers[first]];

        // Of several nodes of which one has settled, only what lies before each of them has certainly settled, too.
        BitArray CommonTo(IReadOnlyList<NodeDraft> alternatives)
        {
            BitArray common = UpTo(alternatives[0]);
            foreach (NodeDraft other in alternatives.Skip(1))
            {
                common.And(UpTo(other));
            }

            return common;
        }

        BitArray UpTo(NodeDraft node)
        {
            BitArray all = new(before[node]);
            if (numbers.TryGetValue(node, out int number))
            {
                all[number] = true;
            }

            return all;
        }
    }

    /// <summary>One diagnostic for each knot: the shortest cycle through its earliest-declared node.</summary>
    public void ReportCycles()
    {
        // What is left when everything that can be put in order is: cycles, and what follows them.
        HashSet<NodeDraft> suspects = [.. _draft.Steps];
        suspects.ExceptWith(Sort());
        HashSet<NodeDraft> reported = [];
        foreach (NodeDraft node in _draft.Nodes.Where(suspects.Contains))
        {
            if (reported.Contains(node) || FindPath(node, node) is not { } cycle)
            {
                continue;
            }

            reported.UnionWith(suspects.Where(n => n == node || (FindPath(node, n) is not null && FindPath(n, node) is not null)));
            string path = node.Name + string.Concat(cycle.Select(e => $" -> {e.To.Name} ({e.Reason})"));
            DraftEdge backwards = cycle.Find(e => e.To.Index <= e.From.Index)!;
            IEnumerable<Spot> others = cycle.Where(e => e != backwards).Select(e => e.Spot);
            _draft.Issues.Add(cycle.Exists(e => e.IsMerge) ? Rule.MergeCycle : Rule.NodeCycle, backwards.Spot, others, _draft.Name, path);
        }
    }

    /// <summary>Each node after those that it follows. What lies on a cycle, or follows one, is left out.</summary>
    private List<NodeDraft> Sort()
    {
        Dictionary<NodeDraft, int> waits = _draft.Nodes.ToDictionary(n => n, _ => 0);
        foreach (DraftEdge edge in _from.SelectMany(edges => edges))
        {
            waits[edge.To]++;
        }

        List<NodeDraft> order = _draft.Nodes.FindAll(n => waits[n] == 0);
        for (int i = 0; i < order.Count; i++)
        {
            foreach (DraftEdge edge in _from[order[i]])
            {
                if (--waits[edge.To] == 0)
                {
                    order.Add(edge.To);
                }
            }
        }

        return order;
    }

    /// <summary>A shortest path of at least one edge, the earliest-declared among equals.</summary>
    private List<DraftEdge>? FindPath(NodeDraft from, NodeDraft to)
    {
        Dictionary<NodeDraft, DraftEdge> reachedBy = [];
        Queue<NodeDraft> open = new([from]);
        while (open.Count > 0)
        {
            foreach (DraftEdge edge in _from[open.Dequeue()].OrderBy(e => e.To.Index))
            {
                if (reachedBy.ContainsKey(edge.To))
                {
                    continue;
                }

                reachedBy.Add(edge.To, edge);
                if (edge.To == to)
                {
                    return Trace(reachedBy, from, to);
                }

                open.Enqueue(edge.To);
            }
        }

        return null;
    }

    private static List<DraftEdge> Trace(Dictionary<NodeDraft, DraftEdge> reachedBy, NodeDraft from, NodeDraft to)
    {
        List<DraftEdge> path = [reachedBy[to]];
        while (path[0].From != from)
        {
            path.Insert(0, reachedBy[path[0].From]);
        }

        return path;
    }
}
