namespace Behaviour.Policies;

[Workflow]
internal sealed partial class Observed(Gate gate, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    ValueTask<One> Work(Ask ask, CancellationToken ct) => gate.Wait(new One(ask.Number), ct);

    [Node]
    Answer Show(Outcome<One> one) => journal.Add("show", new Answer($"{one.State} {one.Value?.Number} {one.Error?.Message}"));
}

/// <summary>The consumer that would handle the failure runs only if it is wanted.</summary>
[Workflow]
internal sealed partial class ObservedIfWanted(Gate gate, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    static bool IsWanted(Ask ask) => ask.Number > 0;

    [Node]
    ValueTask<One> Work(Ask ask, CancellationToken ct) => gate.Wait(new One(ask.Number), ct);

    [Node, When(nameof(IsWanted))]
    void Look(Outcome<One> one) => journal.Add($"look {one.State}");

    [Node, After(nameof(Work))]
    Answer Show(Ask ask) => new($"{ask.Number}");
}

/// <summary>Somebody observes, somebody else requires.</summary>
[Workflow]
internal sealed partial class ObservedAndRequired(Gate gate, Gate looking, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    ValueTask<One> Work(Ask ask, CancellationToken ct) => gate.Wait(new One(ask.Number), ct);

    [Node]
    async ValueTask Look(Outcome<One> one, CancellationToken ct)
    {
        journal.Add($"look {one.State}");
        await looking.Wait(ct);
        journal.Add("looked");
    }

    [Node]
    Answer Show(One one) => journal.Add("show", new Answer($"{one.Number}"));
}

/// <summary>A second failure, of the one who observes the first.</summary>
[Workflow]
internal sealed partial class ObservedByTheFailing(Gate gate)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    ValueTask<One> Work(Ask ask, CancellationToken ct) => gate.Wait(new One(ask.Number), ct);

    [Node]
    Answer Show(Outcome<One> one) => new($"{one.GetValueOrThrow().Number}");
}

/// <summary>The entry itself observes.</summary>
[Workflow]
internal sealed partial class EndsInAnOutcome(Gate gate, Journal journal)
{
    public partial ValueTask<Outcome<Answer>> RunAsync(Ask ask, CancellationToken ct = default);

    static bool IsWanted(Ask ask) => ask.Number > 0;

    [Node, When(nameof(IsWanted))]
    One Book(Ask ask) => journal.Add("book", new One(ask.Number));

    [Compensate(nameof(Book))]
    void Cancel(One one) => journal.Add($"cancel {one.Number}");

    [Node]
    ValueTask<Answer> Work(One one, CancellationToken ct) => gate.Wait(new Answer($"{one.Number}"), ct);
}

/// <summary>The entry observes a node whose handler fails in its turn.</summary>
[Workflow]
internal sealed partial class EndsInTheHandlersFailure(Gate gate, Exception another)
{
    [return: From(nameof(Work))]
    public partial ValueTask<Outcome<Answer>> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    ValueTask<Answer> Work(Ask ask, CancellationToken ct) => gate.Wait(new Answer($"{ask.Number}"), ct);

    [Catch(nameof(Work))]
    Answer Mend(BoomException error) => error is null ? new Answer("") : throw another;
}

[Workflow]
internal sealed partial class CallsAnOutcome(EndsInAnOutcome child)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow(nameof(child))]
    private partial ValueTask<Outcome<Answer>> Call(Ask ask);

    [Node]
    Two Look([From(nameof(Call))] Outcome<Outcome<Answer>> answer) => new(answer.Value.Succeeded ? 1 : answer.Value.IsFailed ? -1 : 0);

    [Node]
    Answer Show(Two two) => new($"{two.Number}");
}

public sealed class OutcomeTests
{
    private readonly Gate _gate = new();
    private readonly Tries _tries = new();
    private readonly Journal _journal = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_failure_is_a_value_for_the_one_who_observes_it(bool first)
    {
        if (first)
        {
            _gate.Fail(new BoomException("boom"));
        }

        ValueTask<Answer> run = new Observed(_gate, _journal) { Runtime = _tries.Watch() }.RunAsync(new Ask(7));
        _gate.Fail(new BoomException("boom"));

        Assert.Equal("Failed  boom", (await run.Soon()).Text);
        Assert.Equal("run Completed", _tries.Lines[^1]);
    }

    [Fact]
    public async Task A_success_is_a_value_too()
    {
        _gate.Open();

        Assert.Equal("Completed 7 ", (await new Observed(_gate, _journal).RunAsync(new Ask(7)).Soon()).Text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_failure_of_a_handler_replaces_that_of_its_node(bool first)
    {
        InvalidOperationException another = new("another");
        if (first)
        {
            _gate.Fail(new BoomException("boom"));
        }

        ValueTask<Outcome<Answer>> run = new EndsInTheHandlersFailure(_gate, another).RunAsync(new Ask(7));
        _gate.Fail(new BoomException("boom"));

        Assert.Same(another, (await run.Soon()).Error);
    }

    [Fact]
    public async Task Cancellation_is_not_observed()
    {
        using CancellationTokenSource cts = new();
        ValueTask<Answer> run = new Observed(_gate, _journal).RunAsync(new Ask(7), cts.Token);
        await cts.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Empty(_journal.Entries);
    }

    [Fact]
    public async Task Who_throws_what_it_observes_fails_with_the_same_exception()
    {
        BoomException boom = new("boom");
        _gate.Fail(boom);

        Assert.Same(boom, await Assert.ThrowsAsync<BoomException>(() => new ObservedByTheFailing(_gate).RunAsync(new Ask(7)).Soon()));
        Assert.Empty(Suppressed.With(boom));
    }

    [Fact]
    public async Task An_entry_that_ends_in_an_outcome_throws_only_when_it_is_cancelled()
    {
        using CancellationTokenSource cts = new();
        Gate open = new();
        open.Open();
        Gate broken = new();
        BoomException boom = new("boom");
        broken.Fail(boom);

        Assert.Equal("1", (await new EndsInAnOutcome(open, _journal).RunAsync(new Ask(1)).Soon()).Value?.Text);
        Assert.True((await new EndsInAnOutcome(open, _journal).RunAsync(new Ask(0)).Soon()).IsSkipped);
        Assert.Equal(["book"], _journal.Entries);
        Assert.Same(boom, (await new EndsInAnOutcome(broken, _journal).RunAsync(new Ask(2)).Soon()).Error);

        // Who observes the failure has handled it, so that nothing is undone.
        Assert.Equal(["book", "book"], _journal.Entries);

        ValueTask<Outcome<Answer>> run = new EndsInAnOutcome(_gate, _journal).RunAsync(new Ask(3), cts.Token);
        await cts.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal("cancel 3", _journal.Entries[^1]);
    }

    [Theory]
    [InlineData(0, false, "0", "<Call Completed")]
    [InlineData(1, false, "1", "<Call Completed")]
    [InlineData(1, true, "-1", "<Call Failed")]
    public async Task A_child_that_ends_in_an_outcome_gives_it_to_its_parent(int number, bool fails, string expected, string boundary)
    {
        if (fails)
        {
            _gate.Fail(new BoomException("boom"));
        }
        else
        {
            _gate.Open();
        }

        CallsAnOutcome workflow = new(new EndsInAnOutcome(_gate, _journal)) { Runtime = _tries.Watch() };
        Assert.Equal(expected, (await workflow.RunAsync(new Ask(number)).Soon()).Text);
        Assert.Equal([">Call", boundary], _tries.Boundaries);
        Assert.Equal(0, _journal.Count("cancel 1"));
    }
}
