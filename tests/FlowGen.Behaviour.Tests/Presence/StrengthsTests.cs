namespace Behaviour.Presence;

/// <summary>What a producer did, seen through every strength of parameter. The producer suspends at the gate and may fail there.</summary>
[Workflow]
internal sealed partial class Strengths(Gate gate, Journal journal)
{
    public partial ValueTask RunAsync(Ask ask, CancellationToken ct = default);

    static bool Wanted(Ask ask) => ask.Number > 0;

    [Node, When(nameof(Wanted))]
    ValueTask<One> Produce(Ask ask, CancellationToken ct) => gate.Wait(new One(ask.Number), ct);

    [Node, When(nameof(Wanted))]
    int Count(Ask ask) => ask.Number * 2;

    [Node]
    void Required(One one) => journal.Add($"required {one.Number}");

    [Node]
    void Nullable(One? one) => journal.Add($"nullable {one?.Number.ToString() ?? "null"}");

    [Node]
    void NullableValue(int? count) => journal.Add($"count {count?.ToString() ?? "null"}");

    [Node]
    void Optional(Optional<One> one) => journal.Add($"optional {(one.HasValue ? one.Value.Number : "empty")}");

    [Node]
    void OptionalValue(Optional<int> count) => journal.Add($"optional count {(count.HasValue ? count.Value : "empty")}");

    [Node, Needs(nameof(Produce))]
    void Needing(Ask ask) => journal.Add("needs");

    [Node, After(nameof(Produce))]
    void Following(Ask ask) => journal.Add("after");
}

[Workflow]
internal sealed partial class Observing(Gate gate)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    static bool Wanted(Ask ask) => ask.Number > 0;

    [Node, When(nameof(Wanted))]
    ValueTask<One> Produce(Ask ask, CancellationToken ct) => gate.Wait(new One(ask.Number), ct);

    [Node]
    static Answer Show(Outcome<One> outcome) => new(outcome switch
    {
        { Succeeded: true } => $"value {outcome.Value!.Number} {outcome.State}",
        { IsSkipped: true } => $"skipped {outcome.State}",
        _ => $"failed {outcome.Error!.Message} {outcome.State}",
    });
}

/// <summary>Somebody observes the failure, but somebody else requires the value: the run fails after the observer has run.</summary>
[Workflow]
internal sealed partial class ObservedButRequired(Gate gate, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    ValueTask<One> Produce(Ask ask, CancellationToken ct) => gate.Wait(new One(ask.Number), ct);

    [Node]
    void Watch(Outcome<One> one) => journal.Add($"watched {one.State} {one.Error?.Message}");

    [Node]
    Answer Show(One one) => journal.Add("shown", new Answer($"{one.Number}"));
}

/// <summary>An observer that does not run handles nothing.</summary>
[Workflow]
internal sealed partial class ObserverSkipped(Gate gate)
{
    public partial ValueTask<Answer?> RunAsync(Ask ask, CancellationToken ct = default);

    static bool Curious(Ask ask) => ask.Number > 0;

    [Node]
    ValueTask<One> Produce(Ask ask, CancellationToken ct) => gate.Wait(new One(ask.Number), ct);

    [Node, When(nameof(Curious))]
    Answer Show(Outcome<One> one) => new($"{one.State}");
}

/// <summary>The observer fails itself, which is tolerated: it ran, so what it observed is handled.</summary>
[Workflow]
internal sealed partial class ObserverFails(Gate gate, Journal journal)
{
    public partial ValueTask RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    ValueTask<One> Produce(Ask ask, CancellationToken ct) => gate.Wait(new One(ask.Number), ct);

    [Node, BestEffort]
    void Watch(Outcome<One> one)
    {
        journal.Add($"watched {one.State}");
        throw new BoomException("observer");
    }
}

/// <summary>A sub-workflow's outcome is observed like a node's.</summary>
[Workflow]
internal sealed partial class ObservesAChild(FailingChild child)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    static bool Wanted(Ask ask) => ask.Number != 0;

    [SubWorkflow(nameof(child)), When(nameof(Wanted))]
    private partial ValueTask<One> Child(Ask ask);

    [Node]
    Answer Show(Outcome<One> one) => new(one.Succeeded ? $"{one.Value.Number}" : $"{one.State} {one.Error?.Message}");
}

[Workflow]
internal sealed partial class FailingChild(Gate gate, Gate sibling)
{
    public partial ValueTask<One> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    ValueTask<One> Produce(Ask ask, CancellationToken ct) => gate.Wait(new One(ask.Number), ct);

    [Node]
    ValueTask Aside(Ask ask, CancellationToken ct) => sibling.Wait(ct);
}

