namespace Behaviour.Presence;

/// <summary>Nullability is presence: a node that may return null offers a value that may be absent.</summary>
[Workflow]
internal sealed partial class Finding(Gate gate)
{
    public partial ValueTask<Answer?> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    async ValueTask<One?> Find(Ask ask, CancellationToken ct)
    {
        await gate.Wait(ct);
        return ask.Number > 0 ? new One(ask.Number) : null;
    }

    [Node]
    int? Count(Ask ask) => ask.Number > 1 ? ask.Number : null;

    [Node]
    Answer? Show(One? one, int? count) => one is null && count is null ? null : new Answer($"{one?.Number} {count}");
}

[Workflow]
internal sealed partial class SometimesNothing
{
    public partial ValueTask<Answer?> RunAsync(Ask ask);

    static bool Wanted(Ask ask) => ask.Number > 0;

    [Node, When(nameof(Wanted))]
    Answer Show(Ask ask) => new($"{ask.Number}");
}

[Workflow]
internal sealed partial class SometimesNoNumber
{
    public partial ValueTask<int?> RunAsync(Ask ask);

    static bool Wanted(Ask ask) => ask.Number > 0;

    [Node, When(nameof(Wanted))]
    int Show(Ask ask) => ask.Number;
}

/// <summary>The result as an outcome: only cancellation throws.</summary>
[Workflow]
internal sealed partial class Careful(Gate gate)
{
    public partial ValueTask<Outcome<Answer>> RunAsync(Ask ask, CancellationToken ct = default);

    static bool Wanted(Ask ask) => ask.Number > 0;

    [Node, When(nameof(Wanted))]
    ValueTask<Answer> Show(Ask ask, CancellationToken ct) => gate.Wait(new Answer($"{ask.Number}"), ct);
}

/// <summary>A child that returns null has completed; its parent takes that as absent.</summary>
[Workflow]
internal sealed partial class AsksAChild(SometimesNothing child)
{
    public partial ValueTask<Answer> RunAsync(Ask ask);

    [SubWorkflow(nameof(child))]
    private partial ValueTask<Answer?> Inner(Ask ask);

    [Node]
    One Measure([From(nameof(Inner))] Answer? answer) => new(answer?.Text.Length ?? -1);

    [Node]
    Two Double(One one) => new(one.Number * 2);

    [Node]
    Answer Tell(Two two) => new($"{two.Number}");
}

public sealed class NullableResultsTests
{
    private readonly Gate _gate = new();

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, "1 ")]
    [InlineData(2, "2 2")]
    public async Task Null_is_absence(int number, string? expected)
    {
        ValueTask<Answer?> run = new Finding(_gate).RunAsync(new Ask(number));
        _gate.Open();

        Assert.Equal(expected, (await run.Soon())?.Text);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(5, "5")]
    public async Task A_result_that_was_skipped_is_null(int number, string? expected)
        => Assert.Equal(expected, (await new SometimesNothing().RunAsync(new Ask(number)).Soon())?.Text);

    [Theory]
    [InlineData(0, null)]
    [InlineData(5, 5)]
    public async Task The_same_for_a_value_type(int number, int? expected)
        => Assert.Equal(expected, await new SometimesNoNumber().RunAsync(new Ask(number)).Soon());

    [Fact]
    public async Task An_outcome_as_result_tells_success()
    {
        _gate.Open();
        Outcome<Answer> outcome = await new Careful(_gate).RunAsync(new Ask(3)).Soon();

        Assert.True(outcome.Succeeded);
        Assert.Equal("3", outcome.GetValueOrThrow().Text);
    }

    [Fact]
    public async Task An_outcome_as_result_tells_skipping()
        => Assert.True((await new Careful(_gate).RunAsync(new Ask(0)).Soon()).IsSkipped);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_outcome_as_result_tells_failure(bool failFirst)
    {
        BoomException boom = new("boom");
        if (failFirst)
        {
            _gate.Fail(boom);
        }

        ValueTask<Outcome<Answer>> run = new Careful(_gate).RunAsync(new Ask(3));
        _gate.Fail(boom);
        Outcome<Answer> outcome = await run.Soon();

        Assert.True(outcome.IsFailed);
        Assert.Same(boom, outcome.Error);
    }

    [Fact]
    public async Task An_outcome_as_result_still_throws_cancellation()
    {
        using CancellationTokenSource cts = new();
        ValueTask<Outcome<Answer>> run = new Careful(_gate).RunAsync(new Ask(3), cts.Token);
        await _gate.Reached;
        await cts.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
    }

    [Theory]
    [InlineData(0, "-2")]
    [InlineData(123, "6")]
    public async Task A_child_that_returns_null_has_completed(int number, string expected)
    {
        RecordingObserver observer = new();
        AsksAChild workflow = new(new SometimesNothing()) { Runtime = observer.Watch() };

        Assert.Equal(expected, (await workflow.RunAsync(new Ask(number)).Soon()).Text);
        Assert.Equal([">Inner", "<Inner Completed"], observer.Boundaries);
    }
}
