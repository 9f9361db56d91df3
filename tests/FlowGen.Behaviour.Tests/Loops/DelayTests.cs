namespace Behaviour.Loops;

[Workflow]
internal sealed partial class Polls(Gate gate, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Tally start, int limit, CancellationToken ct = default);

    static bool IsEnough(Tally tally, int limit) => tally.Count >= limit;

    [Node, Repeat(Until = nameof(IsEnough), DelayMs = 1_000)]
    async ValueTask<Tally> Step(Tally tally, CancellationToken ct)
    {
        journal.Add($"{tally.Count}");
        await gate.Wait(ct);
        return new Tally(tally.Count + 1);
    }

    [Node]
    static Answer Show([From(nameof(Step))] Tally tally) => new($"{tally.Count}");
}

/// <summary>The limit leaves a place free while the loop waits.</summary>
[Workflow(MaxParallelism = 1)]
internal sealed partial class PollsAlone(Gate gate, Gate beside)
{
    public partial ValueTask<Answer> RunAsync(Tally start, int limit, CancellationToken ct = default);

    static bool IsEnough(Tally tally, int limit) => tally.Count >= limit;

    [Node, Repeat(Until = nameof(IsEnough), DelayMs = 1_000)]
    ValueTask<Tally> Step(Tally tally, CancellationToken ct) => gate.Wait(new Tally(tally.Count + 1), ct);

    [Node]
    ValueTask<One> Beside(int limit, CancellationToken ct) => beside.Wait(new One(limit), ct);

    [Node]
    static Answer Show([From(nameof(Step))] Tally tally, One one) => new($"{tally.Count} {one.Number}");
}

/// <summary>A limit on the whole run, which may end between two iterations.</summary>
[Workflow, Timeout(Milliseconds = 1_500)]
internal sealed partial class PollsForAWhile(Gate gate)
{
    public partial ValueTask<Tally> RunAsync(Tally start, CancellationToken ct = default);

    static bool Never(Tally tally) => tally.Count < 0;

    [Node, Repeat(Until = nameof(Never), DelayMs = 1_000)]
    ValueTask<Tally> Step(Tally tally, CancellationToken ct) => gate.Wait(new Tally(tally.Count + 1), ct);
}

/// <summary>Each iteration may take half a second, be tried three times, and have two seconds in all.</summary>
[Workflow]
internal sealed partial class GuardedLoop(Func<Tally, CancellationToken, ValueTask<Tally>> step)
{
    public partial ValueTask<Tally> RunAsync(Tally start, int limit, CancellationToken ct = default);

    static bool IsEnough(Tally tally, int limit) => tally.Count >= limit;

    [Node, Repeat(Until = nameof(IsEnough)), Retry(2, DelayMs = 1_000, Jitter = false, Backoff = Backoff.Constant), Timeout(Milliseconds = 500), Timeout(Seconds = 5, Scope = TimeoutScope.Total)]
    ValueTask<Tally> Step(Tally tally, CancellationToken ct) => step(tally, ct);
}

