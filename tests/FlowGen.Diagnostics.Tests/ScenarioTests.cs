using FlowGen.Generator.Model;

namespace FlowGen.Diagnostics.Tests;

/// <summary>Where the values of whole workflows come from.</summary>
public class ScenarioTests
{
    [Fact]
    public void A_switch_merges_its_branches()
    {
        BoundWorkflow desk = Bound.Workflow("Desk", """
            public enum Route { Billing, Technical, Sales }
            [Workflow] public partial class Desk
            {
                public partial ValueTask<C> RunAsync(A ticket, CancellationToken ct = default);
                [Node] Route Classify(A ticket) => default;
                [Node, When(nameof(Classify), Route.Billing)] C Billing(A ticket) => new();
                [Node, When(nameof(Classify), Route.Technical)] B Diagnose(A ticket) => new();
                [Node] C Explain(B diagnosis) => new();
                [Node, Otherwise(nameof(Classify))] C Human(A ticket) => new();
                static bool IsAngry(A ticket) => true;
                [Node, When(nameof(IsAngry))] E Apologise(A ticket) => new();
                [Node] C Sign(C reply, E? apology) => new();
            }
            """);
        Assert.Equal(
            """
            Classify: ticket <- a
            Billing [Classify = Billing]: ticket <- a
            Diagnose [Classify = Technical]: ticket <- a
            Explain [Classify = Technical]: diagnosis <- Diagnose
            Human [Classify = Sales]: ticket <- a
            Apologise [IsAngry]: ticket <- a
            Sign: reply <- Billing | Explain | Human; apology? <- Apologise
            result <- Sign
            """.Replace("<- a", "<- ticket", StringComparison.Ordinal),
            Bound.Describe(desk));
    }

    [Fact]
    public void A_sub_workflow_is_used_twice()
    {
        BoundWorkflow order = Bound.Workflow("Order", """
            public record Packed(B Cold, B Dry);
            [Workflow] public partial class Ship { public partial ValueTask<C> RunAsync(B box, A order, CancellationToken ct = default); [Node] C Send(B box, A order) => new(); }
            [Workflow] public partial class Order(Ship ship)
            {
                private readonly Ship _ship = ship;
                public partial ValueTask<E> RunAsync(A order, CancellationToken ct = default);
                [Node] Packed Pack(A order) => null!;
                [SubWorkflow(nameof(ship))] private partial ValueTask<C> Cold([From(nameof(Pack), Member = nameof(Packed.Cold))] B box, A order);
                [SubWorkflow<Ship>(Cleanup = CleanupMode.Deferred)] private partial ValueTask<C> Dry([From(nameof(Pack), Member = nameof(Packed.Dry))] B other, A order);
                [Node] E Done(C cold, C dry) => new();
            }
            """);
        Assert.Equal(
            """
            Pack: order <- order
            Cold: box <- Pack.Cold; order <- order
            Dry: other <- Pack.Dry; order <- order
            Done: cold <- Cold; dry <- Dry
            result <- Done
            """,
            Bound.Describe(order));
        ChildTarget cold = order.Nodes[1].ChildTarget!;
        ChildTarget dry = order.Nodes[2].ChildTarget!;
        Assert.Equal(("Ship", "_ship", null), (cold.Key, cold.Member!.Name, cold.Cleanup));
        Assert.Equal(("Ship", "_ship", CleanupTiming.Deferred), (dry.Key, dry.Member!.Name, dry.Cleanup));
        Assert.Equal([("box", 0), ("order", 1)], dry.Inputs.Select(i => (i.Name, i.Argument)));
    }

