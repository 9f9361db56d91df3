using FlowGen.Generator.Model;

namespace FlowGen.Diagnostics.Tests.Models;

/// <summary>What is bound of retries, timeouts, loops and limits.</summary>
public class PolicyModelTests
{
    [Fact]
    public void Retries_come_nearest_first()
    {
        BoundWorkflow w = Bound.Workflow("W", """
            [Workflow] public partial class W
            {
                public partial ValueTask<B> RunAsync(A a, int most, CancellationToken ct = default);
                static bool IsWorthIt(Exception e, A a, int most) => true;
                [Node, Retry(9, If = nameof(IsWorthIt)), Retry<InvalidOperationException>(2, DelayMs = 5, MaxDelayMs = 50, Backoff = Backoff.Linear, Jitter = false), Retry<TimeoutException>(4), Retry<ObjectDisposedException>(3)]
                B F(A a) => new();
            }
            """);
        EquatableArray<BoundRetry> retries = w.Nodes[0].Policies.Retries;
        Assert.Equal([("ObjectDisposedException", 3), ("InvalidOperationException", 2), ("TimeoutException", 4), (null, 9)], retries.Select(r => (r.Exception?.Display, r.Retries)));
        Assert.Equal(new BoundRetry(retries[1].Exception, 2, 5, 50, Generator.Model.Backoff.Linear, Jitter: false, -1), retries[1]);
        Assert.Equal((100, 30_000, Generator.Model.Backoff.Exponential, true, 0), (retries[3].DelayMs, retries[3].MaxDelayMs, retries[3].Backoff, retries[3].Jitter, retries[3].Check));
        BoundPredicate check = Assert.Single(w.Checks);
        Assert.Equal(("IsWorthIt", PredicateKind.Method, true, true), (check.Name, check.Kind, check.IsStatic, check.IsPrivate));
        Assert.Equal([("e", ArgumentKind.Exception), ("a", ArgumentKind.Value), ("most", ArgumentKind.Value)], check.Arguments.Select(a => (a.Parameter, a.Kind)));
        Assert.Equal([0, 1], check.Arguments.Skip(1).Select(a => a.Value!.Sources[0].Index));
        Assert.True(w.Nodes[0].Policies.IsGuarded);
    }

    [Fact]
    public void Limits_are_milliseconds_or_members()
    {
        BoundWorkflow w = Bound.Workflow("W", """
            [Workflow, Timeout(From = nameof(Whole))] public partial class W(TimeSpan limit)
            {
                private readonly TimeSpan _limit = limit;
                public partial ValueTask<B> RunAsync(A a, CancellationToken ct = default);
                static TimeSpan Whole(A a) => default;
                [Node, Timeout(Seconds = 2), Timeout(From = nameof(limit), Scope = TimeoutScope.Total)] B F(A a, CancellationToken ct) => new();
                public TimeSpan Limit => _limit;
            }
            """);
        BoundPolicies policies = w.Nodes[0].Policies;
        Assert.Equal(new BoundTimeout(2_000, -1), policies.Attempt);
        Assert.Equal(new BoundTimeout(0, 1), policies.Total);
        Assert.Equal(new BoundTimeout(0, 0), w.Settings.Timeout);
        Assert.Equal([("Whole", PredicateKind.Method), ("_limit", PredicateKind.Field)], w.Checks.Select(c => (c.Name, c.Kind)));
        Assert.Equal(SourceKind.Input, w.Checks[0].Arguments[0].Value!.Sources[0].Kind);
    }

