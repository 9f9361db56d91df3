namespace Behaviour.Policies;

/// <summary>Somebody observes, and somebody else needs the node without its value.</summary>
[Workflow]
internal sealed partial class NeededAndObserved(Gate gate, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    ValueTask<One> Work(Ask ask, CancellationToken ct) => gate.Wait(new One(ask.Number), ct);

    [Node]
    void Look(Outcome<One> one) => journal.Add($"look {one.State}");

    [Node, Needs(nameof(Work))]
    Answer Show(Ask ask) => journal.Add("show", new Answer($"{ask.Number}"));
}

/// <summary>The same, where one of several is enough.</summary>
[Workflow]
internal sealed partial class NeededAmongOthersAndObserved(Gate gate, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    ValueTask<One> Work(Ask ask, CancellationToken ct) => gate.Wait(new One(ask.Number), ct);

    static bool IsWanted(Ask ask) => ask.Number > 100;

    [Node, When(nameof(IsWanted))]
    void More(Ask ask) => journal.Add($"more {ask.Number}");

    [Node]
    void Look(Outcome<One> one) => journal.Add($"look {one.State}");

    [Node, NeedsAny(nameof(Work), nameof(More))]
    Answer Show(Ask ask) => journal.Add("show", new Answer($"{ask.Number}"));
}

/// <summary>The same, where a condition asks it: one of two branches runs in every run that does not fail, so that neither may be missing.</summary>
[Workflow]
internal sealed partial class AskedAndObserved(Gate gate, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    ValueTask<bool> IsLarge(Ask ask, CancellationToken ct) => gate.Wait(ask.Number > 100, ct);

    [Node]
    void Look([From(nameof(IsLarge))] Outcome<bool> answer) => journal.Add($"look {answer.State}");

    [Node, When(nameof(IsLarge))]
    Answer Large(Ask ask) => journal.Add("large", new Answer($"{ask.Number}"));

    [Node, Unless(nameof(IsLarge))]
    Answer Small(Ask ask) => journal.Add("small", new Answer($"{ask.Number}"));
}

/// <summary>A child whose result would be missing, for a parent that relies on it.</summary>
[Workflow]
internal sealed partial class CallsNeededAndObserved(NeededAndObserved child, Journal journal)
{
    public partial ValueTask<Two> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow(nameof(child))]
    private partial ValueTask<Answer> Call(Ask ask);

    [Node]
    Two Measure(Answer answer) => journal.Add("measure", new Two(answer.Text.Length));
}

/// <summary>Presence knows no run that goes on without a node that somebody needs: so its failure ends the run, whoever observes it.</summary>
public sealed class NeededAndObservedTests
{
    private readonly Gate _gate = new();
    private readonly Tries _tries = new();
    private readonly Journal _journal = new();
    private readonly BoomException _boom = new("boom");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task What_is_needed_may_not_fail(bool first)
        => FailsAfterLooking(first, ct => new NeededAndObserved(_gate, _journal) { Runtime = _tries.Watch() }.RunAsync(new Ask(7), ct));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task What_is_needed_among_others_may_not_fail(bool first)
        => FailsAfterLooking(first, ct => new NeededAmongOthersAndObserved(_gate, _journal) { Runtime = _tries.Watch() }.RunAsync(new Ask(7), ct));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task What_a_condition_asks_may_not_fail(bool first)
        => FailsAfterLooking(first, ct => new AskedAndObserved(_gate, _journal) { Runtime = _tries.Watch() }.RunAsync(new Ask(7), ct));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task A_child_fails_and_does_not_return_nothing(bool first)
        => FailsAfterLooking(first, ct => new CallsNeededAndObserved(new NeededAndObserved(_gate, _journal), _journal) { Runtime = _tries.Watch() }.RunAsync(new Ask(7), ct));

    [Fact]
    public async Task Without_a_failure_all_of_them_run()
    {
        _gate.Open();

        Assert.Equal("7", (await new NeededAndObserved(_gate, _journal).RunAsync(new Ask(7)).Soon()).Text);
        Assert.Equal("7", (await new NeededAmongOthersAndObserved(_gate, _journal).RunAsync(new Ask(7)).Soon()).Text);
        Assert.Equal("7", (await new AskedAndObserved(_gate, _journal).RunAsync(new Ask(7)).Soon()).Text);
        Assert.Equal(1, (await new CallsNeededAndObserved(new NeededAndObserved(_gate, _journal), _journal).RunAsync(new Ask(7)).Soon()).Number);
        Assert.Equal(4, _journal.Count("look Completed"));
    }

    [Fact]
    public async Task Cancellation_ends_the_run_before_anybody_looks()
    {
        using CancellationTokenSource cts = new();
        ValueTask<Answer> run = new NeededAndObserved(_gate, _journal).RunAsync(new Ask(7), cts.Token);
        await cts.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Empty(_journal.Entries);
    }

    private async Task FailsAfterLooking<T>(bool first, Func<CancellationToken, ValueTask<T>> start)
    {
        if (first)
        {
            _gate.Fail(_boom);
        }

        ValueTask<T> run = start(CancellationToken.None);
        _gate.Fail(_boom);

        Assert.Same(_boom, await Assert.ThrowsAsync<BoomException>(() => run.Soon()));
        Assert.Equal(["look Failed"], _journal.Entries);
        Assert.Equal("run Failed", _tries.Lines[^1]);
    }
}
