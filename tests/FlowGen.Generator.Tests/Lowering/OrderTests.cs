using FlowGen.Generator.Model;
using FlowGen.Generator.Tests.Models;

namespace FlowGen.Generator.Tests.Lowering;

/// <summary>The order in which members are written decides the order of the graph's nodes and nothing else.</summary>
public class OrderTests
{
    private static readonly string[] s_members =
    [
        "public partial ValueTask<E> RunAsync(A a, CancellationToken ct = default);",
        "[Node] private Route Choose(A a) => Route.Left;",
        "[Node, When(nameof(Choose), Route.Left)] private ValueTask<B> Left(A a, CancellationToken ct) => default;",
        "[Node, When(nameof(Choose), Route.Right)] private ValueTask<B> Right(A a, CancellationToken ct) => default;",
        "[SubWorkflow<Child>] private partial ValueTask<C> Part(A a);",
        "[Node, BestEffort, After(nameof(Choose))] private ValueTask<D> Extra(A a, CancellationToken ct) => default;",
        "[Node] private E Join(B b, C c, D? d) => new(1);",
    ];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 24)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Shuffled_members_make_the_same_graph(int seed)
    {
        string[] shuffled = [.. s_members];
        new Random(seed).Shuffle(shuffled);
        ExecutionPlan expected = Plan(s_members);
        ExecutionPlan plan = Plan(shuffled);
        Assert.Equal(expected.Form, plan.Form);
        Assert.Equal(Nodes(expected), Nodes(plan));
        Assert.Equal(GraphEdges(expected), GraphEdges(plan));
        Assert.Equal(Steps(expected), Steps(plan));
        Assert.Equal(Waits(expected), Waits(plan));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_step_comes_after_what_it_waits_for(int seed)
    {
        string[] shuffled = [.. s_members];
        new Random(seed).Shuffle(shuffled);
        ExecutionPlan plan = Plan(shuffled);
        Assert.All(plan.Edges, edge => Assert.True(edge.From < edge.To));
        Assert.Equal(Enumerable.Range(0, plan.Steps.Count), plan.Steps.Select(step => step.Index));
        Assert.Equal(plan.Steps.Count - 1, plan.Scopes[0].Exit);
        Assert.All(plan.Scopes.Skip(1), scope =>
        {
            // The steps of a scope stand together.
            Assert.All(
                plan.Steps.Where(step => step.Index > scope.Enter && step.Index < scope.Exit),
                step => Assert.True(IsWithin(plan, step.Scope, scope.Index), step.Label));
        });
    }

    [Fact]
    public void Steps_stand_in_declaration_order_where_dependencies_allow_it()
    {
        ExecutionPlan plan = FrontEnd.Plan("Flow", """
            public record A(int Number);
            public record B(int Number);
            public record C(int Number);
            public record D(int Number);
            [Workflow] public sealed partial class Flow
            {
                public partial D Run(A a);
                [Node] D Last(B b, C c) => new(1);
                [Node] C Second(A a) => new(1);
                [Node] B First(A a) => new(1);
            }
            """);
        Assert.Equal(["Second", "First", "Last"], plan.Steps.Take(3).Select(step => step.Label));
        Assert.Equal(["Last", "Second", "First"], plan.Graph.Nodes.Select(node => node.Path));
    }

    private static bool IsWithin(ExecutionPlan plan, int scope, int outer)
    {
        for (int current = scope; current >= 0; current = plan.Scopes[current].Parent)
        {
            if (current == outer)
            {
                return true;
            }
        }

        return false;
    }

    private static ExecutionPlan Plan(IEnumerable<string> members) => FrontEnd.Plan("Flow", """
        public record A(int Number);
        public record B(int Number);
        public record C(int Number);
        public record D(int Number);
        public record E(int Number);
        public enum Route { Left, Right }
        [Workflow] public sealed partial class Child
        {
            public partial ValueTask<C> RunAsync(A a, CancellationToken ct = default);
            [Node] ValueTask<B> Begin(A a) => default;
            [Node] ValueTask<C> End(B b) => default;
        }
        """, "[Workflow] public sealed partial class Flow {\n" + string.Join("\n", members) + "\n}");

    private static IEnumerable<string> Nodes(ExecutionPlan plan)
        => plan.Graph.Nodes.Select(node => $"{node.Path} {node.Kind} {node.Owner} {node.Depth} {node.Condition}").Order(StringComparer.Ordinal);

    private static IEnumerable<string> GraphEdges(ExecutionPlan plan)
        => plan.Graph.Edges.Select(edge => $"{plan.Graph.Nodes[edge.From].Path} -> {plan.Graph.Nodes[edge.To].Path} {edge.Kind} {edge.Reason}").Order(StringComparer.Ordinal);

    /// <summary>But for flags: a merge tests all of its sources except the one that comes last.</summary>
    private static IEnumerable<string> Steps(ExecutionPlan plan)
        => plan.Steps.Select(step => $"{step.Label} {step.Kind} {step.MaySuspend} {step.OnPool} {step.Handled} {step.KeepsError}").Order(StringComparer.Ordinal);

    private static IEnumerable<string> Waits(ExecutionPlan plan)
        => plan.Edges.Select(edge => $"{plan.Steps[edge.From].Label} -> {plan.Steps[edge.To].Label} {edge.Kind}").Order(StringComparer.Ordinal);
}
