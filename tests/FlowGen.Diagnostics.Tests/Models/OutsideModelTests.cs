using FlowGen.Generator.Model;

namespace FlowGen.Diagnostics.Tests.Models;

/// <summary>What is bound of waits, streams and choices at run time.</summary>
public class OutsideModelTests
{
    [Fact]
    public void A_wait_publishes_its_parameters()
    {
        BoundWorkflow w = Bound.Workflow("W", """
            [Workflow] public partial class W
            {
                public partial ValueTask<B> RunAsync(A a, C? c, B[] all);
                [Wait] private partial ValueTask<E> One(A a);
                [Wait(Transient = true, Id = "both")] private partial Task<E> Two(A a, C? c);
                [Wait] private partial Task<E> None();
                [Wait(Key = nameof(b))] private partial Task<E> Each([Each] B b, A a);
                [Node] B F([From(nameof(One))] E one, [From(nameof(Two))] E two, [From(nameof(None))] E none, E[] each) => new();
            }
            """);
        Assert.All(w.Nodes.Take(4), n => Assert.Equal(NodeKind.Wait, n.Kind));
        Assert.Equal(
            ["global::A", "(global::A a, global::C? c)", "global::FlowGen.FlowUnit", "(global::B b, global::A a)"],
            w.Nodes.Take(4).Select(n => n.Wait!.Request.Name));
        Assert.Equal([[0], [0, 1], [], [0, 1]], w.Nodes.Take(4).Select(n => n.Wait!.RequestArguments.ToArray()));
        Assert.Equal([(false, -1), (true, -1), (false, -1), (false, 0)], w.Nodes.Take(4).Select(n => (n.Wait!.IsTransient, n.Wait.KeyArgument)));
        Assert.Equal("both", w.Nodes[1].Id);
        Assert.Equal(["One", "Two", "None", "Each"], w.Surface.Bodyless.Select(m => m.Name));
    }

    [Fact]
    public void A_choice_maps_arguments_to_inputs()
    {
        BoundWorkflow w = Bound.Workflow("W", """
            [Workflow] public partial class V { public partial ValueTask<B> RunAsync(C c, A a); [Node] B F(A a, C c) => new(); }
            [Workflow] public partial class W
            {
                public partial ValueTask RunAsync(A a, C c);
                [Node] FlowRef<A, B> Pick(A a) => default;
                [Node] FlowRef<(C c, A a), B> PickTwo(A a) => default;
                [Node] FlowRef<FlowUnit, FlowUnit> PickNone(A a) => default;
                [DynamicSubWorkflow] private partial ValueTask<B> One(A a, FlowRef<A, B> flow);
                [DynamicSubWorkflow(MaxDepth = 3, AllowRecursion = true, Candidates = [typeof(V)])] private partial ValueTask Two(FlowRef<(C c, A a), B> flow, A first, C c);
                [DynamicSubWorkflow] private partial ValueTask None(FlowRef<FlowUnit, FlowUnit> flow);
                [Node, After(nameof(One))] void Last() { }
            }
            """);
        BoundDynamic one = w.Nodes[3].Dynamic!;
        Assert.Equal((NodeKind.Dynamic, 1, "A", "B", false, 16, false), (w.Nodes[3].Kind, one.RefArgument, one.Input.Display, one.Output?.Display, one.IsTuple, one.MaxDepth, one.AllowsRecursion));
        Assert.Equal([0], one.InputArguments);
        BoundDynamic two = w.Nodes[4].Dynamic!;
        Assert.Equal((0, "(global::C c, global::A a)", "B", true, 3, true), (two.RefArgument, two.Input.Name, two.Output?.Display, two.IsTuple, two.MaxDepth, two.AllowsRecursion));
        Assert.Equal([2, 1], two.InputArguments);
        Assert.Equal(["global::V"], two.Candidates);
        BoundDynamic none = w.Nodes[5].Dynamic!;
        Assert.Equal((0, null, false), (none.InputArguments.Count, none.Output, none.IsTuple));
        Assert.Equal([0, 1], [w.Nodes[3].Arguments[1].Value!.Sources[0].Index, w.Nodes[4].Arguments[0].Value!.Sources[0].Index]);
    }

    [Fact]
    public void Streams_go_by_the_names_of_their_emitters()
    {
        BoundWorkflow w = Bound.Workflow("W", """
            public class N { public B Execute(C c, Emitter<E> events, Emitter<string> text) => new(); }
            [Workflow] public partial class W
            {
                public partial ValueTask<B> RunAsync(A a);
                [Node] C F(A a, Emitter<string> text) => new();
                [Node<N>] private partial B G(C c, Emitter<E> events);
            }
            """);
        Assert.Equal([("events", "E"), ("text", "string")], w.Streams.Select(s => (s.Name, s.Type.Display)));
        Assert.Equal(ArgumentKind.Emitter, w.Nodes[0].Arguments[1].Kind);
        Assert.Equal(
            [("c", 0, ArgumentKind.Value), ("events", 1, ArgumentKind.Value), ("text", -1, ArgumentKind.Emitter)],
            w.Nodes[1].ClassTarget!.Parameters.Select(p => (p.Name, p.Argument, p.Kind)));
    }
}
