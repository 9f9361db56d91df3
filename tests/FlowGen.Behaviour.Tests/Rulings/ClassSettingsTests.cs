namespace Behaviour.Rulings;

/// <summary>Everything that can be said of a class, on one that is a child.</summary>
[Workflow(Id = "Settled child", MaxParallelism = 1, MaxConcurrentRuns = 1, WhenFull = WhenFull.Reject), Timeout(Seconds = 1)]
internal sealed partial class SettledChild(Gate[] gates, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    ValueTask<One> Left(Ask ask, CancellationToken ct) => gates[0].Wait(new One(ask.Number), ct);

    [Node]
    ValueTask<Two> Right(Ask ask, CancellationToken ct) => gates[1].Wait(new Two(ask.Number), ct);

    [Node]
    static Answer Join(One one, Two two) => new($"{one.Number + two.Number}");

    [Catch]
    Answer Instead(Exception error) => journal.Add(error.GetType().Name, new Answer("caught"));
}

[Workflow]
internal sealed partial class SettledParent(SettledChild child)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow(nameof(child))]
    private partial ValueTask<Answer> First(Ask ask);

    [SubWorkflow(nameof(child))]
    private partial ValueTask<Answer> Second(Ask ask);

    [Node]
    static One Both([From(nameof(First))] Answer first, [From(nameof(Second))] Answer second) => new(first.Text.Length + second.Text.Length);

    [Node]
    static Answer Show([From(nameof(First))] Answer first, [From(nameof(Second))] Answer second, One one) => new($"{first.Text} {second.Text} {one.Number}");
}

/// <summary>Waits undisturbed for its own nodes, whatever its parent does.</summary>
[Workflow(OnError = ErrorMode.WaitSiblings)]
internal sealed partial class PatientChild(Gate[] gates)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    ValueTask<One> Left(Ask ask, CancellationToken ct) => gates[0].Wait(new One(ask.Number), ct);

    [Node]
    ValueTask<Two> Right(Ask ask, CancellationToken ct) => gates[1].Wait(new Two(ask.Number), ct);

    [Node]
    static Answer Join(One one, Two two) => new($"{one.Number + two.Number}");
}

[Workflow]
internal sealed partial class ImpatientParent(PatientChild child, Gate beside)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow(nameof(child))]
    private partial ValueTask<Answer> Part(Ask ask);

    [Node]
    ValueTask<Three> Beside(Ask ask, CancellationToken ct) => beside.Wait(new Three(ask.Number), ct);

    [Node]
    static Four Show([From(nameof(Part))] Answer part, Three three) => new(part.Text.Length + three.Number);

    [Node]
    static Answer Close(Four four) => new($"{four.Number}");
}

/// <summary>Refused where it is entered, and only there.</summary>
[Workflow(Enabled = false)]
internal sealed partial class ClosedChild
{
    public partial ValueTask<One> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    static One Only(Ask ask) => new(ask.Number);
}

[Workflow]
internal sealed partial class CallsTheClosed(ClosedChild child, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    static bool IsWanted(Ask ask) => ask.Number > 0;

    [Node]
    Two Before(Ask ask) => journal.Add("before", new Two(ask.Number));

#pragma warning disable FG5011 // That it is closed is the point.
    [SubWorkflow(nameof(child)), When(nameof(IsWanted)), After(nameof(Before))]
    private partial ValueTask<One> Part(Ask ask);
#pragma warning restore FG5011

    [Node]
    static Answer Show(Two two, One? one) => new($"{two.Number} {one?.Number}");
}

/// <summary>One leaf at a time, beside nodes that do not execute: one waits for its next try, one for its turn.</summary>
[Workflow(MaxParallelism = 1)]
internal sealed partial class OneLeaf(Func<ValueTask<One>> tried, Gate[] gates)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node, Retry(1, DelayMs = 1_000, Jitter = false)]
    ValueTask<One> Tried() => tried();

    [Node]
    ValueTask<Two> Other(Ask ask, CancellationToken ct) => gates[0].Wait(new Two(ask.Number), ct);

    [Node]
    static Answer Join(One one, Two two) => new($"{one.Number + two.Number}");
}

[Workflow(MaxParallelism = 1)]
internal sealed partial class OneLeafAndAWait(Gate gate)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

#pragma warning disable FG9002, FG9004 // It waits as long as the test does.
    [Wait]
    private partial ValueTask<One> Approve(Ask ask);
#pragma warning restore FG9002, FG9004

    [Node]
    ValueTask<Two> Other(Ask ask, CancellationToken ct) => gate.Wait(new Two(ask.Number), ct);

    [Node]
    static Answer Join(One one, Two two) => new($"{one.Number + two.Number}");
}

