namespace FlowGen;

/// <summary>Finds what is wrong with a graph. Generated graphs are right by construction; this serves tests and graphs made by hand.</summary>
internal sealed class GraphValidation
{
    private readonly FlowGraph _graph;
    private readonly List<string> _problems = [];

    internal GraphValidation(FlowGraph graph)
    {
        _graph = graph;
        Workflow();
        Nodes();
        Edges();
        Cycle();
    }

    internal IReadOnlyList<string> Problems => _problems;

    private void Workflow()
    {
        Require(!string.IsNullOrWhiteSpace(_graph.WorkflowId), "The workflow's id is empty.");
        Require(_graph.Version >= 1, $"The workflow's version is {_graph.Version}; versions start at 1.");
    }

    private void Nodes()
    {
        var paths = new HashSet<string>(StringComparer.Ordinal);
        foreach (FlowGraphNode node in _graph.Nodes)
        {
            string name = node.Path.Length == 0 ? $"Node {node.Index}" : $"Node '{node.Path}'";
            Require(!string.IsNullOrWhiteSpace(node.Name), $"{name} has no name.");
            Require(node.Path.Length == 0 || paths.Add(node.Path), $"{name} stands twice.");
            Require(Enum.IsDefined(node.Kind), $"{name} is of unknown kind {(int)node.Kind}.");
            Require(node.Owner.Length > 0, $"{name} has no owner.");
            if (node.Parent == -1)
            {
                Require(node.Depth == 0, $"{name} has depth {node.Depth} but no parent.");
            }
            else if (node.Parent < -1 || node.Parent >= node.Index)
            {
                _problems.Add($"{name} has parent {node.Parent}; a parent is a node that comes before it.");
            }
            else
            {
                FlowGraphNode parent = _graph.Nodes[node.Parent];
                Require(parent.Kind == FlowNodeKind.SubWorkflow, $"{name} is inside '{parent.Path}', which is no sub-workflow.");
                Require(node.Depth == parent.Depth + 1, $"{name} has depth {node.Depth} inside '{parent.Path}' of depth {parent.Depth}.");
                Require(
                    node.Path.StartsWith(parent.Path + ".", StringComparison.Ordinal),
                    $"{name} is inside '{parent.Path}', but its path says otherwise.");
            }
        }
    }

    private void Edges()
    {
        var seen = new HashSet<(int, int, FlowEdgeKind, string)>();
        for (int i = 0; i < _graph.Edges.Count; i++)
        {
            FlowGraphEdge edge = _graph.Edges[i];
            if (!GraphTopology.IsInside(edge, _graph.Nodes.Count))
            {
                _problems.Add($"Edge {i} joins {edge.From} and {edge.To}, but there are {_graph.Nodes.Count} nodes.");
                continue;
            }

            FlowGraphNode from = _graph.Nodes[edge.From];
            FlowGraphNode to = _graph.Nodes[edge.To];
            string name = $"Edge '{from.Path}' -> '{to.Path}'";
            Require(from.Parent == to.Parent, $"{name} joins nodes of different levels.");
            Require(Enum.IsDefined(edge.Kind), $"{name} is of unknown kind {(int)edge.Kind}.");
            Require(seen.Add((edge.From, edge.To, edge.Kind, edge.Reason)), $"{name} stands twice.");
        }
    }

    private void Cycle()
    {
        int[][] next = new int[_graph.Nodes.Count][];
        for (int i = 0; i < next.Length; i++)
        {
            ReadOnlySpan<FlowGraphNode> successors = _graph.Successors(i);
            next[i] = new int[successors.Length];
            for (int j = 0; j < successors.Length; j++)
            {
                next[i][j] = successors[j].Index;
            }
        }

        if (Circle.Find(next) is { } circle)
        {
            _problems.Add($"Nodes form a cycle: {string.Join(" -> ", circle.Select(index => _graph.Nodes[index].Path))}.");
        }
    }

    private void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            _problems.Add(otherwise);
        }
    }
}
