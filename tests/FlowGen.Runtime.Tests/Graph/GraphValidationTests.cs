using static FlowGen.Runtime.Tests.Graph.Graphs;

namespace FlowGen.Runtime.Tests.Graph;

public sealed class GraphValidationTests
{
    [Fact]
    public void Sound_graphs_have_no_problems()
    {
        Assert.Empty(Diamond().Validate());
        Assert.Empty(Fulfil().Validate());
    }

    [Fact]
    public void A_workflow_has_an_id_and_a_version() => Assert.Equal(
        ["The workflow's id is empty.", "The workflow's version is 0; versions start at 1."],
        new FlowGraph(" ", 0, [], []).Validate());

    [Fact]
    public void A_path_stands_once() => Assert.Equal(["Node 'a' stands twice."], Of([Node("a"), Node("a")]).Validate());

    [Theory]
    [InlineData("", "Node 0 has no name.")]
    [InlineData("a.", "Node 'a.' has no name.")]
    public void A_node_has_a_name(string path, string problem) =>
        Assert.Equal([problem], Of([new FlowGraphNode(path, FlowNodeKind.Method, "W", -1, 0, "", "")]).Validate());

    [Fact]
    public void A_node_has_an_owner_and_a_kind() => Assert.Equal(
        ["Node 'a' is of unknown kind 9.", "Node 'a' has no owner."],
        Of([Node("a", kind: (FlowNodeKind)9, owner: "")]).Validate());

    [Theory]
    [InlineData(-2)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(99)]
    public void A_parent_comes_first(int parent) => Assert.Equal(
        [$"Node 'a' has parent {parent}; a parent is a node that comes before it."],
        Of([Node("a", parent), Node("b")]).Validate());

    [Fact]
    public void A_parent_is_a_sub_workflow() => Assert.Equal(
        ["Node 'a.b' is inside 'a', which is no sub-workflow."],
        Of([Node("a"), Node("a.b", 0)]).Validate());

    [Fact]
    public void Path_and_depth_agree_with_the_parent()
    {
        FlowGraphNode outer = Node("a", kind: FlowNodeKind.SubWorkflow);
        FlowGraphNode inner = new("b", FlowNodeKind.Method, "W", 0, 3, "", "");
        FlowGraphNode deep = new("c", FlowNodeKind.Method, "W", -1, 2, "", "");

        Assert.Equal(
            [
                "Node 'b' has depth 3 inside 'a' of depth 0.",
                "Node 'b' is inside 'a', but its path says otherwise.",
                "Node 'c' has depth 2 but no parent.",
            ],
            Of([outer, inner, deep]).Validate());
    }

    [Fact]
    public void An_edge_joins_nodes_of_one_level() => Assert.Equal(
        ["Edge 'a.b' -> 'c' joins nodes of different levels."],
        Of([Node("a", kind: FlowNodeKind.SubWorkflow), Node("a.b", 0), Node("c")], Edge(1, 2)).Validate());

    [Fact]
    public void An_edge_has_ends_and_a_kind() => Assert.Equal(
        ["Edge 0 joins -1 and 1, but there are 2 nodes.", "Edge 1 joins 0 and 2, but there are 2 nodes.", "Edge 'a' -> 'b' is of unknown kind 9."],
        Of([Node("a"), Node("b")], Edge(-1, 1), Edge(0, 2), Edge(0, 1, (FlowEdgeKind)9)).Validate());

    [Fact]
    public void An_edge_stands_once_per_kind_and_reason() => Assert.Equal(
        ["Edge 'a' -> 'b' stands twice."],
        Of([Node("a"), Node("b")], Edge(0, 1), Edge(0, 1, FlowEdgeKind.Sequence), Edge(0, 1, reason: "other"), Edge(0, 1)).Validate());

    [Fact]
    public void A_cycle_is_printed_from_the_node_declared_first() => Assert.Equal(
        ["Nodes form a cycle: b -> d -> c -> b."],
        Of([Node("a"), Node("b"), Node("c"), Node("d"), Node("e")], Edge(0, 3), Edge(3, 2), Edge(2, 1), Edge(1, 3), Edge(3, 4)).Validate());

    [Fact]
    public void A_node_is_not_its_own_successor() =>
        Assert.Equal(["Nodes form a cycle: a -> a."], Of([Node("a")], Edge(0, 0)).Validate());

    [Fact]
    public void A_long_chain_needs_no_deep_stack()
    {
        const int length = 50_000;
        FlowGraphNode[] nodes = [.. Enumerable.Range(0, length).Select(i => Node($"n{i}"))];
        FlowGraphEdge[] edges = [.. Enumerable.Range(0, length).Select(i => Edge(i, (i + 1) % length))];

        Assert.StartsWith("Nodes form a cycle: n0 -> n1 -> n2", Assert.Single(Of(nodes, edges).Validate()), StringComparison.Ordinal);
    }

    /// <summary>Whatever Validate complains about, nothing else trips over.</summary>
    [Fact]
    public void Broken_graphs_can_still_be_read()
    {
        FlowGraph graph = Of(
            [Node("a", 1, FlowNodeKind.SubWorkflow), Node("a", 0, FlowNodeKind.SubWorkflow), Node("", 7, (FlowNodeKind)9)],
            Edge(0, 1), Edge(1, 0), Edge(5, 0), Edge(0, -1, (FlowEdgeKind)9));

        Assert.NotEmpty(graph.Validate());
        Assert.NotEmpty(graph.Fingerprint);
        Assert.NotEmpty(graph.ToMermaid());
        Assert.NotEmpty(graph.ToDot());
        Assert.NotEmpty(graph.ToJson());
        Assert.Equal(1, graph.Successors(0).Length);
        Assert.Same(graph.Nodes[0], graph.Find("a"));
    }
}
