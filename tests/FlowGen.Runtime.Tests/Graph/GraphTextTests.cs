using System.Globalization;
using System.Text.Json;
using FlowGen.Testing;
using static FlowGen.Runtime.Tests.Graph.Graphs;

namespace FlowGen.Runtime.Tests.Graph;

public sealed class GraphTextTests
{
    private const string Awkward = "a \"b\" <c> & #d; `e` \\f | {g} [h]\r\ni";

    [Fact]
    public void Mermaid() => Snapshot.Match("Fulfil.mermaid", Fulfil().ToMermaid(), "txt");

    [Fact]
    public void Dot() => Snapshot.Match("Fulfil.dot", Fulfil().ToDot(), "txt");

    [Fact]
    public void Json() => Snapshot.Match("Fulfil.json", Fulfil().ToJson(), "txt");

    [Fact]
    public void Awkward_texts_are_escaped()
    {
        FlowGraph graph = new(
            Awkward,
            1,
            [Node("end"), Node("x", condition: Awkward, kind: FlowNodeKind.Class)],
            [Edge(0, 1, FlowEdgeKind.Conditional, Awkward)]);

        Snapshot.Match("Awkward", $"{graph.ToMermaid()}\n{graph.ToDot()}", "txt");
        using var json = JsonDocument.Parse(graph.ToJson());
        Assert.Equal(Awkward, json.RootElement.GetProperty("workflow_id").GetString());
        Assert.Equal(Awkward, json.RootElement.GetProperty("nodes")[1].GetProperty("condition").GetString());
    }

    [Fact]
    public void A_sub_workflow_without_nodes_is_drawn_as_a_node()
    {
        FlowGraph graph = Of([Node("a"), Node("empty", kind: FlowNodeKind.SubWorkflow)], Edge(0, 1));

        Assert.Equal("flowchart TD\n    n0[\"a\"]\n    n1[[\"empty\"]]\n    n0 --> n1\n", graph.ToMermaid());
        Assert.Contains("n0 -> n1;", graph.ToDot(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_node_does_beyond_its_edges_stands_below_its_name()
    {
        FlowGraphNode node = new("Pay", FlowNodeKind.Method, "W", -1, 0, "IsDue", "", repeats: true, compensation: "Refund", effect: "cancels Ask");
        FlowGraph graph = Of([node]);

        Assert.Contains("n0[\"Pay<br/>IsDue<br/>may repeat<br/>undone by Refund<br/>cancels Ask\"]", graph.ToMermaid(), StringComparison.Ordinal);
        Assert.Contains("\"Pay\\nIsDue\\nmay repeat\\nundone by Refund\\ncancels Ask\"", graph.ToDot(), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(graph.ToJson());
        Assert.Equal("cancels Ask", json.RootElement.GetProperty("nodes")[0].GetProperty("effect").GetString());
        Assert.NotEqual(graph.Fingerprint, Of([Node("Pay", condition: "IsDue")]).Fingerprint);
    }

    [Fact]
    public void Culture_and_platform_do_not_show()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        string[] expected = Texts(Fulfil());
        try
        {
            var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            culture.NumberFormat.NegativeSign = "minus";
            culture.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = culture;

            Assert.Equal(expected, Texts(Fulfil()));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        Assert.All(expected, text => Assert.DoesNotContain('\r', text));
    }

    private static string[] Texts(FlowGraph graph) => [graph.ToMermaid(), graph.ToDot(), graph.ToJson(), graph.Fingerprint];
}
