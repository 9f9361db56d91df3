using FlowGen.Generator.Model;

namespace FlowGen.Diagnostics.Tests.Models;

/// <summary>What is bound of races, rules, withdrawal and ends.</summary>
public class JoinModelTests
{
    [Fact]
    public void A_race_has_contestants_and_their_handlers()
    {
        BoundWorkflow w = Bound.Workflow("W", """
            [Workflow] public partial class W
            {
                [return: FromFirst(nameof(K), nameof(L), CancelLosers = false)] public partial ValueTask<B> RunAsync(A a);
                [Node] C F(A a) => new();
                [Node] C G(A a) => new();
                [Catch(nameof(F))] C H(Exception e) => new();
                [Node] B K([FromFirst(nameof(G), nameof(F))] C c) => new();
                [Node] B L([FromFirst(nameof(F), nameof(G), CancelLosers = false)] C? c) => new();
            }
            """);
        BoundValue race = w.Nodes[3].Arguments[0].Value!;
        Assert.Equal((Combination.First, true, Strength.Required), (race.Combination, race.CancelsLosers, race.Strength));
        Assert.Equal([1, 0, 2], race.Sources.Select(s => s.Index));
        BoundValue tolerant = w.Nodes[4].Arguments[0].Value!;
        Assert.Equal((Combination.First, false, Strength.Nullable), (tolerant.Combination, tolerant.CancelsLosers, tolerant.Strength));
        Assert.Equal((Combination.First, false), (w.Result!.Combination, w.Result.CancelsLosers));
        Assert.All(w.Nodes, n => Assert.False(n.AlwaysRuns));
    }

    [Fact]
    public void Who_may_be_withdrawn_may_not_always_run()
    {
        BoundWorkflow w = Bound.Workflow("W", """
            [Workflow] public partial class W
            {
                public partial ValueTask<B> RunAsync(A a);
                static Readiness R(ReadOnlySpan<NodeState> states) => Readiness.Run;
                [Node] void F(A a) { }
                [Node] C G(A a) => new();
                [Node, Cancels(nameof(G), KeepFinished = true)] void H(A a) { }
                [Node, ReadyWhen(nameof(R), nameof(G), nameof(F), CancelRest = true)] void I(C? c) { }
                [Node, AfterAny(nameof(F), nameof(G)), AfterAny(nameof(H))] B J() => new();
            }
            """);
        Assert.Equal([false, false, true, false, true], w.Nodes.Select(n => n.AlwaysRuns));
        Assert.Equal(["", "", "", "the rule of I says Run", ""], w.Nodes.Select(n => n.Presence));
        Assert.Equal([1], w.Nodes[2].Joins.Cancels);
        Assert.True(w.Nodes[2].Joins.KeepsFinished);
        BoundRule rule = w.Nodes[3].Joins.ReadyWhen!;
        Assert.Equal(("R", true, true), (rule.Method, rule.IsPrivate, rule.CancelsRest));
        Assert.Equal([1, 0], rule.Nodes);
        Assert.Equal([[0, 1], [2]], w.Nodes[4].Joins.AfterAny.Select(g => g.Indices.ToArray()));
    }

    [Fact]
    public void An_end_is_no_ordinary_source_of_the_result()
    {
        BoundWorkflow w = Bound.Workflow("W", """
            [Workflow] public partial class W
            {
                public partial ValueTask<B> RunAsync(A a);
                static bool P(A a) => true;
                [Node, End, When(nameof(P))] B Early(A a) => new();
                [Node] B F(A a) => new();
            }
            """);
        Assert.True(w.Nodes[0].Joins.Ends);
        Assert.Equal([1], w.Result!.Sources.Select(s => s.Index));
        BoundWorkflow only = Bound.Workflow("W", "[Workflow] public partial class W { public partial ValueTask<B> RunAsync(A a); [Node, End] B F(A a) => new(); }");
        Assert.Equal([0], only.Result!.Sources.Select(s => s.Index));
    }
}
