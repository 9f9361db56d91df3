namespace Behaviour.Loops;

/// <summary>A loop that hears of nothing, beside a node that fails.</summary>
[Workflow]
internal sealed partial class DeafLoop(Gate gate, Gate failing)
{
    public partial ValueTask<Answer> RunAsync(Tally start, int limit, CancellationToken ct = default);

    static bool IsEnough(Tally tally, int limit) => tally.Count >= limit;

    [Node, Repeat(Until = nameof(IsEnough))]
    ValueTask<Tally> Step(Tally tally) => gate.Wait(new Tally(tally.Count + 1));

    [Node]
    ValueTask<One> Beside(int limit) => failing.Wait(new One(limit));

    [Node]
    static Answer Join([From(nameof(Step))] Tally tally, One one) => new($"{tally.Count} {one.Number}");
}

/// <summary>The same where those that execute may finish undisturbed.</summary>
[Workflow(OnError = ErrorMode.WaitSiblings)]
internal sealed partial class UndisturbedLoop(Gate gate, Gate failing)
{
    public partial ValueTask<Answer> RunAsync(Tally start, int limit, CancellationToken ct = default);

    static bool IsEnough(Tally tally, int limit) => tally.Count >= limit;

    [Node, Repeat(Until = nameof(IsEnough))]
    ValueTask<Tally> Step(Tally tally, CancellationToken ct) => gate.Wait(new Tally(tally.Count + 1), ct);

    [Node]
    ValueTask<One> Beside(int limit, CancellationToken ct) => failing.Wait(new One(limit), ct);

    [Node]
    static Answer Join([From(nameof(Step))] Tally tally, One one) => new($"{tally.Count} {one.Number}");
}

/// <summary>A loop that loses a race and hears of nothing.</summary>
[Workflow]
internal sealed partial class LosingLoop(Gate gate, Gate winner)
{
    public partial ValueTask<Answer> RunAsync(Tally start, int limit, CancellationToken ct = default);

    static bool IsEnough(Tally tally, int limit) => tally.Count >= limit;

    [Node, Repeat(Until = nameof(IsEnough))]
    ValueTask<Tally> Step([Input, Carry] Tally start) => gate.Wait(new Tally(start.Count + 1));

    [Node]
    ValueTask<Tally> Quick([Input] Tally start, CancellationToken ct) => winner.Wait(new Tally(start.Count - 1), ct);

    [Node]
    static Answer Show([FromFirst(nameof(Step), nameof(Quick))] Tally first) => new($"{first.Count}");
}

/// <summary>A sub-workflow again and again, beside something that fails.</summary>
[Workflow]
internal sealed partial class DeafPart(Gate gate)
{
    public partial ValueTask<Tally> RunAsync(Tally tally);

    [Node]
    ValueTask<Tally> Step([Input] Tally tally) => gate.Wait(new Tally(tally.Count + 1));
}

[Workflow]
internal sealed partial class DeafParts(DeafPart part, Gate failing)
{
    public partial ValueTask<Answer> RunAsync(Tally start, int limit, CancellationToken ct = default);

    static bool IsEnough(Tally tally, int limit) => tally.Count >= limit;

    [SubWorkflow(nameof(part)), Repeat(Until = nameof(IsEnough))]
    private partial ValueTask<Tally> Part([Input, Carry] Tally tally);

    [Node]
    ValueTask<One> Beside(int limit) => failing.Wait(new One(limit));

    [Node]
    static Answer Join([From(nameof(Part))] Tally tally, One one) => new($"{tally.Count} {one.Number}");
}

/// <summary>What ends elsewhere ends a loop too, before its next iteration.</summary>
public sealed class StoppingTests
{
    private readonly Gate _gate = new();
    private readonly Gate _other = new();
    private readonly RecordingObserver _observer = new();