public sealed class StrengthsTests
{
    private readonly Gate _gate = new();
    private readonly Journal _journal = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_present_value_reaches_everybody(bool openFirst)
    {
        if (openFirst)
        {
            _gate.Open();
        }

        ValueTask run = new Strengths(_gate, _journal).RunAsync(new Ask(3));
        await _gate.Reached;
        _gate.Open();
        await run.Soon();

        Assert.Equal(
            ["after", "count 6", "needs", "nullable 3", "optional 3", "optional count 6", "required 3"],
            _journal.Entries.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Skipping_stops_at_what_tolerates_it()
    {
        RecordingObserver observer = new();
        await new Strengths(_gate, _journal) { Runtime = observer.Watch() }.RunAsync(new Ask(0)).Soon();

        Assert.Equal(
            ["after", "count null", "nullable null", "optional count empty", "optional empty"],
            _journal.Entries.Order(StringComparer.Ordinal));
        Assert.Equal("Skipped", observer.StatesOf("Required"));
        Assert.Equal("Skipped", observer.StatesOf("Needing"));
        Assert.Equal("Skipped", observer.StatesOf("Produce"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_unhandled_failure_is_nobody_s_null(bool failFirst)
    {
        BoomException boom = new("boom");
        if (failFirst)
        {
            _gate.Fail(boom);
        }

        ValueTask run = new Strengths(_gate, _journal).RunAsync(new Ask(3));
        _gate.Fail(boom);

        Assert.Same(boom, await Assert.ThrowsAsync<BoomException>(() => run.Soon()));
        Assert.DoesNotContain("nullable null", _journal.Entries);
        Assert.DoesNotContain("after", _journal.Entries);
        Assert.DoesNotContain("needs", _journal.Entries);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_outcome_tells_success(bool openFirst)
    {
        if (openFirst)
        {
            _gate.Open();
        }

        ValueTask<Answer> run = new Observing(_gate).RunAsync(new Ask(3));
        _gate.Open();

        Assert.Equal("value 3 Completed", (await run.Soon()).Text);
    }

    [Fact]
    public async Task An_outcome_tells_skipping()
        => Assert.Equal("skipped Skipped", (await new Observing(_gate).RunAsync(new Ask(0)).Soon()).Text);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_outcome_handles_failure(bool failFirst)
    {
        RecordingObserver observer = new();
        if (failFirst)
        {
            _gate.Fail(new BoomException("boom"));
        }

        ValueTask<Answer> run = new Observing(_gate) { Runtime = observer.Watch() }.RunAsync(new Ask(3));
        _gate.Fail(new BoomException("boom"));

        Assert.Equal("failed boom Failed", (await run.Soon()).Text);
        Assert.Equal("Executing Failed", observer.StatesOf("Produce"));
        Assert.Equal("run Completed", observer.Lines[^1]);
    }

    [Fact]
    public async Task An_outcome_never_sees_cancellation()
    {
        using CancellationTokenSource cts = new();
        ValueTask<Answer> run = new Observing(_gate).RunAsync(new Ask(3), cts.Token);
        await _gate.Reached;
        await cts.CancelAsync();

        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(cts.Token, error.CancellationToken);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_required_value_fails_the_run_after_its_observers_have_run(bool failFirst)
    {
        BoomException boom = new("boom");
        if (failFirst)
        {
            _gate.Fail(boom);
        }

        ValueTask<Answer> run = new ObservedButRequired(_gate, _journal).RunAsync(new Ask(3));
        _gate.Fail(boom);

        Assert.Same(boom, await Assert.ThrowsAsync<BoomException>(() => run.Soon()));
        Assert.Equal(["watched Failed boom"], _journal.Entries);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_observer_that_fails_with_best_effort_has_observed(bool failFirst)
    {
        if (failFirst)
        {
            _gate.Fail(new BoomException("boom"));
        }

        ValueTask run = new ObserverFails(_gate, _journal).RunAsync(new Ask(1));
        _gate.Fail(new BoomException("boom"));

        await run.Soon();
        Assert.Equal(["watched Failed"], _journal.Entries);
    }

    [Theory]
    [InlineData(3, "3")]
    [InlineData(0, "Skipped ")]
    [InlineData(-1, "Failed boom")]
    public async Task An_outcome_observes_a_sub_workflow(int number, string expected)
    {
        Gate sibling = new();
        RecordingObserver observer = new();
        ObservesAChild workflow = new(new FailingChild(_gate, sibling)) { Runtime = observer.Watch() };
        ValueTask<Answer> run = workflow.RunAsync(new Ask(number));
        if (number < 0)
        {
            _gate.Fail(new BoomException("boom"));
        }
        else
        {
            _gate.Open();
            sibling.Open();
        }

        Assert.Equal(expected, (await run.Soon()).Text);
        Assert.Equal(0, sibling.Waiting);
        Assert.Equal(number == 0 ? [] : [">Child", number < 0 ? "<Child Failed" : "<Child Completed"], observer.Boundaries);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task An_outcome_handles_a_failure_only_if_its_consumer_runs(int number)
    {
        ValueTask<Answer?> run = new ObserverSkipped(_gate).RunAsync(new Ask(number));
        _gate.Fail(new BoomException("boom"));

        if (number == 0)
        {
            await Assert.ThrowsAsync<BoomException>(() => run.Soon());
        }
        else
        {
            Assert.Equal("Failed", (await run.Soon())!.Text);
        }
    }
}