/// <summary>Rulings, Class settings of a child.</summary>
public sealed class ClassSettingsTests
{
    private readonly Gate[] _gates = [new(), new()];
    private readonly Journal _journal = new();
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task MaxParallelism_applies_per_activation()
    {
        Task<Answer> run = Start(5);
        Assert.Equal(2, _gates[0].Waiting);
        Assert.Equal(0, _gates[1].Waiting);
        _gates[0].Release(2);
        await _gates[1].ReachedBy(2);
        _gates[1].Release(2);

        Assert.Equal("10 10 4", (await run.Soon()).Text);
    }

    [Fact]
    public async Task Timeout_and_workflow_Catch_apply_per_activation()
    {
        Task<Answer> run = Start(5);
        _gates[0].Release();
        await _gates[1].Reached;
        _gates[1].Release();
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("10 caught 8", (await run.Soon()).Text);
        Assert.Equal(["TimeoutException"], _journal.Entries);
    }

    [Fact]
    public async Task OnError_applies_per_activation()
    {
        Gate beside = new();
        ImpatientParent workflow = new(new PatientChild(_gates), beside);
        Task<Answer> inside = workflow.RunAsync(new Ask(1)).AsTask();
        _gates[0].Fail(new BoomException("left"));
        Assert.Equal(1, _gates[1].Waiting);
        Assert.Equal(1, beside.Waiting);
        _gates[1].Release();
        Assert.Equal("left", (await Assert.ThrowsAsync<BoomException>(() => inside.Soon())).Message);
        Assert.Equal(0, beside.Waiting);

        // A failure beside it is the parent's, which cancels.
        _gates[0].Open();
        Task<Answer> outside = workflow.RunAsync(new Ask(1)).AsTask();
        beside.Fail(new BoomException("beside"));
        Assert.Equal("beside", (await Assert.ThrowsAsync<BoomException>(() => outside.Soon())).Message);
        Assert.Equal(0, _gates[1].Waiting);
    }

    [Fact]
    public async Task Enabled_is_checked_at_entry()
    {
        CallsTheClosed workflow = new(new ClosedChild(), _journal);

        Assert.Equal("0 ", (await workflow.RunAsync(new Ask(0)).Soon()).Text);
        await Assert.ThrowsAsync<FlowDisabledException>(() => workflow.RunAsync(new Ask(1)).Soon());
        Assert.Equal(["before", "before"], _journal.Entries);
    }

    [Fact]
    public async Task MaxConcurrentRuns_counts_at_the_root_only()
    {
        SettledChild child = new(_gates, _journal);
        Task<Answer> root = child.RunAsync(new Ask(1)).AsTask();
        Task<Answer> parent = new SettledParent(child).RunAsync(new Ask(1)).AsTask();
        Assert.Equal(3, _gates[0].Waiting);
        await Assert.ThrowsAsync<FlowLimitException>(() => child.RunAsync(new Ask(1)).Soon());
        _gates[0].Open();
        _gates[1].Open();

        Assert.Equal("2", (await root.Soon()).Text);
        Assert.Equal("2 2 2", (await parent.Soon()).Text);
    }

    [Fact]
    public async Task MaxParallelism_counts_executing_leaf_nodes_never_retry_delays()
    {
        int tries = 0;
        Gate second = new();
        OneLeaf workflow = new(() => ++tries == 1 ? throw new BoomException("first") : second.Wait(new One(1)), _gates)
        {
            Runtime = new FlowRuntime(new FlowRuntimeOptions { TimeProvider = _clock }),
        };
        Task<Answer> run = workflow.RunAsync(new Ask(2)).AsTask();
        await _gates[0].Reached;

        // The second try finds no leaf free.
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, tries);
        _gates[0].Release();
        await second.Reached;
        second.Release();

        Assert.Equal("3", (await run.Soon()).Text);
    }

    [Fact]
    public async Task MaxParallelism_counts_executing_leaf_nodes_never_waits()
    {
        Gate gate = new();
        await using OneLeafAndAWait.Handle run = new OneLeafAndAWait(gate).Start(new Ask(2));
        Assert.True(await run.Approve.WhenPendingAsync(CancellationToken.None).AsTask().Soon());
        await gate.Reached;
        gate.Release();
        Assert.True(run.Approve.TrySet(new One(1)));

        Assert.Equal("3", (await run.Completion.Soon()).Text);
    }

    private Task<Answer> Start(int number)
    {
        SettledParent workflow = new(new SettledChild(_gates, _journal)) { Runtime = new FlowRuntime(new FlowRuntimeOptions { TimeProvider = _clock }) };
        return workflow.RunAsync(new Ask(number)).AsTask();
    }
}
