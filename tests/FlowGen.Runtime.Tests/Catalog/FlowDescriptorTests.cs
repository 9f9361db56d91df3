namespace FlowGen.Runtime.Tests.Catalog;

public sealed class FlowDescriptorTests
{
    [Fact]
    public void It_gives_back_what_it_was_told()
    {
        var descriptor = new FlowDescriptor(
            "W", 3, typeof(string), enabled: false,
            [new FlowInput("box", typeof(int))], typeof(Uri), [new FlowChild("Cold", "V")], () => new FlowGraph("W", 3, [], []));

        Assert.Equal("W", descriptor.Id);
        Assert.Equal(3, descriptor.Version);
        Assert.Equal(typeof(string), descriptor.Type);
        Assert.False(descriptor.Enabled);
        Assert.Equal([new FlowInput("box", typeof(int))], descriptor.Inputs);
        Assert.Equal(typeof(Uri), descriptor.Output);
        Assert.Equal([new FlowChild("Cold", "V")], descriptor.Children);
        Assert.Equal("W v3", descriptor.ToString());
    }

    [Fact]
    public void The_graph_is_made_when_asked_for_and_then_kept()
    {
        int made = 0;
        FlowDescriptor descriptor = With(() =>
        {
            made++;
            return new FlowGraph("W", 1, [], []);
        });
        Assert.Equal(0, made);

        FlowGraph graph = descriptor.Graph;

        Assert.Same(graph, descriptor.Graph);
        Assert.Equal(1, made);
    }

    [Fact]
    public void All_threads_get_the_same_graph()
    {
        FlowDescriptor descriptor = With(() => new FlowGraph("W", 1, [], []));
        var graphs = new FlowGraph[16];

        Parallel.For(0, graphs.Length, i => graphs[i] = descriptor.Graph);

        Assert.All(graphs, graph => Assert.Same(graphs[0], graph));
    }

    [Fact]
    public void A_graph_that_is_null_is_reported() =>
        Assert.Contains("'W'", Assert.Throws<InvalidOperationException>(() => With(() => null!).Graph).Message, StringComparison.Ordinal);

    [Fact]
    public void Missing_parts_are_refused()
    {
        static FlowGraph Graph() => new("W", 1, [], []);

        Assert.Throws<ArgumentNullException>(() => new FlowDescriptor(null!, 1, typeof(int), true, [], null, [], Graph));
        Assert.Throws<ArgumentException>(() => new FlowDescriptor(" ", 1, typeof(int), true, [], null, [], Graph));
        Assert.Throws<ArgumentNullException>(() => new FlowDescriptor("W", 1, null!, true, [], null, [], Graph));
        Assert.Throws<ArgumentNullException>(() => new FlowDescriptor("W", 1, typeof(int), true, null!, null, [], Graph));
        Assert.Throws<ArgumentNullException>(() => new FlowDescriptor("W", 1, typeof(int), true, [], null, null!, Graph));
        Assert.Throws<ArgumentNullException>(() => new FlowDescriptor("W", 1, typeof(int), true, [], null, [], null!));
    }

    private static FlowDescriptor With(Func<FlowGraph> graph) => new("W", 1, typeof(int), enabled: true, [], output: null, [], graph);
}
