namespace FlowGen;

/// <summary>
/// Who follows, precedes and contains whom. Data that <see cref="FlowGraph.Validate"/> complains about is left out, so that readers need
/// not care: edges to nowhere, containers that do not come before what they contain.
/// </summary>
internal sealed class GraphTopology
{
    internal GraphTopology(FlowGraphNode[] nodes, FlowGraphEdge[] edges)
    {
        var forward = new List<(int From, int To)>(edges.Length);
        var backward = new List<(int From, int To)>(edges.Length);
        foreach (FlowGraphEdge edge in edges)
        {
            if (IsInside(edge, nodes.Length))
            {
                forward.Add((edge.From, edge.To));
                backward.Add((edge.To, edge.From));
            }
        }

        var contains = new List<(int From, int To)>(nodes.Length);
        var top = new List<FlowGraphNode>(nodes.Length);
        for (int i = 0; i < nodes.Length; i++)
        {
            if (ParentOf(nodes[i], i) is int parent and >= 0)
            {
                contains.Add((parent, i));
            }
            else
            {
                top.Add(nodes[i]);
            }
        }

        Successors = new NodeLists(nodes, forward);
        Predecessors = new NodeLists(nodes, backward);
        Children = new NodeLists(nodes, contains);
        Top = [.. top];
    }

    internal NodeLists Successors { get; }

    internal NodeLists Predecessors { get; }

    /// <summary>Of a sub-workflow node, what it directly contains.</summary>
    internal NodeLists Children { get; }

    /// <summary>Nodes of the main workflow.</summary>
    internal FlowGraphNode[] Top { get; }

    /// <summary>Whether both ends of an edge exist.</summary>
    internal static bool IsInside(FlowGraphEdge edge, int nodes) => (uint)edge.From < (uint)nodes && (uint)edge.To < (uint)nodes;

    /// <summary>A container comes before its content, which also rules out circles of containers; anything else counts as none (-1).</summary>
    private static int ParentOf(FlowGraphNode node, int index) => node.Parent >= 0 && node.Parent < index ? node.Parent : -1;
}

/// <summary>For each node a list of nodes: all lists in one array, each without repetition and in the order of the indices.</summary>
internal sealed class NodeLists
{
    private readonly int[] _starts;
    private readonly FlowGraphNode[] _items;

    internal NodeLists(FlowGraphNode[] nodes, List<(int From, int To)> pairs)
    {
        pairs.Sort();
        _starts = new int[nodes.Length + 1];
        var items = new List<FlowGraphNode>(pairs.Count);
        int next = 0;
        for (int i = 0; i < nodes.Length; i++)
        {
            _starts[i] = items.Count;
            for (int previous = -1; next < pairs.Count && pairs[next].From == i; next++)
            {
                if (pairs[next].To != previous)
                {
                    previous = pairs[next].To;
                    items.Add(nodes[previous]);
                }
            }
        }

        _starts[^1] = items.Count;
        _items = [.. items];
    }

    internal ReadOnlySpan<FlowGraphNode> Of(int index) => _items.AsSpan(_starts[index], _starts[index + 1] - _starts[index]);
}
