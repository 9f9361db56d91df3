namespace Behaviour.Policies;

/// <summary>Used by a child: notes what is made, used and cleaned.</summary>
internal sealed class Tool(Journal journal) : ICleanup
{
    private bool _isDirty;

    public One Execute(Ask ask)
    {
        journal.Add(_isDirty ? "dirty tool" : "tool");
        _isDirty = true;
        return new One(ask.Number);
    }

    public void Cleanup()
    {
        journal.Add("clean");
        _isDirty = false;
    }
}

/// <summary>Uses a tool, books something, and then fails as often as the test says.</summary>
[Workflow]
internal sealed partial class Attempted(Trouble trouble, Gate gate, Journal journal)
{
    public partial ValueTask<Two> RunAsync(Ask ask, CancellationToken ct = default);

    [Node<Tool>]
    private partial One Use(Ask ask);

    [Node]
    Three Book(One one) => journal.Add("book", new Three(one.Number));

    [Compensate(nameof(Book))]
    void Cancel(Three three) => journal.Add($"cancel {three.Number}");

    [Node]
    async ValueTask<Two> Work(Three three, CancellationToken ct)
    {
        await gate.Wait(ct);
        return trouble.Pass(new Two(three.Number));
    }
}

[Workflow]
internal sealed partial class RetriesAChild(Attempted child, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow(nameof(child)), Retry(2, DelayMs = 1_000, Jitter = false, Backoff = Backoff.Constant)]
    private partial ValueTask<Two> Call(Ask ask);

    [Node]
    Answer Show(Two two) => journal.Add("show", new Answer($"{two.Number}"));
}

/// <summary>The same for each element.</summary>
[Workflow]
internal sealed partial class RetriesChildren(Attempted child, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(IReadOnlyList<Ask> asks, CancellationToken ct = default);

    [SubWorkflow(nameof(child)), Retry(2, DelayMs = 1_000, Jitter = false, Backoff = Backoff.Constant)]
    private partial ValueTask<Two> Call([Each] Ask ask);

    [Node]
    Answer Show(Two[] twos) => journal.Add("show", new Answer(string.Join(',', twos.Select(t => t.Number))));
}

/// <summary>A parent that is itself laid out in another one.</summary>
[Workflow]
internal sealed partial class RetriesBelow(RetriesAChild below)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow(nameof(below))]
    private partial ValueTask<Answer> Below(Ask ask);

    [Node]
    void Look(Answer answer) => _ = answer.Text;
}

public sealed class RetryActivationsTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly Tries _tries = new();
    private readonly Gate _gate = new();
    private readonly Journal _journal = new();

    [Fact]
    public async Task Each_try_of_a_sub_workflow_is_an_activation_of_its_own()
    {
        _gate.Open();
        ValueTask<Answer> run = Start(Trouble.Times(2));
        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal("7", (await run.Soon()).Text);
        Assert.Equal([">Call", "<Call Failed", ">Call", "<Call Failed", ">Call", "<Call Completed"], _tries.Boundaries);
    }

    [Fact]
    public async Task What_a_failed_activation_has_done_is_undone_and_cleaned_before_the_next_try()
    {
        _gate.Open();
        ValueTask<Answer> run = Start(Trouble.Times(1));
        Assert.Equal(["tool", "book", "cancel 7", "clean"], _journal.Entries);
        Assert.Equal([">Call", "<Call Failed"], _tries.Boundaries);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await run.Soon();

        Assert.Equal(["tool", "book", "cancel 7", "clean", "tool", "book", "clean", "show"], _journal.Entries);
    }

    [Fact]
    public async Task When_all_tries_fail_each_has_been_undone_once()
    {
        _gate.Open();
        ValueTask<Answer> run = Start(Trouble.Times(3));
        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal("boom 3", (await Assert.ThrowsAsync<BoomException>(() => run.Soon())).Message);
        Assert.Equal((3, 3, 3), (_journal.Count("book"), _journal.Count("cancel 7"), _journal.Count("clean")));
        Assert.Equal("run Failed", _tries.Lines[^1]);
    }

    [Fact]
    public async Task A_try_that_is_cancelled_is_undone_and_not_repeated()
    {
        using CancellationTokenSource cts = new();
        ValueTask<Answer> run = Start(new Trouble(), cts.Token);
        await _gate.Reached;
        await cts.CancelAsync();

        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(cts.Token, error.CancellationToken);
        Assert.Equal(["tool", "book", "cancel 7", "clean"], _journal.Entries);
        Assert.Equal([">Call", "<Call Cancelled"], _tries.Boundaries);
    }

    [Fact]
    public async Task Between_two_tries_cancellation_ends_the_run_and_undoes_nothing_twice()
    {
        using CancellationTokenSource cts = new();
        _gate.Open();
        ValueTask<Answer> run = Start(Trouble.Times(9), cts.Token);
        await cts.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(["tool", "book", "cancel 7", "clean"], _journal.Entries);
        Assert.Equal([">Call", "<Call Failed"], _tries.Boundaries);
        Assert.Equal("run Cancelled", _tries.Lines[^1]);
    }

    [Fact]
    public async Task Each_element_has_its_own_tries_and_activations()
    {
        _gate.Open();
        Ask[] asks = [new(1), new(2)];
        RetriesChildren workflow = new(new Attempted(new Trouble(new BoomException("a"), new BoomException("b")), _gate, _journal), _journal) { Runtime = _tries.Watch(_clock) };
        ValueTask<Answer> run = workflow.RunAsync(asks);
        _clock.Advance(TimeSpan.FromSeconds(1));
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("1,2", (await run.Soon()).Text);
        Assert.Equal(
            [">Call", "<Call Failed", ">Call", "<Call Failed", ">Call", "<Call Completed", ">Call", "<Call Completed"],
            _tries.Boundaries);
        Assert.Equal(
            ["tool", "book", "cancel 1", "clean", "tool", "book", "cancel 1", "clean", "tool", "book", "clean", "tool", "book", "clean", "show"],
            _journal.Entries);
    }

    [Fact]
    public async Task Two_levels_down_it_is_the_same()
    {
        _gate.Open();
        RetriesBelow workflow = new(new RetriesAChild(new Attempted(Trouble.Times(1), _gate, _journal), _journal)) { Runtime = _tries.Watch(_clock) };
        ValueTask<Answer> run = workflow.RunAsync(new Ask(7));
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("7", (await run.Soon()).Text);
        Assert.Equal([">Below", ">Below.Call", "<Below.Call Failed", ">Below.Call", "<Below.Call Completed", "<Below Completed"], _tries.Boundaries);
        Assert.Equal(["tool", "book", "cancel 7", "clean", "tool", "book", "clean", "show"], _journal.Entries);
    }

    [Fact]
    public async Task The_try_is_told_with_the_boundary()
    {
        _gate.Open();
        ValueTask<Answer> run = Start(Trouble.Times(1));
        _clock.Advance(TimeSpan.FromSeconds(1));
        await run.Soon();

        Assert.Equal(["Executing 1", "Failed 1", "Waiting 2", "Executing 2", "Completed 2"], _tries.Of("Call"));
    }

    private ValueTask<Answer> Start(Trouble trouble, CancellationToken ct = default)
        => new RetriesAChild(new Attempted(trouble, _gate, _journal), _journal) { Runtime = _tries.Watch(_clock) }.RunAsync(new Ask(7), ct);
}
