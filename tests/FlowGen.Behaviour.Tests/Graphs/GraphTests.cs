using Behaviour.Presence;
using Scenarios;

namespace Behaviour.Graphs;

/// <summary>Every kind of edge, once.</summary>
[Workflow(Id = "edges", Version = 3)]
internal sealed partial class Edges(Ring ring)
{
    public partial ValueTask<Answer> RunAsync(Ask ask);

    [Node]
    bool IsOdd(Ask ask) => ask.Number % 2 == 1;

    [Node, When(nameof(IsOdd))]
    One Odd(Ask ask) => new(ask.Number);

    [Node, Unless(nameof(IsOdd))]
    One Even(Ask ask) => new(ask.Number);

    [Node]
    Two Merge(One one) => new(one.Number);

    [SubWorkflow(nameof(ring))]
    private partial ValueTask<Three> Child(Two two);

    [Node, BestEffort]
    Four Maybe(Ask ask) => new(ask.Number);

    [Node(Id = "log"), After(nameof(Merge))]
    void Log(Ask ask) => _ = ask.Number;

    [Node, Needs(nameof(Log))]
    Answer Show(Three three, Four? four) => new($"{three.Number} {four?.Number}");
}

[Workflow(Id = "ring", Version = 2)]
internal sealed partial class Ring
{
    public partial ValueTask<Three> RunAsync(Two two, int factor = 2);

    [Node]
    int Scale(int factor) => factor * 2;

    [Node<Turner>]
    private partial Three Turn(Two two, int scale);
}

internal sealed class Turner
{
    public Three Execute(Two two, int scale) => new(two.Number * scale);
}

public sealed class GraphTests
{
    [Fact]
    public void Nodes_have_paths_owners_parents_and_depth()
    {
        FlowGraph graph = FulfilOrder.Graph;

        Assert.Equal(
            [
                "Pack", "Cold", "Cold.Quote", "Cold.Label", "Cold.Label.Text", "Cold.Label.Print", "Cold.Done",
                "Dry", "Dry.Quote", "Dry.Label", "Dry.Label.Text", "Dry.Label.Print", "Dry.Done", "Done",
            ],
            graph.Nodes.Select(n => n.Path));
        FlowGraphNode print = graph.Find("Dry.Label.Print")!;
        Assert.Equal((FlowNodeKind.Class, 2, "Dry.Label"), (print.Kind, print.Depth, graph.Nodes[print.Parent].Path));
        Assert.Equal(MakeLabel.Descriptor.Id, print.Owner);
        Assert.Equal((FlowNodeKind.SubWorkflow, 1), (graph.Find("Cold.Label")!.Kind, graph.Find("Cold.Label")!.Depth));
        Assert.Equal(ShipParcel.Descriptor.Id, graph.Find("Cold.Label")!.Owner);
        Assert.Equal((FlowNodeKind.Method, 0, -1), (graph.Find("Pack")!.Kind, graph.Find("Pack")!.Depth, graph.Find("Pack")!.Parent));
        Assert.Equal(FulfilOrder.Descriptor.Id, graph.Find("Cold")!.Owner);
    }

    [Fact]
    public void The_order_of_nodes_is_that_of_NodeId()
    {
        Assert.Equal(Enum.GetNames<FulfilOrder.NodeId>(), FulfilOrder.Graph.Nodes.Select(n => n.Path.Replace('.', '_')));

        // A path names a node by its Id, which need not be an identifier; NodeId names it by its method.
        Assert.Equal(Enum.GetNames<Edges.NodeId>(), Edges.Graph.Nodes.Select(n => n.Path.Replace('.', '_')), StringComparer.OrdinalIgnoreCase);
        Assert.Equal(typeof(ushort), Enum.GetUnderlyingType(typeof(Edges.NodeId)));
    }

    [Fact]
    public void Neighbours_are_those_of_one_level()
    {
        FlowGraph graph = FulfilOrder.Graph;

        Assert.Equal(["Cold", "Dry"], Names(graph.Successors(graph.Find("Pack")!.Index)));
        Assert.Equal(["Cold", "Dry"], Names(graph.Predecessors(graph.Find("Done")!.Index)));
        Assert.Equal(["Cold.Quote", "Cold.Label"], Names(graph.Predecessors(graph.Find("Cold.Done")!.Index)));
        Assert.Empty(Names(graph.Predecessors(graph.Find("Cold.Label.Text")!.Index)));
    }

    [Fact]
    public void Roles_say_where_a_level_begins_and_ends()
    {
        FlowGraph graph = FulfilOrder.Graph;

        Assert.Equal(FlowNodeRole.Entry, graph.Find("Pack")!.Role);
        Assert.Equal(FlowNodeRole.Exit, graph.Find("Done")!.Role);
        Assert.Equal(FlowNodeRole.Internal, graph.Find("Cold")!.Role);
        Assert.Equal(FlowNodeRole.Entry, graph.Find("Cold.Quote")!.Role);
        Assert.Equal(FlowNodeRole.Exit, graph.Find("Cold.Done")!.Role);
    }