    [Fact]
    public void A_loop_carries_its_value_on()
    {
        BoundWorkflow w = Bound.Workflow("W", """
            [Workflow] public partial class W
            {
                public partial ValueTask<B> RunAsync(A a, B first, int most);
                static bool IsDone(B latest, int most) => true;
                [Node, Repeat(Until = nameof(IsDone), MaxIterations = 7, AtLimit = RepeatLimit.Stop, DelayMs = 3)] B Step(A a, B first) => first;
                bool Again() => true;
                [Node, After(nameof(Step)), Repeat(While = nameof(Again))] void Tick() { }
            }
            """);
        Assert.Equal(new BoundRepeat(1, 0, IsWhile: false, 7, FailsAtLimit: false, 3), w.Nodes[0].Policies.Repeat);
        Assert.Equal(new BoundRepeat(-1, 1, IsWhile: true, 1_000, FailsAtLimit: true, 0), w.Nodes[1].Policies.Repeat);
        Assert.Equal([ArgumentKind.Latest, ArgumentKind.Value], w.Checks[0].Arguments.Select(a => a.Kind));
        BoundValue latest = w.Checks[0].Arguments[0].Value!;
        Assert.Equal(new BoundSource(SourceKind.Node, 0, "", AccessMayBeNull: false), Assert.Single(latest.Sources));
        Assert.Empty(w.Checks[1].Arguments);
    }

    [Fact]
    public void One_member_may_be_asked_by_several_policies()
    {
        BoundWorkflow w = Bound.Workflow("W", """
            [Workflow] public partial class W
            {
                public partial ValueTask<C> RunAsync(A a, B b);
                static bool Go([From(nameof(One))] B b) => true;
                [Node, Repeat(While = nameof(Go))] B One([Input] B b) => b;
                [Node, When(nameof(Go)), Retry(1, If = nameof(Go))] D Two(A a) => new();
                [Node] C Three(D? d) => new();
            }
            """);
        Assert.Equal(["Latest", "Value"], w.Checks.Select(c => c.Arguments[0].Kind.ToString()));
        Assert.Equal("b", Assert.Single(w.Predicates).Arguments[0].Parameter);
    }

    [Fact]
    public void Sections_and_settings_are_kept()
    {
        BoundWorkflow w = Bound.Workflow("W", """
            [Workflow(MaxConcurrentRuns = 3, WhenFull = WhenFull.Reject, OnError = ErrorMode.WaitSiblings, Record = RecordMode.Values)] public partial class W
            {
                public partial ValueTask<B> RunAsync(A a);
                [Node, Exclusive<C>, Exclusive<B>, MaxConcurrent(4)] B F(A a) => new();
            }
            """);
        Assert.Equal(["B", "C"], w.Nodes[0].Policies.Sections.Select(s => s.Display));
        Assert.Equal(4, w.Nodes[0].Policies.MaxConcurrent);
        Assert.Equal(new BoundSettings(Timeout: null, WaitsForSiblings: true, 3, RejectsWhenFull: true, "Values"), w.Settings);
        BoundWorkflow plain = Bound.Workflow("W", "[Workflow] public partial class W { public partial ValueTask<B> RunAsync(A a); [Node] B F(A a) => new(); }");
        Assert.Equal(new BoundSettings(Timeout: null, WaitsForSiblings: false, 0, RejectsWhenFull: false, "Nodes"), plain.Settings);
        Assert.Same(BoundPolicies.None, plain.Nodes[0].Policies);
        Assert.Same(BoundJoins.None, plain.Nodes[0].Joins);
    }

    [Fact]
    public void A_loop_over_elements_has_rules()
    {
        BoundWorkflow w = Bound.Workflow("W", """
            [Workflow] public partial class W
            {
                public partial ValueTask<B> RunAsync(A[] all);
                static bool IsEnough(EachProgress progress) => progress.Completed > 2;
                [Node] C F([Each(OnError = EachError.Collect, Until = nameof(IsEnough), Rest = EachRest.Ignore)] A a, More<A> more) => new();
                [Node] B G(Outcome<C>[] cs) => new();
            }
            """);
        BoundEach each = w.Nodes[0].Each!;
        Assert.Equal((Generator.Model.EachError.Collect, 0, Generator.Model.EachRest.Ignore, true), (each.OnError, each.Until, each.Rest, each.Grows));
        Assert.Equal(ArgumentKind.Progress, Assert.Single(w.Checks[0].Arguments).Kind);
        Assert.Equal([ArgumentKind.Element, ArgumentKind.More], w.Nodes[0].Arguments.Select(a => a.Kind));
        Assert.Equal("global::FlowGen.Outcome<global::C>[]", w.Nodes[1].Arguments[0].Value!.Type.Name);
    }
}
