using Behaviour.Policies;

namespace Behaviour.Rulings;

/// <summary>Books, works, and has a node beside that leaves slowly.</summary>
[Workflow]
internal sealed partial class FailsSlowly(Gate work, Gate beside, Gate leaving, Journal journal)
{
    public partial ValueTask<Two> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    One Book(Ask ask) => journal.Add($"book {ask.Number}", new One(ask.Number));

    [Compensate(nameof(Book))]
    void Cancel(One one) => journal.Add($"cancel {one.Number}");

    [Node]
    ValueTask<Two> Work(One one, CancellationToken ct) => work.Wait(new Two(one.Number), ct);

    [Node]
    async ValueTask Beside(One one, CancellationToken ct)
    {
        try
        {
            await beside.Wait(ct);
        }
        catch (OperationCanceledException)
        {
            await leaving.Wait(CancellationToken.None);
            journal.Add($"beside {one.Number} left");
            throw;
        }
    }
}

/// <summary>The same child tried again, caught, and tried with best effort only.</summary>
[Workflow]
internal sealed partial class RetriesIt(FailsSlowly child, Gate other, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow(nameof(child)), Retry(1, DelayMs = 0)]
    private partial ValueTask<Two> Call(Ask ask);

    [Node]
    async ValueTask<Three> Other(Ask ask, CancellationToken ct)
    {
        await other.Wait(CancellationToken.None);
        return journal.Add($"other {ct.IsCancellationRequested}", new Three(ask.Number));
    }

    [Node]
    Answer Show(Two two, Three three) => journal.Add("show", new Answer($"{two.Number} {three.Number}"));
}

[Workflow]
internal sealed partial class CatchesIt(FailsSlowly child, Gate other, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow(nameof(child))]
    private partial ValueTask<Two> Call(Ask ask);

    [Catch(nameof(Call))]
    Two Instead(BoomException error) => journal.Add("catch", new Two(error.Message.Length));

    [Node]
    async ValueTask<Three> Other(Ask ask, CancellationToken ct)
    {
        await other.Wait(CancellationToken.None);
        return journal.Add($"other {ct.IsCancellationRequested}", new Three(ask.Number));
    }

    [Node]
    Answer Show(Two two, Three three) => journal.Add("show", new Answer($"{two.Number} {three.Number}"));
}

[Workflow]
internal sealed partial class TriesIt(FailsSlowly child, Gate other, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow(nameof(child)), BestEffort]
    private partial ValueTask<Two> Call(Ask ask);

    [Node]
    async ValueTask<Three> Other(Ask ask, CancellationToken ct)
    {
        await other.Wait(CancellationToken.None);
        return journal.Add($"other {ct.IsCancellationRequested}", new Three(ask.Number));
    }

    [Node]
    Answer Show(Two? two, Three three) => journal.Add("show", new Answer($"{two?.Number ?? -1} {three.Number}"));
}

/// <summary>
/// "A failing activation first cancels and awaits its own nodes and runs its own compensations; then retry, catch or best effort applies in the parent. Other activations are
/// untouched."
/// </summary>
public sealed class FailingActivationTests
{
    private readonly Tries _tries = new();
    private readonly Gate _work = new();
    private readonly Gate _beside = new();
    private readonly Gate _leaving = new();
    private readonly Gate _other = new();
    private readonly Journal _journal = new();

    private FailsSlowly Child => new(_work, _beside, _leaving, _journal);

    [Fact]
    public async Task A_failing_activation_cancels_and_awaits_its_own_nodes_and_undoes_them_before_it_is_tried_again()
    {
        ValueTask<Answer> run = new RetriesIt(Child, _other, _journal) { Runtime = _tries.Watch() }.RunAsync(new Ask(7));
        _work.Fail(new BoomException("boom"));
        Assert.Equal(["book 7"], _journal.Entries);
        _leaving.Open();
        _other.Open();

        Assert.Equal("boom", (await Assert.ThrowsAsync<BoomException>(() => run.Soon())).Message);
        string[] activation = ["book 7", "beside 7 left", "cancel 7"];
        Assert.Equal([.. activation, "book 7"], _journal.Entries.Take(4));
        Assert.Equal((2, 2), (_journal.Count("book 7"), _journal.Count("cancel 7")));
        Assert.Equal([">Call", "<Call Failed", ">Call", "<Call Failed"], _tries.Boundaries);
    }

    [Fact]
    public async Task Then_the_catch_applies_in_the_parent()
    {
        ValueTask<Answer> run = new CatchesIt(Child, _other, _journal) { Runtime = _tries.Watch() }.RunAsync(new Ask(7));
        _work.Fail(new BoomException("boom"));
        Assert.Equal(["book 7"], _journal.Entries);
        _leaving.Open();
        Assert.Equal(["book 7", "beside 7 left", "cancel 7", "catch"], _journal.Entries);
        _other.Open();

        Assert.Equal("4 7", (await run.Soon()).Text);
        Assert.Equal([">Call", "<Call Failed"], _tries.Boundaries);
    }

    [Fact]
    public async Task Then_best_effort_applies_in_the_parent()
    {
        ValueTask<Answer> run = new TriesIt(Child, _other, _journal) { Runtime = _tries.Watch() }.RunAsync(new Ask(7));
        _work.Fail(new BoomException("boom"));
        _leaving.Open();
        Assert.Equal(["book 7", "beside 7 left", "cancel 7"], _journal.Entries);
        _other.Open();

        Assert.Equal("-1 7", (await run.Soon()).Text);
        Assert.Equal([">Call", "<Call Failed"], _tries.Boundaries);
    }

    [Fact]
    public async Task Other_activations_are_untouched()
    {
        ValueTask<Answer> run = new CatchesIt(Child, _other, _journal) { Runtime = _tries.Watch() }.RunAsync(new Ask(7));
        _leaving.Open();
        _work.Fail(new BoomException("boom"));
        Assert.Equal(1, _other.Waiting);
        _other.Open();
        await run.Soon();

        Assert.Equal(["other False", "show"], _journal.Entries.Skip(4));
        Assert.Equal(["Executing 1", "Completed 1"], _tries.Of("Other"));
    }

    [Fact]
    public async Task A_cancelled_run_awaits_and_undoes_its_activations_and_applies_nothing()
    {
        using CancellationTokenSource cts = new();
        ValueTask<Answer> run = new CatchesIt(Child, _other, _journal) { Runtime = _tries.Watch() }.RunAsync(new Ask(7), cts.Token);
        await cts.CancelAsync();
        _other.Open();
        Assert.False(run.IsCompleted);
        _leaving.Open();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(["beside 7 left", "book 7", "cancel 7", "other True"], _journal.Entries.Order(StringComparer.Ordinal));
        Assert.Equal([">Call", "<Call Cancelled"], _tries.Boundaries);
    }
}
