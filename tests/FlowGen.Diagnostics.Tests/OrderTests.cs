using FlowGen.Generator.Linking;
using FlowGen.Generator.Model;

namespace FlowGen.Diagnostics.Tests;

/// <summary>Member order never matters, and neither do partial parts or files: the same graph comes out of every arrangement.</summary>
public class OrderTests
{
    private static readonly string[] s_members =
    [
        "public partial ValueTask<C> RunAsync(A ticket, CancellationToken ct = default);",
        "[Node] Color Classify(A ticket) => default;",
        "[Node, When(nameof(Classify), Color.Red)] C Billing(A ticket) => new();",
        "[Node, When(nameof(Classify), Color.Green)] B Diagnose(A ticket) => new();",
        "[Node] C Explain(B diagnosis) => new();",
        "[Node, Otherwise(nameof(Classify))] C Human(A ticket) => new();",
        "static bool IsAngry(A ticket) => true;",
        "[Node, When(nameof(IsAngry))] E Apologise(A ticket) => new();",
        "[Node] C Sign(C reply, E? apology) => new();",
        "[Node, After(nameof(Sign))] void Log(C reply) { }",
    ];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Shuffling_members_changes_nothing(int seed)
    {
        string[] shuffled = [.. s_members];
        new Random(seed).Shuffle(shuffled);
        string source = $"[Workflow] public partial class W {{ {string.Join("\n", shuffled)} }}";
        Assert.Equal(Sorted(Expected()), Sorted(Bound.Workflow("W", source)));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Partial_parts_and_files_change_nothing(int seed)
    {
        Random random = new(seed);
        string[] shuffled = [.. s_members];
        random.Shuffle(shuffled);
        int cut = random.Next(1, shuffled.Length - 1);
        string attributed = $"[Workflow] public partial class W {{ {string.Join("\n", shuffled.Take(cut))} }}";
        string other = $"public partial class W {{ {string.Join("\n", shuffled.Skip(cut))} }}";
        Assert.Equal(Sorted(Expected()), Sorted(Bound.Workflow("W", attributed, other)));
        Assert.Equal(Sorted(Expected()), Sorted(Bound.Workflow("W", other, attributed)));
    }

    [Fact]
    public void Nodes_come_in_the_order_of_files_and_then_of_positions()
    {
        BoundWorkflow w = Bound.Workflow(
            "W",
            "public partial class W { [Node] C One(A a) => new(); [Node] E Two(A a) => new(); }",
            "[Workflow] public partial class W { public partial Task<B> RunAsync(A a); [Node] B Three(C c, E e) => new(); }");
        Assert.Equal(["One", "Two", "Three"], w.Nodes.Select(n => n.Name));
    }

    [Fact]
    public void The_order_of_workflows_decides_only_who_had_an_id_first()
    {
        IReadOnlyList<BindResult> bound = [.. Bound.Parse("""
            [Workflow] public partial class X(Y y) { public partial Task<B> RunAsync(A a); [SubWorkflow(nameof(y))] private partial Task<B> F(A a); }
            [Workflow] public partial class Y { public partial Task<B> RunAsync(A a); [SubWorkflow<Z>] private partial Task<B> F(A a); }
            [Workflow] public partial class Z { public partial Task<B> RunAsync(A a); [Node] B F(A a) => new(); }
            """).Select(m => WorkflowBinder.Bind(m, CancellationToken.None))];
        LinkResult forwards = WorkflowLinker.Link(bound, CancellationToken.None);
        LinkResult backwards = WorkflowLinker.Link([.. bound.Reverse()], CancellationToken.None);
        Assert.Equal(forwards.Workflows, backwards.Workflows.Reverse());
        Assert.Equal(["X", "Y", "Z"], forwards.Workflows[0].Linked!.Reachable.Select(w => w.Surface.Name));
        Assert.Equal([false, true, true], forwards.Workflows.Select(w => w.Linked!.IsUsedAsChild));
    }

    private static BoundWorkflow Expected() => Bound.Workflow("W", $"[Workflow] public partial class W {{ {string.Join("\n", s_members)} }}");

    /// <summary>The graph without the order of its nodes and of the sources of a merge.</summary>
    private static string Sorted(BoundWorkflow workflow)
        => string.Join("\n", Bound.Describe(workflow).Split('\n')
            .Select(line => string.Join(" | ", line.Split(" | ").Order(StringComparer.Ordinal)))
            .Select(line => string.Concat(line.Order()))
            .Order(StringComparer.Ordinal));
}
