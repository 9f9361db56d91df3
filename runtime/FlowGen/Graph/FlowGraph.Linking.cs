using System.Collections.Concurrent;
using FlowGen.CompilerServices;

namespace FlowGen;

/// <summary>Graphs of workflows that are linked and not laid out: their nodes stand behind all others, each link in one piece.</summary>
public sealed partial class FlowGraph
{
    private Dictionary<int, (int Start, FlowGraph Graph)>? _links;
    private int _own;
    private ConcurrentDictionary<(int Boundary, FlowGraph Graph), FlowGraph>? _unforeseen;

    /// <summary>Takes the data of a graph, and the graphs of workflows that it is linked to at run time.</summary>
    /// <param name="workflowId">The workflow it is the graph of.</param>
    /// <param name="version">That workflow's version.</param>
    /// <param name="nodes">As in the other constructor.</param>
    /// <param name="edges">As in the other constructor.</param>
    /// <param name="links">The sub-workflow nodes whose workflows come from other assemblies. Their nodes are added behind all others.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">A node or edge is null, or a node already belongs to a graph.</exception>
    [System.ComponentModel.EditorBrowsable(System.ComponentModel.EditorBrowsableState.Never)]
    public FlowGraph(string workflowId, int version, FlowGraphNode[] nodes, FlowGraphEdge[] edges, GraphLink[] links)
        : this(workflowId, version, WithNodes(nodes, links), WithEdges(nodes, edges, links))
    {
        int start = nodes.Length;
        _own = nodes.Length;
        _links = [];
        foreach (GraphLink link in links)
        {
            _links[link.Node] = (start, link.Graph);
            foreach (KeyValuePair<int, (int Start, FlowGraph Graph)> inner in link.Graph._links ?? [])
            {
                _links[start + inner.Key] = (start + inner.Value.Start, inner.Value.Graph);
            }

            start += link.Graph._nodes.Length;
        }
    }

    /// <summary>The graph that is linked at a node of this graph; null for none.</summary>
    internal FlowGraph? LinkedAt(int boundary) => _links is not null && _links.TryGetValue(boundary, out (int, FlowGraph Graph) link) ? link.Graph : null;

    /// <summary>The outermost link that a node belongs to, and its place in the linked graph; -1 for a node of the workflow's own.</summary>
    internal (int Boundary, int Position) LinkAround(int index)
    {
        if (_links is null || index < _own)
        {
            return (-1, index);
        }

        foreach (KeyValuePair<int, (int Start, FlowGraph Graph)> link in _links)
        {
            int position = index - link.Value.Start;
            if (link.Key < _own && position >= 0 && position < link.Value.Graph._nodes.Length)
            {
                return (link.Key, position);
            }
        }

        return (-1, index);
    }

    /// <summary>What a sub-workflow node contains.</summary>
    internal (int First, int Count) Inside(int boundary)
    {
        if (_links is not null && _links.TryGetValue(boundary, out (int Start, FlowGraph Graph) link))
        {
            return (link.Start, link.Graph._nodes.Length);
        }

        int last = LastLaidOut(boundary);
        int end = boundary + 1;
        while (end < last && _nodes[end].Depth > _nodes[boundary].Depth)
        {
            end++;
        }

        return (boundary + 1, end - boundary - 1);
    }

    /// <summary>Where the nodes end that were laid out together with a node, and those of links begin.</summary>
    private int LastLaidOut(int index)
    {
        if (index < _own)
        {
            return _own;
        }

        (int start, FlowGraph graph) = _links!.Values.Where(link => link.Start <= index).MaxBy(link => link.Start);
        return start + graph._own;
    }

    /// <summary>
    /// Where the nodes of <paramref name="inner"/> are when it runs at a sub-workflow node: in this graph, or, when it is not the workflow
    /// that was declared there (a derived one), in a graph made for it.
    /// </summary>
    internal (FlowGraph Graph, int Offset) PlaceOf(int boundary, FlowGraph inner)
    {
        (int first, int count) = Inside(boundary);
        bool isWhole = LinkedAt(boundary) is not null;
        if (count == (isWhole ? inner._nodes.Length : inner._own) && (count == 0 || string.Equals(_nodes[first].Owner, inner._nodes[0].Owner, StringComparison.Ordinal)))
        {
            return (this, first);
        }

        ConcurrentDictionary<(int, FlowGraph), FlowGraph> unforeseen = _unforeseen
            ?? Interlocked.CompareExchange(ref _unforeseen, new(), comparand: null)
            ?? _unforeseen;
        return (unforeseen.GetOrAdd((boundary, inner), static (key, outer) => key.Item2.MovedInto(outer._nodes[key.Item1]), this), 0);
    }

    private static FlowGraphNode[] WithNodes(FlowGraphNode[] nodes, GraphLink[] links)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        ArgumentNullException.ThrowIfNull(links);
        List<FlowGraphNode> all = [.. nodes];
        foreach (GraphLink link in links)
        {
            int start = all.Count;
            all.AddRange(link.Graph._nodes.Select(node => node.MovedInto(nodes[link.Node], node.Parent < 0 ? link.Node : start + node.Parent)));
        }

        return [.. all];
    }

    private static FlowGraphEdge[] WithEdges(FlowGraphNode[] nodes, FlowGraphEdge[] edges, GraphLink[] links)
    {
        List<FlowGraphEdge> all = [.. edges];
        int start = nodes.Length;
        foreach (GraphLink link in links)
        {
            all.AddRange(link.Graph._edges.Select(edge => new FlowGraphEdge(start + edge.From, start + edge.To, edge.Kind, edge.Reason)));
            start += link.Graph._nodes.Length;
        }

        return [.. all];
    }

    /// <summary>This graph as it is seen from inside of a sub-workflow node of another graph.</summary>
    private FlowGraph MovedInto(FlowGraphNode boundary)
    {
        FlowGraph moved = new(
            WorkflowId,
            Version,
            [.. _nodes.Select(node => node.MovedInto(boundary, node.Parent))],
            [.. _edges.Select(edge => new FlowGraphEdge(edge.From, edge.To, edge.Kind, edge.Reason))])
        {
            _links = _links,
            _own = _own,
        };
        return moved;
    }
}
