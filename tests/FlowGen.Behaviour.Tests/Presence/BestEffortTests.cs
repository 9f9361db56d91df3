namespace Behaviour.Presence;

[Workflow]
internal sealed partial class Trying(Gate gate, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node, BestEffort]
    ValueTask<One> Try(Ask ask, CancellationToken ct) => gate.Wait(new One(ask.Number), ct);

    [Node, BestEffort]
    void TryInline(Ask ask) => journal.Add($"{100 / (ask.Number - 1)}");

    [Node]
    void Required(One one) => journal.Add($"required {one.Number}");

    [Node, After(nameof(Try), nameof(TryInline))]
    void Following(Ask ask) => journal.Add("after");

    [Node]
    Answer Show(One? one) => new(one is null ? "nothing" : $"{one.Number}");
}

[Workflow]
internal sealed partial class Fragile(Gate gate, Journal journal)
{
    public partial ValueTask<One> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    ValueTask<One> Inner(Ask ask, CancellationToken ct) => gate.Wait(new One(ask.Number), ct);

    [Node]
    void Inside(One one) => journal.Add($"inside {one.Number}");
}

[Workflow]
internal sealed partial class TryingAChild(Fragile fragile)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow(nameof(fragile)), BestEffort]
    private partial ValueTask<One> Child(Ask ask);

    [Node]
    Answer Show(One? one) => new(one is null ? "nothing" : $"{one.Number}");
}

/// <summary>An outcome sees a best-effort failure as skipped: the failure has been dealt with.</summary>
[Workflow]
internal sealed partial class TryingAndObserving(Gate gate)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node, BestEffort]
    ValueTask<One> Try(Ask ask, CancellationToken ct) => gate.Wait(new One(ask.Number), ct);

    [Node]
    Answer Show(Outcome<One> one) => new($"{one.State}");
}

public sealed class BestEffortTests
{
    private readonly Gate _gate = new();
    private readonly Journal _journal = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_failure_counts_as_skipped(bool failFirst)
    {
        if (failFirst)
        {
            _gate.Fail(new BoomException("boom"));
        }

        ValueTask<Answer> run = new Trying(_gate, _journal).RunAsync(new Ask(1));
        _gate.Fail(new BoomException("boom"));

        Assert.Equal("nothing", (await run.Soon()).Text);
        Assert.Equal(["after"], _journal.Entries);
    }

    [Fact]
    public async Task A_success_is_a_success()
    {
        ValueTask<Answer> run = new Trying(_gate, _journal).RunAsync(new Ask(3));
        _gate.Open();

        Assert.Equal("3", (await run.Soon()).Text);
        Assert.Equal(["50", "after", "required 3"], _journal.Entries.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_observer_sees_the_failure()
    {
        RecordingObserver observer = new();
        _gate.Fail(new BoomException("boom"));
        await new Trying(_gate, _journal) { Runtime = observer.Watch() }.RunAsync(new Ask(1)).Soon();

        Assert.StartsWith("Executing Failed", observer.StatesOf("Try"), StringComparison.Ordinal);
        Assert.StartsWith("Executing Failed", observer.StatesOf("TryInline"), StringComparison.Ordinal);
        Assert.Equal("Skipped", observer.StatesOf("Required"));
        Assert.Equal("run Completed", observer.Lines[^1]);
    }

    [Fact]
    public async Task Cancellation_is_never_best_efforted()
    {
        using CancellationTokenSource cts = new();
        ValueTask<Answer> run = new Trying(_gate, _journal).RunAsync(new Ask(1), cts.Token);
        await _gate.Reached;
        await cts.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_sub_workflow_may_fail_without_harm(bool failFirst)
    {
        RecordingObserver observer = new();
        if (failFirst)
        {
            _gate.Fail(new BoomException("boom"));
        }

        ValueTask<Answer> run = new TryingAChild(new Fragile(_gate, _journal)) { Runtime = observer.Watch() }.RunAsync(new Ask(1));
        _gate.Fail(new BoomException("boom"));

        Assert.Equal("nothing", (await run.Soon()).Text);
        Assert.Empty(_journal.Entries);
        Assert.Equal([">Child", "<Child Failed"], observer.Boundaries);
        Assert.Equal("run Completed", observer.Lines[^1]);
    }

    [Fact]
    public async Task A_sub_workflow_that_succeeds_gives_its_value()
    {
        _gate.Open();

        Assert.Equal("5", (await new TryingAChild(new Fragile(_gate, _journal)).RunAsync(new Ask(5)).Soon()).Text);
        Assert.Equal(["inside 5"], _journal.Entries);
    }

    [Fact]
    public async Task An_outcome_sees_it_as_skipped()
    {
        _gate.Fail(new BoomException("boom"));

        Assert.Equal("Skipped", (await new TryingAndObserving(_gate).RunAsync(new Ask(1)).Soon()).Text);
    }
}
