using static FlowGen.Runtime.Tests.Graph.Graphs;

namespace FlowGen.Runtime.Tests.Graph;

public sealed class GraphFingerprintTests
{
    private static readonly string Base = TwoNodes().Fingerprint;

    /// <summary>Records keep fingerprints for years: a change of this value breaks every one of them.</summary>
    [Fact]
    public void It_is_the_same_for_ever() => Assert.Equal("ed84356280637779", Fulfil().Fingerprint);

    [Fact]
    public void Equal_graphs_have_equal_fingerprints() => Assert.Equal(Base, TwoNodes().Fingerprint);

    [Fact]
    public void Descriptions_and_versions_do_not_count()
    {
        Assert.Equal(Base, TwoNodes(description: "changed").Fingerprint);
        Assert.Equal(Base, new FlowGraph("Other", 7, [Node("a"), Node("b")], [Edge(0, 1)]).Fingerprint);
    }

    [Fact]
    public void The_order_of_declarations_does_not_count()
    {
        FlowGraph turned = Of(
            [Node("d"), Node("c"), Node("b"), Node("a")],
            Edge(1, 0, FlowEdgeKind.Sequence, "[After]"), Edge(3, 2), Edge(3, 1), Edge(2, 0), Edge(1, 0));

        Assert.Equal(Diamond().Fingerprint, turned.Fingerprint);
    }

    [Fact]
    public void Everything_else_counts()
    {
        string[] changed =
        [
            Base,
            TwoNodes(path: "c").Fingerprint,
            TwoNodes(kind: FlowNodeKind.Class).Fingerprint,
            TwoNodes(owner: "V").Fingerprint,
            TwoNodes(condition: "Pick = Red").Fingerprint,
            TwoNodes(edge: FlowEdgeKind.Optional).Fingerprint,
            TwoNodes(reason: "other").Fingerprint,
            Of([Node("a"), Node("b")]).Fingerprint,
            Of([Node("a"), Node("b")], Edge(1, 0)).Fingerprint,
            Of([Node("a"), Node("b")], Edge(0, 1), Edge(0, 1, FlowEdgeKind.Sequence)).Fingerprint,
            Of([Node("a"), Node("b"), Node("c")], Edge(0, 1)).Fingerprint,
        ];

        Assert.Equal(changed.Length, changed.Distinct(StringComparer.Ordinal).Count());
    }

    /// <summary>Texts that join to the same characters are still different texts.</summary>
    [Fact]
    public void Texts_do_not_run_into_each_other()
    {
        Assert.NotEqual(
            Of([Node("a", owner: "b c", condition: "d")]).Fingerprint,
            Of([Node("a", owner: "b", condition: "c d")]).Fingerprint);
        Assert.NotEqual(
            Of([Node("a", owner: "b", condition: "c\nn 1:x")]).Fingerprint,
            Of([Node("a", owner: "b", condition: "c"), Node("x")]).Fingerprint);
    }

    [Fact]
    public void It_is_sixteen_lower_case_hexadecimal_digits() => Assert.Matches("^[0-9a-f]{16}$", Base);

    private static FlowGraph TwoNodes(
        string path = "b",
        FlowNodeKind kind = FlowNodeKind.Method,
        string owner = "W",
        string condition = "",
        string description = "",
        FlowEdgeKind edge = FlowEdgeKind.Data,
        string reason = "value") =>
        Of([Node("a"), Node(path, -1, kind, owner, condition, description)], Edge(0, 1, edge, reason));
}