public sealed class DelayTests
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    private readonly FakeTimeProvider _clock = new();
    private readonly Gate _gate = new();
    private readonly Journal _journal = new();
    private readonly FlowRuntime _runtime;

    public DelayTests() => _runtime = new FlowRuntime(new FlowRuntimeOptions { TimeProvider = _clock });

    [Fact]
    public async Task Between_two_iterations_the_loop_waits_on_the_runtime_s_clock()
    {
        _gate.Open();
        Task<Answer> run = new Polls(_gate, _journal) { Runtime = _runtime }.RunAsync(new Tally(0), 3).AsTask();
        Assert.Equal(["0"], _journal.Entries);
        _clock.Advance(s_second * 0.9);
        Assert.Equal(["0"], _journal.Entries);
        _clock.Advance(s_second * 0.1);
        Assert.Equal(["0", "1"], _journal.Entries);
        _clock.Advance(s_second);

        Assert.Equal("3", (await run.Soon()).Text);
        Assert.Equal(["0", "1", "2"], _journal.Entries);
    }

    [Fact]
    public async Task The_delay_begins_when_the_iteration_ends()
    {
        Task<Answer> run = new Polls(_gate, _journal) { Runtime = _runtime }.RunAsync(new Tally(0), 2).AsTask();
        _clock.Advance(s_second * 10);
        _gate.Release();
        Assert.Equal(["0"], _journal.Entries);
        _clock.Advance(s_second);
        Assert.Equal(["0", "1"], _journal.Entries);
        _gate.Release();

        Assert.Equal("2", (await run.Soon()).Text);
    }

    [Fact]
    public async Task There_is_no_delay_after_the_last_iteration()
    {
        _gate.Open();

        Assert.Equal("1", (await new Polls(_gate, _journal) { Runtime = _runtime }.RunAsync(new Tally(0), 1).Soon()).Text);
    }

    [Fact]
    public async Task Cancellation_ends_the_delay()
    {
        using CancellationTokenSource cts = new();
        _gate.Open();
        Task<Answer> run = new Polls(_gate, _journal) { Runtime = _runtime }.RunAsync(new Tally(0), 3, cts.Token).AsTask();
        await cts.CancelAsync();

        Assert.Equal(cts.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon())).CancellationToken);
        Assert.Equal(["0"], _journal.Entries);
    }

    [Fact]
    public async Task A_loop_that_waits_leaves_its_place_to_others()
    {
        Gate beside = new();
        Task<Answer> run = new PollsAlone(_gate, beside) { Runtime = _runtime }.RunAsync(new Tally(0), 2).AsTask();
        Assert.Equal(0, beside.Waiting);
        _gate.Release();
        await beside.Reached;
        _clock.Advance(s_second);
        Assert.Equal(0, _gate.Waiting);
        beside.Release();
        await _gate.ReachedBy(2);
        _gate.Release();

        Assert.Equal("2 2", (await run.Soon()).Text);
    }

    [Fact]
    public async Task The_limit_of_the_run_ends_the_delay()
    {
        _gate.Open();
        Task<Tally> run = new PollsForAWhile(_gate) { Runtime = _runtime }.RunAsync(new Tally(0)).AsTask();
        _clock.Advance(s_second);
        Assert.Equal(2, _gate.Arrivals);
        _clock.Advance(s_second);

        await Assert.ThrowsAsync<TimeoutException>(() => run.Soon());
        Assert.Equal(2, _gate.Arrivals);
    }

    [Fact]
    public async Task Each_iteration_has_all_its_tries()
    {
        int calls = 0;
        GuardedLoop workflow = new((tally, _) => ++calls % 3 == 0 ? new(new Tally(tally.Count + 1)) : throw new BoomException("again")) { Runtime = _runtime };
        Task<Tally> run = workflow.RunAsync(new Tally(0), 3).AsTask();
        for (int i = 0; i < 6; i++)
        {
            Assert.False(run.IsCompleted);
            _clock.Advance(s_second);
        }

        Assert.Equal(3, (await run.Soon()).Count);
        Assert.Equal(9, calls);
    }

    [Fact]
    public async Task Each_try_of_each_iteration_has_its_time()
    {
        GuardedLoop workflow = new((tally, ct) => _gate.Wait(new Tally(tally.Count + 1), ct)) { Runtime = _runtime };
        Task<Tally> run = workflow.RunAsync(new Tally(0), 2).AsTask();

        // The first iteration needs two tries.
        _clock.Advance(s_second * 0.5);
        Assert.Equal(0, _gate.Waiting);
        _clock.Advance(s_second);
        _gate.Release();

        // The second has three again, and fails with the third.
        _clock.Advance(s_second * 1.5);
        _clock.Advance(s_second * 1.5);
        Assert.False(run.IsCompleted);
        _clock.Advance(s_second * 0.5);

        TimeoutException error = await Assert.ThrowsAsync<TimeoutException>(() => run.Soon());
        Assert.Contains("500 ms", error.Message, StringComparison.Ordinal);
        Assert.Equal(5, _gate.Arrivals);
    }

    [Fact]
    public async Task The_total_limit_is_for_one_iteration()
    {
        GuardedLoop workflow = new((tally, ct) => _gate.Wait(new Tally(tally.Count + 1), ct)) { Runtime = _runtime };
        Task<Tally> run = workflow.RunAsync(new Tally(0), 30).AsTask();
        for (int i = 0; i < 30; i++)
        {
            _clock.Advance(s_second * 0.4);
            _gate.Release();
        }

        Assert.Equal(30, (await run.Soon()).Count);
    }

    [Fact]
    public async Task Cancellation_is_neither_retried_nor_repeated()
    {
        using CancellationTokenSource cts = new();
        GuardedLoop workflow = new((tally, ct) => _gate.Wait(new Tally(tally.Count + 1), ct)) { Runtime = _runtime };
        Task<Tally> run = workflow.RunAsync(new Tally(0), 5, cts.Token).AsTask();
        _gate.Release();
        await cts.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(2, _gate.Arrivals);
    }
}
