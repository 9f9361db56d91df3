using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Linking;

namespace FlowGen.Diagnostics.Tests;

/// <summary>What people read. The rest of the messages are their rules' formats; these are put together from what was found.</summary>
public class MessageTests
{
    [Theory]
    [InlineData(
        "Nodes of 'W' form a cycle: F -> G (parameter 'b') -> H ([After]) -> F ([After])",
        "[Workflow] public partial class W { public partial Task<C> RunAsync(A a); [Node, After(nameof(H))] B F(A a) => new(); [Node] C G(B b) => new(); [Node, After(nameof(G))] void H(A a) { } }")]
    [InlineData(
        "Workflows form a cycle: W -> X -> W (W.CallX, X.CallW)",
        "[Workflow] public partial class W(X x) { public partial Task<B> RunAsync(A a); [SubWorkflow(nameof(x))] private partial Task<B> CallX(A a); }\n[Workflow] public partial class X(W w) { public partial Task<B> RunAsync(A a); [SubWorkflow(nameof(w))] private partial Task<B> CallW(A a); }")]
    [InlineData(
        "'W.RunAsync' must return 'B', but 'F' is skipped when Pick = Green",
        "[Workflow] public partial class W { public partial Task<B> RunAsync(A a); [Node] Color Pick(A a) => default; [Node, When(nameof(Pick), Color.Red, Color.Blue)] B F(A a) => new(); }")]
    [InlineData(
        "'W.RunAsync' must return 'B', but 'F' and 'G' are skipped when Pick = Blue",
        "[Workflow] public partial class W { public partial Task<B> RunAsync(A a); [Node] Color Pick(A a) => default; [Node, When(nameof(Pick), Color.Red)] B F(A a) => new(); [Node, When(nameof(Pick), Color.Green)] B G(A a) => new(); }")]
    [InlineData(
        "'W.RunAsync' must return 'B', but 'F' is skipped when G fails",
        "[Workflow] public partial class W { public partial Task<B> RunAsync(A a); [Node, BestEffort] C G(A a) => new(); [Node] B F(C c) => new(); }")]
    [InlineData(
        "'W.RunAsync' must return 'B', but 'F' is skipped when Cond = false",
        "[Workflow] public partial class W { public partial Task<B> RunAsync(A a); static bool Cond(A a) => true; [Node, When(nameof(Cond))] B F(A a) => new(); }")]
    [InlineData(
        "'W.RunAsync' must return 'B', but 'F' may return null",
        "[Workflow] public partial class W { public partial Task<B> RunAsync(A a); [Node] B? F(A a) => null; }")]
    [InlineData(
        "Parameter 'c' of 'F' could come from 'One', 'Two'; name one with [From(nameof(...))]",
        "[Workflow] public partial class W { public partial Task<B> RunAsync(A a); [Node] C One(A a) => new(); [Node] C Two(A a) => new(); [Node] B F(C c) => new(); }")]
    [InlineData(
        "'int' says nothing about meaning, so parameter 'n' of 'F' must carry the name of its source or use [From(nameof(...))]; candidates: 'Count'",
        "[Workflow] public partial class W { public partial Task<B> RunAsync(A a); [Node] int Count(A a) => 1; [Node] B F(int n) => new(); }")]
    [InlineData(
        "The result 'B' of 'W' could be 'F' or 'G'; choose with [return: From(nameof(...))]",
        "[Workflow] public partial class W { public partial Task<B> RunAsync(A a); [Node] B F(A a) => new(); [Node] B G(A a) => new(); }")]
    [InlineData(
        "'Monday' is 'DayOfWeek', but 'Pick' decides by 'Color'",
        "[Workflow] public partial class W { public partial Task<B?> RunAsync(A a); [Node] Color Pick(A a) => default; [Node, When(nameof(Pick), DayOfWeek.Monday)] B F(A a) => new(); }")]
    [InlineData(
        "'F' returns 'B', but 'V' returns 'B?'",
        "[Workflow] public partial class V { public partial Task<B?> RunAsync(A a); [Node] B? F(A a) => new(); }\n[Workflow] public partial class W { public partial Task<B> RunAsync(A a); [SubWorkflow<V>] private partial Task<B> F(A a); }")]
    [InlineData(
        "A workflow must be a class that is not static, file-local or a ref-like/record struct, in partial containers; its entry cannot be generic",
        "[Workflow] public partial class W { public partial Task<B> RunAsync<T>(A a); [Node] B F(A a) => new(); }")]
    public void Says(string message, string source)
        => Assert.Contains(message, Bound.Link(source).Workflows.SelectMany(w => w.Issues).Select(Reports.Message));

    [Fact]
    public void A_cycle_of_workflows_is_told_from_every_participant()
    {
        LinkResult linked = Bound.Link("""
            [Workflow] public partial class X(Y y) { public partial Task<B> RunAsync(A a); [SubWorkflow(nameof(y))] private partial Task<B> F(A a); }
            [Workflow] public partial class Y(Z z) { public partial Task<B> RunAsync(A a); [SubWorkflow(nameof(z))] private partial Task<B> G(A a); }
            [Workflow] public partial class Z(X x) { public partial Task<B> RunAsync(A a); [SubWorkflow(nameof(x))] private partial Task<B> H(A a); }
            [Workflow] public partial class Caller(X x) { public partial Task<B> RunAsync(A a, CancellationToken ct); [SubWorkflow(nameof(x))] private partial Task<B> F(A a); }
            """);
        Assert.Equal(
            [
                "Workflows form a cycle: X -> Y -> Z -> X (X.F, Y.G, Z.H)",
                "Workflows form a cycle: Y -> Z -> X -> Y (Y.G, Z.H, X.F)",
                "Workflows form a cycle: Z -> X -> Y -> Z (Z.H, X.F, Y.G)",
            ],
            linked.Workflows.SelectMany(w => w.Issues).Select(Reports.Message));
        Assert.All(linked.Workflows, w => Assert.Null(w.Linked));
        Assert.Equal("X", linked.Workflows[3].BrokenBy);
    }

    [Fact]
    public void A_build_without_analyzers_names_the_first_error()
    {
        LinkResult linked = Bound.Link("""
            [Workflow] public partial class V { public partial Task<B> RunAsync(A a); [Node] B F(C c, E e) => new(); }
            [Workflow] public partial class W { public partial Task<B> RunAsync(A a); [SubWorkflow<V>] private partial Task<B> F(A a); }
            """);
        Assert.Equal(
            ["2 errors, the first FG3001: No input or node of 'V' produces a 'C' for parameter 'c' of 'F'", null],
            linked.Workflows.Select(Reports.WhyNotCompiled));
        Assert.Equal("V", linked.Workflows[1].BrokenBy);
    }
}
