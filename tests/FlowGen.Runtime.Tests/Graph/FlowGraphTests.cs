using static FlowGen.Runtime.Tests.Graph.Graphs;

namespace FlowGen.Runtime.Tests.Graph;

public sealed class FlowGraphTests
{
    [Fact]
    public void Neighbours_come_once_each_and_by_index()
    {
        FlowGraph graph = Diamond();

        Assert.Equal(["b", "c"], Paths(graph.Successors(0)));
        Assert.Equal(["d"], Paths(graph.Successors(2)));
        Assert.Equal(["b", "c"], Paths(graph.Predecessors(3)));
        Assert.Empty(Paths(graph.Predecessors(0)));
        Assert.Empty(Paths(graph.Successors(3)));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(4)]
    [InlineData(int.MaxValue)]
    public void Neighbours_of_no_node_are_refused(int index)
    {
        FlowGraph graph = Diamond();

        Assert.Throws<ArgumentOutOfRangeException>(() => graph.Successors(index).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => graph.Predecessors(index).Length);
    }

    [Fact]
    public void Asking_for_neighbours_allocates_nothing()
    {
        FlowGraph graph = Diamond();
        int found = graph.Successors(0).Length;

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            found += graph.Successors(0).Length + graph.Predecessors(3).Length;
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(402, found);
    }

    [Fact]
    public void Nodes_know_their_place()
    {
        FlowGraph graph = Fulfil();

        Assert.Equal(Enumerable.Range(0, 14), graph.Nodes.Select(node => node.Index));
        FlowGraphNode print = graph.Find("Cold.Label.Print")!;
        Assert.Equal("Print", print.Name);
        Assert.Equal(2, print.Depth);
        Assert.Equal("Cold.Label", graph.Nodes[print.Parent].Path);
        Assert.Equal("Pack", graph.Find("Pack")!.Name);
        Assert.Equal("Cold.Label.Print", print.ToString());
    }

    [Fact]
    public void A_path_is_found_exactly_or_not_at_all()
    {
        FlowGraph graph = Fulfil();

        Assert.Null(graph.Find("cold"));
        Assert.Null(graph.Find(""));
        Assert.Null(graph.Find("Label"));
        Assert.Throws<ArgumentNullException>(() => graph.Find(null!));
    }

    [Fact]
    public void Roles_are_told_among_siblings()
    {
        FlowGraph graph = Fulfil();

        Assert.Equal(FlowNodeRole.Entry, graph.Find("Pack")!.Role);
        Assert.Equal(FlowNodeRole.Internal, graph.Find("Cold")!.Role);
        Assert.Equal(FlowNodeRole.Entry, graph.Find("Cold.Quote")!.Role);
        Assert.Equal(FlowNodeRole.Internal, graph.Find("Cold.Label")!.Role);
        Assert.Equal(FlowNodeRole.Exit, graph.Find("Cold.Label.Print")!.Role);
        Assert.Equal(FlowNodeRole.Exit, graph.Find("Done")!.Role);
        Assert.Equal(FlowNodeRole.Entry | FlowNodeRole.Exit, Of([Node("only")]).Nodes[0].Role);
    }

    [Fact]
    public void A_node_outside_of_a_graph_has_no_place()
    {
        FlowGraphNode node = Node("a");

        Assert.Equal(-1, node.Index);
        Assert.Equal(FlowNodeRole.Internal, node.Role);
    }

    [Fact]
    public void A_node_belongs_to_one_graph()
    {
        FlowGraphNode node = Node("a");
        _ = Of([node]);

        ArgumentException error = Assert.Throws<ArgumentException>(() => Of([node]));
        Assert.Contains("'a'", error.Message, StringComparison.Ordinal);
        FlowGraphNode twice = Node("b");
        Assert.Throws<ArgumentException>(() => Of([twice, twice]));
    }

    [Fact]
    public void An_empty_graph_answers_everything()
    {
        FlowGraph graph = Of([]);

        Assert.Empty(graph.Nodes);
        Assert.Empty(graph.Edges);
        Assert.Empty(graph.Validate());
        Assert.Null(graph.Find("a"));
        Assert.Equal("flowchart TD\n", graph.ToMermaid());
        Assert.Equal(16, graph.Fingerprint.Length);
        Assert.Equal("W v1 (0 nodes, 0 edges)", graph.ToString());
    }

    [Fact]
    public void What_makes_a_graph_unusable_is_refused_at_once()
    {
        Assert.Throws<ArgumentNullException>(() => new FlowGraph(null!, 1, [], []));
        Assert.Throws<ArgumentNullException>(() => new FlowGraph("W", 1, null!, []));
        Assert.Throws<ArgumentNullException>(() => new FlowGraph("W", 1, [], null!));
        Assert.Throws<ArgumentException>(() => Of([null!]));
        Assert.Throws<ArgumentException>(() => Of([Node("a")], [null!]));
        Assert.Throws<ArgumentNullException>(() => new FlowGraphNode(null!, FlowNodeKind.Method, "", -1, 0, "", ""));
        Assert.Throws<ArgumentNullException>(() => new FlowGraphNode("", FlowNodeKind.Method, null!, -1, 0, "", ""));
        Assert.Throws<ArgumentNullException>(() => new FlowGraphNode("", FlowNodeKind.Method, "", -1, 0, null!, ""));
        Assert.Throws<ArgumentNullException>(() => new FlowGraphNode("", FlowNodeKind.Method, "", -1, 0, "", null!));
        Assert.Throws<ArgumentNullException>(() => new FlowGraphEdge(0, 1, FlowEdgeKind.Data, null!));
    }

    [Fact]
    public void Lists_cannot_be_changed()
    {
        FlowGraph graph = Diamond();

        Assert.Throws<NotSupportedException>(() => ((IList<FlowGraphNode>)graph.Nodes)[0] = Node("x"));
        Assert.Throws<NotSupportedException>(() => ((IList<FlowGraphEdge>)graph.Edges).Clear());
    }

    [Fact]
    public void Many_threads_may_ask_first()
    {
        FlowGraph graph = Fulfil();
        string[] fingerprints = new string[16];

        Parallel.For(0, fingerprints.Length, i =>
        {
            _ = graph.Successors(0).Length + (int)graph.Nodes[3].Role;
            Assert.NotNull(graph.Find("Dry.Label.Text"));
            fingerprints[i] = graph.Fingerprint;
        });

        Assert.Single(fingerprints.Distinct(StringComparer.Ordinal));
    }

    private static string[] Paths(ReadOnlySpan<FlowGraphNode> nodes) => Array.ConvertAll(nodes.ToArray(), node => node.Path);
}