    [Fact]
    public async Task A_failure_beside_it_lets_no_further_iteration_begin()
    {
        DeafLoop workflow = new(_gate, _other) { Runtime = _observer.Watch() };
        Task<Answer> run = workflow.RunAsync(new Tally(0), 5).AsTask();
        _gate.Release();
        _other.Fail(new BoomException("beside"));
        Assert.False(run.IsCompleted);
        _gate.Release();

        Assert.Equal("beside", (await Assert.ThrowsAsync<BoomException>(() => run.Soon())).Message);
        Assert.Equal(2, _gate.Arrivals);
        Assert.Equal("Cancelled", _observer.StatesOf("Step").Split(' ')[^1]);
    }

    [Fact]
    public async Task Without_anybody_watching_too()
    {
        Task<Answer> run = new DeafLoop(_gate, _other).RunAsync(new Tally(0), 5).AsTask();
        _other.Fail(new BoomException("beside"));
        _gate.Release();

        await Assert.ThrowsAsync<BoomException>(() => run.Soon());
        Assert.Equal(1, _gate.Arrivals);
    }

    [Fact]
    public async Task The_last_iteration_completes_all_the_same()
    {
        DeafLoop workflow = new(_gate, _other) { Runtime = _observer.Watch() };
        Task<Answer> run = workflow.RunAsync(new Tally(0), 1).AsTask();
        _other.Fail(new BoomException("beside"));
        _gate.Release();

        await Assert.ThrowsAsync<BoomException>(() => run.Soon());
        Assert.Equal("Completed", _observer.StatesOf("Step").Split(' ')[^1]);
    }

    [Fact]
    public async Task A_loop_that_may_finish_undisturbed_does()
    {
        Task<Answer> run = new UndisturbedLoop(_gate, _other).RunAsync(new Tally(0), 3).AsTask();
        _other.Fail(new BoomException("beside"));
        _gate.Release();
        _gate.Release();
        Assert.False(run.IsCompleted);
        _gate.Release();

        Assert.Equal("beside", (await Assert.ThrowsAsync<BoomException>(() => run.Soon())).Message);
        Assert.Equal(3, _gate.Arrivals);
    }

    [Fact]
    public async Task A_loop_that_has_lost_makes_no_further_iteration()
    {
        Task<Answer> run = new LosingLoop(_gate, _other).RunAsync(new Tally(0), 5).AsTask();
        _gate.Release();
        _other.Release();
        Assert.False(run.IsCompleted);
        _gate.Release();

        Assert.Equal("-1", (await run.Soon()).Text);
        Assert.Equal(2, _gate.Arrivals);
    }

    [Fact]
    public async Task A_loop_may_win()
    {
        Task<Answer> run = new LosingLoop(_gate, _other).RunAsync(new Tally(0), 2).AsTask();
        _gate.Release();
        _gate.Release();

        Assert.Equal("2", (await run.Soon()).Text);
        Assert.Equal(0, _other.Waiting);
    }

    [Fact]
    public async Task No_further_activation_begins_either()
    {
        DeafParts workflow = new(new DeafPart(_gate), _other) { Runtime = _observer.Watch() };
        Task<Answer> run = workflow.RunAsync(new Tally(0), 5).AsTask();
        _gate.Release();
        _other.Fail(new BoomException("beside"));
        _gate.Release();

        Assert.Equal("beside", (await Assert.ThrowsAsync<BoomException>(() => run.Soon())).Message);
        Assert.Equal(2, _gate.Arrivals);
        Assert.Equal(4, _observer.Boundaries.Count);
    }

    [Fact]
    public async Task The_same_object_loops_on_after_it_was_stopped()
    {
        Gate failing = new();
        DeafLoop workflow = new(_gate, failing);
        Task<Answer> run = workflow.RunAsync(new Tally(0), 5).AsTask();
        _gate.Release();
        failing.Fail(new BoomException("beside"));
        _gate.Release();
        await Assert.ThrowsAsync<BoomException>(() => run.Soon());
        failing.Open();
        _gate.Open();

        Assert.Equal("7 7", (await workflow.RunAsync(new Tally(0), 7).Soon()).Text);
    }
}