    [Fact]
    public void A_loop_takes_elements_and_gathers_results()
    {
        BoundWorkflow w = Bound.Workflow("W", """
            public record P(IReadOnlyList<Uri> Urls);
            [Workflow(MaxParallelism = 8)] public partial class W
            {
                public partial ValueTask<B> RunAsync(A a, int workers, CancellationToken ct = default);
                [Node] P Find(A a) => null!;
                [Node] C Fetch([Each(nameof(Find), Member = nameof(P.Urls), MaxParallelismFrom = nameof(workers))] Uri url, int workers) => new();
                [Node] D Extra(A a) => new();
                [Node] B Report(IReadOnlyList<C> pages, [From(nameof(Extra), nameof(Extra2))] IReadOnlyList<C> more) => new();
                [Node, BestEffort] D Extra2(A a) => new();
            }
            """);
        Assert.Equal(
            """
            Find: a <- a
            Fetch: url <- Find.Urls; workers <- workers
            Extra: a <- a
            Report: pages <- Fetch; more <- Extra & Extra2
            Extra2: a <- a
            result <- Report
            """,
            Bound.Describe(w));
        Assert.Equal(8, w.MaxParallelism);
        BoundEach each = w.Nodes[1].Each!;
        Assert.Equal((0, SourceShape.ReadOnlyList, "Uri", 1), (each.ArgumentIndex, each.Shape, each.ElementType.Display, each.MaxParallelismArgument));
        Assert.True(w.Nodes[3].AlwaysRuns);
    }

    [Fact]
    public void A_node_class_gets_what_its_workflow_holds()
    {
        BoundWorkflow w = Bound.Workflow("W", """
            public interface IPay; public interface IMail;
            [State(Scope = StateScope.Run)] public class S : IAsyncCleanup { public ValueTask CleanupAsync() => default; }
            [Pooled(Max = 7)] public class N(IMail mail, IPay pay, int retries = 3) : ICleanup
            {
                public Task<B> ExecuteAsync(CancellationToken ct, A a, S state, [Service] IDisposable scope, int times = 2) => null!;
                public void Cleanup() { _ = (mail, pay, retries); }
            }
            [Workflow] public partial class W(IPay pay, IMail mail)
            {
                public partial ValueTask<B> RunAsync(A a, RunOptions? options);
                [Node<N>(Id = "pay", RunOn = RunOn.ThreadPool)] private partial Task<B> PayAsync(A input);
            }
            """);
        BoundNode node = w.Nodes[0];
        ClassTarget target = node.ClassTarget!;
        Assert.Equal(("Pay", "pay", "PayAsync", Generator.Model.RunOn.ThreadPool), (node.Name, node.Id, node.MethodName, node.RunOn));
        Assert.Equal(["mail", "pay"], target.ConstructorMembers.Select(m => m.Name));
        Assert.Equal(
            [
                ("ct", -1, ArgumentKind.CancellationToken),
                ("a", 0, ArgumentKind.Value),
                ("state", -1, ArgumentKind.State),
                ("scope", -1, ArgumentKind.Service),
                ("times", -1, ArgumentKind.Default),
            ],
            target.Parameters.Select(p => (p.Name, p.Argument, p.Kind)));
        Assert.Equal((CleanupKind.Sync, true, 7), (target.Cleanup, target.IsPooled, target.PoolMax));
        StateClass state = Assert.Single(w.States);
        Assert.Equal(("S", true, CleanupKind.Async), (state.Type.Display, state.IsRunScoped, state.Cleanup));
    }

    [Fact]
    public void Conditions_know_their_source_and_values()
    {
        BoundWorkflow w = Bound.Workflow("W", """
            [Workflow] public partial class W(bool enabled)
            {
                public partial ValueTask RunAsync(A a);
                [Node] Color Pick(A a) => default;
                [Node, When(nameof(Pick), Color.Red, Color.Blue)] void F(A a) { }
                [Node, Otherwise(nameof(Pick)), Unless(nameof(enabled))] void G(A a) { }
                [Node, When(nameof(IsLate), 1, 2)] void H(A a) { }
                int IsLate(A a) => 1;
            }
            """);
        Assert.Equal(["global::Color.Red", "global::Color.Blue"], w.Nodes[1].Conditions[0].Values);
        Assert.Equal(
            ["Pick = Red or Blue", "Pick != Red or Blue", "not enabled", "IsLate = 1 or 2"],
            w.Nodes.SelectMany(n => n.Conditions).Select(c => c.Display));
        Assert.Equal(["", "Pick = Red or Blue", "Pick = Green and not enabled", "IsLate = 1 or 2"], w.Nodes.Select(n => n.Presence));
        Assert.Equal([PredicateKind.Method, PredicateKind.ConstructorParameter], w.Predicates.Select(p => p.Kind));
    }
}
