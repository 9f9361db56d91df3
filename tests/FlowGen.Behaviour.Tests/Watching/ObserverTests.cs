namespace Behaviour.Watching;

[Workflow(Id = "watched")]
internal sealed partial class Watched(Gate gate)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    static bool IsBig(Ask ask) => ask.Number > 10;

    [Node]
    One First(Ask ask) => new(ask.Number);

    [Node]
    ValueTask<Two> Second(One one, CancellationToken ct) => gate.Wait(new Two(one.Number), ct);

    [Node, When(nameof(IsBig))]
    Three Third(Two two) => new(two.Number);

    [Node]
    Answer Last(Two two, Three? three) => new($"{two.Number} {three?.Number}");
}

/// <summary>Throws whatever it is told.</summary>
internal sealed class RudeObserver : IFlowObserver
{
    public void RunStarted(in FlowContext run) => throw new BoomException("rude");

    public void RunCompleted(in FlowContext run, RunStatus status, TimeSpan elapsed, Exception? error) => throw new BoomException("rude");

    public void NodeChanged(in FlowContext node, NodeState state, Exception? error) => throw new BoomException("rude");
}

/// <summary>A child that takes its time, called twice in a row.</summary>
[Workflow]
internal sealed partial class WatchedParent(Watched child)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow(nameof(child))]
    private partial ValueTask<Answer> First(Ask ask);

    [SubWorkflow(nameof(child)), After(nameof(First))]
    private partial ValueTask<Answer> Second(Ask ask);

    [Node]
    One Join([From(nameof(First))] Answer first, [From(nameof(Second))] Answer second) => new(first.Text.Length + second.Text.Length);

    [Node]
    Answer Show(One one) => new($"{one.Number}");
}

/// <summary>Notes how long each boundary was open and how deep it stood.</summary>
internal sealed class Stopwatches : IFlowObserver
{
    public List<(string Path, int Depth, TimeSpan Elapsed)> Boundaries { get; } = [];

    public void SubWorkflowCompleted(in FlowContext boundary, RunStatus outcome, TimeSpan elapsed)
        => Boundaries.Add((boundary.Path, boundary.Depth, elapsed));
}

/// <summary>Only interested in one thing; the interface has defaults for the rest.</summary>
internal sealed class LazyObserver : IFlowObserver
{
    public int Ends { get; private set; }

    public TimeSpan Elapsed { get; private set; }

    public void RunCompleted(in FlowContext run, RunStatus status, TimeSpan elapsed, Exception? error)
    {
        Ends++;
        Elapsed = elapsed;
    }
}

public sealed class ObserverTests
{
    private readonly Gate _gate = new();
    private readonly RecordingObserver _observer = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_is_told_everything_in_order(bool openFirst)
    {
        if (openFirst)
        {
            _gate.Open();
        }

        ValueTask<Answer> run = new Watched(_gate) { Runtime = _observer.Watch() }.RunAsync(new Ask(1));
        _gate.Open();
        await run.Soon();

        string[] expected =
        [
            "run started", "First Executing", "First Completed", "Second Executing", "Second Completed", "Third Skipped", "Last Executing",
            "Last Completed", "run Completed",
        ];

        // When Third is known to be skipped is the scheduler's business, so long as it is before Last.
        Assert.Equal(expected.Where(e => e != "Third Skipped"), _observer.Lines.Where(e => e != "Third Skipped"));
        Assert.InRange(_observer.IndexOf("Third Skipped"), 1, _observer.IndexOf("Last Executing"));
    }

    [Fact]
    public async Task It_is_told_of_failure()
    {
        BoomException boom = new("boom");
        _gate.Fail(boom);
        ValueTask<Answer> run = new Watched(_gate) { Runtime = _observer.Watch() }.RunAsync(new Ask(1));
        await Assert.ThrowsAsync<BoomException>(() => run.Soon());

        Assert.Equal("Executing Failed", _observer.StatesOf("Second"));
        Assert.Equal("run Failed", _observer.Lines[^1]);
        Assert.Same(boom, _observer.Events[^1].Error);
    }

    [Fact]
    public async Task It_is_told_of_cancellation()
    {
        using CancellationTokenSource cts = new();
        ValueTask<Answer> run = new Watched(_gate) { Runtime = _observer.Watch() }.RunAsync(new Ask(1), cts.Token);
        await cts.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());

        Assert.Equal("Executing Cancelled", _observer.StatesOf("Second"));
        Assert.Equal("run Cancelled", _observer.Lines[^1]);
        Assert.Single(_observer.Events, e => e.Kind == FlowEventKind.RunCompleted);
    }

    [Fact]
    public async Task Its_own_exceptions_harm_nobody()
    {
        _gate.Open();
        await using FlowRuntime runtime = new(new FlowRuntimeOptions { Observer = new RudeObserver() });

        Assert.Equal("11 11", (await new Watched(_gate) { Runtime = runtime }.RunAsync(new Ask(11)).Soon()).Text);
    }

    [Fact]
    public async Task It_needs_to_implement_only_what_it_wants()
    {
        FakeTimeProvider clock = new();
        LazyObserver lazy = new();
        await using FlowRuntime runtime = new(new FlowRuntimeOptions { Observer = lazy, TimeProvider = clock });
        ValueTask<Answer> run = new Watched(_gate) { Runtime = runtime }.RunAsync(new Ask(11));
        clock.Advance(TimeSpan.FromSeconds(90));
        _gate.Open();
        await run.Soon();

        Assert.Equal(1, lazy.Ends);
        Assert.Equal(TimeSpan.FromSeconds(90), lazy.Elapsed);
    }

    [Fact]
    public async Task Boundaries_are_timed_by_the_runtime_s_clock()
    {
        FakeTimeProvider clock = new();
        Stopwatches stopwatches = new();
        await using FlowRuntime runtime = new(new FlowRuntimeOptions { Observer = stopwatches, TimeProvider = clock });
        ValueTask<Answer> run = new WatchedParent(new Watched(_gate)) { Runtime = runtime }.RunAsync(new Ask(1));
        await _gate.ReachedBy(1);
        clock.Advance(TimeSpan.FromSeconds(5));
        _gate.Release();
        await _gate.ReachedBy(2);
        clock.Advance(TimeSpan.FromSeconds(7));
        _gate.Release();
        await run.Soon();

        Assert.Equal([("First", 0, TimeSpan.FromSeconds(5)), ("Second", 0, TimeSpan.FromSeconds(7))], stopwatches.Boundaries);
    }

    [Fact]
    public async Task Without_an_observer_a_run_is_the_same()
    {
        ValueTask<Answer> run = new Watched(_gate).RunAsync(new Ask(11));
        await _gate.Reached;
        _gate.Open();

        Assert.Equal("11 11", (await run.Soon()).Text);
    }

    [Fact]
    public async Task The_result_is_not_there_before_the_observer_knows()
    {
        Watched workflow = new(_gate) { Runtime = _observer.Watch() };
        ValueTask<Answer> run = workflow.RunAsync(new Ask(1));
        Task<string> seen = See(run);
        await _gate.OpenElsewhere();

        Assert.Equal("run Completed", await seen.Soon());

        async Task<string> See(ValueTask<Answer> task)
        {
            await task;
            return _observer.Lines[^1];
        }
    }
}
