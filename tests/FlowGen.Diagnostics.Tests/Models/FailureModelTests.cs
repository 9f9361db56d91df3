using FlowGen.Generator.Model;

namespace FlowGen.Diagnostics.Tests.Models;

/// <summary>What is bound of handlers and compensations.</summary>
public class FailureModelTests
{
    [Fact]
    public void A_node_and_its_handlers_are_one_source()
    {
        BoundWorkflow w = Bound.Workflow("W", """
            [Workflow] public partial class W
            {
                public partial ValueTask<B> RunAsync(A a);
                [Catch(nameof(F))] C Any(Exception e) => new();
                [Catch(nameof(F), Id = "closed")] C Closed(ObjectDisposedException e, A a) => new();
                [Node] C F(A a) => new();
                [Catch(nameof(F))] C Invalid(InvalidOperationException e) => new();
                [Node] B G(C c) => new();
                [Node, After(nameof(F))] void H() { }
                [Node, Needs(nameof(F))] void I() { }
                [Node] void J([From(nameof(F))] Outcome<C> c) { }
            }
            """);
        Assert.Equal(
            """
            Any [F fails]: 
            Closed [F fails with ObjectDisposedException]: a <- a
            F: a <- a
            Invalid [F fails with InvalidOperationException]: 
            G: c <- F | Closed | Invalid | Any
            H: 
            I: 
            J: c Outcome <- F | Closed | Invalid | Any
            result <- G
            """,
            Bound.Describe(w));
        Assert.Equal([0, 1, 2, 3], w.Nodes[5].After);
        Assert.Empty(w.Nodes[6].Needs);
        Assert.Equal([0, 1, 2, 3], Assert.Single(w.Nodes[6].NeedsAny).Indices);
        Assert.Equal(("closed", "Any"), (w.Nodes[1].Id, w.Nodes[0].Id));
        Assert.Equal([ArgumentKind.Exception, ArgumentKind.Value], w.Nodes[1].Arguments.Select(a => a.Kind));
        Assert.Equal((true, false), (w.Nodes[4].AlwaysRuns, w.Nodes[0].AlwaysRuns));
    }

    [Fact]
    public void A_handler_knows_who_is_nearer()
    {
        BoundWorkflow w = Bound.Workflow("W", """
            [Workflow] public partial class W
            {
                public partial ValueTask<B?> RunAsync(A a);
                static bool P(A a) => true;
                [Node, When(nameof(P))] B F(A a) => new();
                [Node, Unless(nameof(P))] B G(A a) => new();
                [Catch(nameof(G), nameof(F))] B Any() => new();
                [Catch(nameof(F))] B Closed(ObjectDisposedException e) => new();
                [Catch(nameof(F))] B Invalid(InvalidOperationException e) => new();
                [Catch(nameof(G))] B Late(TimeoutException e) => new();
            }
            """);
        Assert.Equal(
            [
                "Any: F not ObjectDisposedException, InvalidOperationException; G not TimeoutException",
                "Closed ObjectDisposedException: F not ",
                "Invalid InvalidOperationException: F not ObjectDisposedException",
                "Late TimeoutException: G not ",
            ],
            w.Nodes.Where(n => n.Catch is not null).Select(n =>
                $"{n.Name} {n.Catch!.Exception?.Display}".Trim() + ": "
                + string.Join("; ", n.Catch.Nodes.Select(c => $"{w.Nodes[c.Node].Name} not {string.Join(", ", c.Nearer.Select(t => t.Display))}"))));
        Assert.Equal("F,Closed,Invalid,Any,G,Late", string.Join(",", w.Result!.Sources.Select(s => w.Nodes[s.Index].Name)));
        Assert.Equal(Combination.Merge, w.Result.Combination);
    }