    [Theory]
    [InlineData("IsOdd", "Odd", FlowEdgeKind.Conditional)]
    [InlineData("IsOdd", "Even", FlowEdgeKind.Conditional)]
    [InlineData("Odd", "Merge", FlowEdgeKind.Merge)]
    [InlineData("Even", "Merge", FlowEdgeKind.Merge)]
    [InlineData("Merge", "Child", FlowEdgeKind.Data)]
    [InlineData("Merge", "log", FlowEdgeKind.Sequence)]
    [InlineData("log", "Show", FlowEdgeKind.Sequence)]
    [InlineData("Child", "Show", FlowEdgeKind.Data)]
    [InlineData("Maybe", "Show", FlowEdgeKind.Optional)]
    [InlineData("Child.Scale", "Child.Turn", FlowEdgeKind.Data)]
    public void Edges_say_why(string from, string to, FlowEdgeKind kind)
    {
        FlowGraph graph = Edges.Graph;
        FlowGraphEdge edge = Assert.Single(
            graph.Edges, e => e.From == graph.Find(from)!.Index && e.To == graph.Find(to)!.Index);

        Assert.Equal(kind, edge.Kind);
    }

    [Fact]
    public void A_data_edge_names_the_parameter()
    {
        FlowGraph graph = Edges.Graph;
        FlowGraphEdge edge = graph.Edges.Single(e => e.From == graph.Find("Merge")!.Index && e.To == graph.Find("Child")!.Index);

        Assert.Contains("two", edge.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Conditions_are_visible()
    {
        Assert.Equal("", Edges.Graph.Find("Maybe")!.Condition);
        Assert.Contains("IsOdd", Edges.Graph.Find("Odd")!.Condition, StringComparison.Ordinal);
        Assert.Equal("Classify = Billing", TicketDesk.Graph.Find("Billing")!.Condition);
        Assert.Equal("Classify = Technical", TicketDesk.Graph.Find("Explain")!.Condition);
        Assert.Equal("IsAngry", TicketDesk.Graph.Find("Apologise")!.Condition);
    }

    [Fact]
    public void A_graph_is_sound_and_drawn()
    {
        foreach (FlowDescriptor workflow in Compiled.FlowGenCatalogAccess.Catalog.Workflows)
        {
            Assert.Empty(workflow.Graph.Validate());
            Assert.Contains("flowchart", workflow.Graph.ToMermaid(), StringComparison.Ordinal);
            Assert.StartsWith("digraph", workflow.Graph.ToDot(), StringComparison.Ordinal);
            Assert.NotEmpty(workflow.Graph.ToJson());
        }
    }

    [Fact]
    public void What_a_node_withdraws_or_ends_is_said()
    {
        Assert.Equal("cancels Search, Refine", Joins.Withdraws.Graph.Nodes.Single(node => node.Name == "Found").Effect);
        Assert.Equal("ends the workflow", Joins.TwoEnds.Graph.Nodes.Single(node => node.Name == "First").Effect);
        Assert.Equal("", Joins.Withdraws.Graph.Nodes.Single(node => node.Name == "Close").Effect);
    }

    [Fact]
    public void A_fingerprint_is_stable_and_differs_between_graphs()
    {
        Assert.Equal(Edges.Graph.Fingerprint, Edges.Graph.Fingerprint);
        Assert.NotEqual(Edges.Graph.Fingerprint, Ring.Graph.Fingerprint);
        Assert.Same(Edges.Graph, Edges.Graph);
        Assert.Same(Edges.Graph, Edges.Descriptor.Graph);
    }

    [Fact]
    public void A_descriptor_tells_the_contract()
    {
        FlowDescriptor edges = Edges.Descriptor;
        Assert.Equal(("edges", 3, true, typeof(Edges)), (edges.Id, edges.Version, edges.Enabled, edges.Type));
        Assert.Equal([new FlowInput("ask", typeof(Ask))], edges.Inputs);
        Assert.Equal(typeof(Answer), edges.Output);
        Assert.Equal([new FlowChild("Child", "ring")], edges.Children);

        Assert.Equal([new FlowInput("two", typeof(Two)), new FlowInput("factor", typeof(int))], Ring.Descriptor.Inputs);
        Assert.Empty(Ring.Descriptor.Children);
        Assert.Equal(typeof(FulfilOrder).FullName, FulfilOrder.Descriptor.Id);
        Assert.Null(Deciding.Descriptor.Output);
        Assert.False(Watching.Off.Descriptor.Enabled);
    }

    [Fact]
    public async Task What_is_drawn_is_what_runs()
    {
        RecordingObserver observer = new();
        await new Edges(new Ring()) { Runtime = observer.Watch() }.RunAsync(new Ask(3)).Soon();

        IEnumerable<string> ran = observer.Events.Where(e => e.Kind == FlowEventKind.NodeChanged).Select(e => e.Path).Distinct();
        Assert.Equal(
            Edges.Graph.Nodes.Select(n => n.Path).Order(StringComparer.Ordinal),
            ran.Order(StringComparer.Ordinal));
    }

    private static string[] Names(ReadOnlySpan<FlowGraphNode> nodes)
    {
        string[] names = new string[nodes.Length];
        for (int i = 0; i < nodes.Length; i++)
        {
            names[i] = nodes[i].Path;
        }

        return names;
    }
}
