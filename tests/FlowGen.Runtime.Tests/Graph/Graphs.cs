namespace FlowGen.Runtime.Tests.Graph;

/// <summary>Graphs for tests, made as generated code makes them.</summary>
internal static class Graphs
{
    internal static FlowGraphNode Node(
        string path,
        int parent = -1,
        FlowNodeKind kind = FlowNodeKind.Method,
        string owner = "W",
        string condition = "",
        string description = "") =>
        new(path, kind, owner, parent, path.Count(c => c == '.'), condition, description);

    internal static FlowGraphEdge Edge(int from, int to, FlowEdgeKind kind = FlowEdgeKind.Data, string reason = "value") =>
        new(from, to, kind, reason);

    internal static FlowGraph Of(FlowGraphNode[] nodes, params FlowGraphEdge[] edges) => new("W", 1, nodes, edges);

    /// <summary>a -> b, a -> c, b -> d, c -> d, the last by two reasons.</summary>
    internal static FlowGraph Diamond() => Of(
        [Node("a"), Node("b"), Node("c"), Node("d")],
        Edge(0, 2), Edge(0, 1), Edge(1, 3), Edge(2, 3), Edge(2, 3, FlowEdgeKind.Sequence, "[After]"));

    /// <summary>Three levels, the middle one twice, with every kind of node and edge.</summary>
    internal static FlowGraph Fulfil()
    {
        var nodes = new List<FlowGraphNode> { Node("Pack", owner: "Fulfil", description: "Fills the boxes.") };
        foreach (string name in (string[])["Cold", "Dry"])
        {
            int parcel = nodes.Count;
            bool isDry = name is "Dry";
            nodes.Add(Node(name, kind: FlowNodeKind.SubWorkflow, owner: "Fulfil", condition: isDry ? "Pack = Large" : ""));
            nodes.Add(Node($"{name}.Quote", parcel, owner: "Ship"));
            nodes.Add(Node($"{name}.Label", parcel, FlowNodeKind.SubWorkflow, "Ship"));
            nodes.Add(Node($"{name}.Label.Text", parcel + 2, owner: "Labels"));
            nodes.Add(Node($"{name}.Label.Print", parcel + 2, FlowNodeKind.Class, "Labels"));
            nodes.Add(Node($"{name}.Done", parcel, owner: "Ship"));
        }

        nodes.Add(Node("Done", owner: "Fulfil"));
        int done = nodes.Count - 1;
        return new FlowGraph("Fulfil", 2, [.. nodes],
        [
            Edge(0, 1, reason: "parameter 'box'"), Edge(0, 7, FlowEdgeKind.Conditional, "[When(Pack)] = Large"),
            Edge(2, 3), Edge(3, 6), Edge(4, 5), Edge(8, 9), Edge(9, 12), Edge(10, 11),
            Edge(1, 7, FlowEdgeKind.Sequence, "[After]"), Edge(1, done, FlowEdgeKind.Merge, "merge 'shipment'"),
            Edge(7, done, FlowEdgeKind.Optional, "parameter 'dry'"),
        ]);
    }
}