    [Fact]
    public void Handlers_of_the_workflow_stand_beside_its_nodes()
    {
        BoundWorkflow w = Bound.Workflow("W", """
            [Workflow] public partial class W
            {
                public partial ValueTask<B> RunAsync(A a);
                [Catch] void Log(Exception e, C? c) { }
                [Node] C F(A a) => new();
                [Catch, Retry(2)] B Late(TimeoutException e, A a) => new();
                [Node] B G(C c) => new();
            }
            """);
        Assert.Equal([("Late", "TimeoutException"), ("Log", null)], w.Handlers.Select(h => (w.Nodes[h.Node].Name, h.Exception?.Display)));
        Assert.Equal(["W fails", "", "W fails with TimeoutException", ""], w.Nodes.Select(n => n.Presence));
        Assert.Null(w.Nodes[0].Catch);
        Assert.Single(w.Nodes[2].Policies.Retries);
        Assert.Equal([3], w.Result!.Sources.Select(s => s.Index));
        Assert.Equal(["Log", "F", "Late", "G"], w.Surface.NodeNames);
    }

    [Fact]
    public void Compensations_are_no_nodes()
    {
        BoundWorkflow w = Bound.Workflow("W", """
            [State(Scope = StateScope.Run)] public class S : ICleanup { public void Cleanup() { } }
            [Workflow] public partial class W
            {
                public partial ValueTask<E> RunAsync(A a);
                [Node] A One(A a) => a;
                [Compensate(nameof(Two)), Retry(5), Timeout(Seconds = 1)] ValueTask UndoTwoAsync(A a, Exception reason, CancellationToken ct, S state) => default;
                [Node, After(nameof(One))] A Two(A a) => a;
                [Catch(nameof(Two))] A Instead(TimeoutException e) => new();
                [Node, After(nameof(Two))] E Last(A a) => new();
                [Compensate(nameof(One))] void UndoOne(A a) { }
            }
            """);
        Assert.Equal(["One", "Two", "Instead", "Last"], w.Nodes.Select(n => n.Name));
        Assert.Equal(["One", "Two", "Instead", "Last"], w.Surface.NodeNames);
        Assert.Equal([(1, "UndoTwo", "UndoTwoAsync"), (0, "UndoOne", "UndoOne")], w.Compensations.Select(c => (c.Undoes, c.Body.Name, c.Body.MethodName)));
        BoundNode undo = w.Compensations[0].Body;
        Assert.Equal([ArgumentKind.Value, ArgumentKind.Exception, ArgumentKind.CancellationToken, ArgumentKind.State], undo.Arguments.Select(a => a.Kind));
        Assert.Equal([1, 2], undo.Arguments[0].Value!.Sources.Select(s => s.Index));
        Assert.Equal([0], w.Compensations[1].Body.Arguments[0].Value!.Sources.Select(s => s.Index));
        Assert.Equal((5, 1_000), (undo.Policies.Retries[0].Retries, undo.Policies.Attempt!.Milliseconds));
        Assert.Single(w.States);
        Assert.Equal([1, 2], w.Nodes[3].Arguments[0].Value!.Sources.Select(s => s.Index));
    }

    [Fact]
    public void A_handled_failure_takes_its_branch()
    {
        BoundWorkflow w = Bound.Workflow("W", """
            [Workflow] public partial class W
            {
                public partial ValueTask RunAsync(A a);
                static bool P(A a) => true;
                [Node, When(nameof(P))] C F(A a) => new();
                [Catch(nameof(F))] C H(TimeoutException e) => new();
                [Node] void OnSuccess(Outcome<C> c) { }
                [Node] void OnFailure([From(nameof(H))] C c) { }
                [Node] void Either(C c) { }
            }
            """);
        Assert.Equal(["P", "P and F fails with TimeoutException", "", "P and F fails with TimeoutException", "P"], w.Nodes.Select(n => n.Presence).Select(Sorted));

        // Variables come by name, so F comes before P.
        static string Sorted(string presence) => string.Join(" and ", presence.Split(" and ").OrderDescending(StringComparer.Ordinal));
    }
}
