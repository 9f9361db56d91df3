namespace Behaviour.Policies;

/// <summary>Siblings of a failure may finish.</summary>
[Workflow(OnError = ErrorMode.WaitSiblings)]
internal sealed partial class LetsThemFinish(Gate first, Gate second, Trouble trouble, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    ValueTask<One> First(Ask ask, CancellationToken ct) => first.Wait(new One(ask.Number), ct);

    [Node, Retry(1, DelayMs = 1_000, Jitter = false)]
    async ValueTask<Two> Second(Ask ask, CancellationToken ct)
    {
        await second.Wait(ct);
        journal.Add($"second {ct.IsCancellationRequested}");
        return trouble.Pass(new Two(ask.Number));
    }

    [Compensate(nameof(Second))]
    void Undo(Two two) => journal.Add($"undo {two.Number}");

    [Node]
    void Following(Two two) => journal.Add($"following {two.Number}");

    [Node]
    Answer Show(One one, Two two) => new($"{one.Number + two.Number}");
}

/// <summary>A child that is laid out in a parent which lets its own nodes finish.</summary>
[Workflow]
internal sealed partial class CancelsItsOwn(Gate first, Gate second, Journal journal)
{
    public partial ValueTask<Two> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    ValueTask<One> Fails(Ask ask, CancellationToken ct) => first.Wait(new One(ask.Number), ct);

    [Node]
    async ValueTask<Three> Beside(Ask ask, CancellationToken ct)
    {
        try
        {
            await second.Wait(ct);
        }
        catch (OperationCanceledException)
        {
            journal.Add("inner sibling cancelled");
            throw;
        }

        return new Three(ask.Number);
    }

    [Node]
    Two Show(One one, Three three) => new(one.Number + three.Number);
}

[Workflow(OnError = ErrorMode.WaitSiblings)]
internal sealed partial class LetsItsOwnFinish(CancelsItsOwn child, Gate beside, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow(nameof(child))]
    private partial ValueTask<Two> Call(Ask ask);

    [Node]
    async ValueTask<Four> Beside(Ask ask, CancellationToken ct)
    {
        await beside.Wait(ct);
        return journal.Add($"outer sibling {ct.IsCancellationRequested}", new Four(ask.Number));
    }

    [Node]
    Answer Show(Two two, Four four) => new($"{two.Number + four.Number}");
}

/// <summary>The other way round.</summary>
[Workflow]
internal sealed partial class CancelsAroundTheChild(LetsThemFinish child, Gate beside, Journal journal)
{
    public partial ValueTask<Three> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow(nameof(child))]
    private partial ValueTask<Answer> Call(Ask ask);

    [Node]
    async ValueTask<Four> Beside(Ask ask, CancellationToken ct)
    {
        try
        {
            await beside.Wait(ct);
        }
        catch (OperationCanceledException)
        {
            journal.Add("outer sibling cancelled");
            throw;
        }

        return new Four(ask.Number);
    }

    [Node]
    Three Show(Answer answer, Four four) => new(answer.Text.Length + four.Number);
}

public sealed class WaitSiblingsTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly Tries _tries = new();
    private readonly Gate _first = new();
    private readonly Gate _second = new();
    private readonly Gate _beside = new();
    private readonly Journal _journal = new();

    [Fact]
    public async Task They_finish_undisturbed_and_nothing_else_starts()
    {
        BoomException boom = new("boom");
        ValueTask<Answer> run = Start(new Trouble());
        _first.Fail(boom);
        Assert.False(run.IsCompleted);
        _second.Open();

        Assert.Same(boom, await Assert.ThrowsAsync<BoomException>(() => run.Soon()));
        Assert.Equal(["second False", "undo 7"], _journal.Entries);
        Assert.Equal(["Completed 1", "Compensated 1"], _tries.Of("Second").Skip(1));
    }

    [Fact]
    public async Task They_may_be_tried_again()
    {
        BoomException boom = new("boom");
        ValueTask<Answer> run = Start(Trouble.Times(1));
        _first.Fail(boom);
        _second.Open();
        Assert.False(run.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Same(boom, await Assert.ThrowsAsync<BoomException>(() => run.Soon()));
        Assert.Equal(["second False", "second False", "undo 7"], _journal.Entries);
    }

    [Fact]
    public async Task A_later_failure_is_kept_with_the_first()
    {
        BoomException boom = new("boom");
        ValueTask<Answer> run = Start(Trouble.Times(2));
        _first.Fail(boom);
        _second.Open();
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Same(boom, await Assert.ThrowsAsync<BoomException>(() => run.Soon()));
        Assert.Equal(["boom 2"], Suppressed.With(boom).Select(e => e.Message));
    }

    [Fact]
    public async Task A_later_failure_that_looks_like_a_cancellation_is_a_failure()
    {
        BoomException boom = new("boom");
        TaskCanceledException own = new("the client's own timeout");
        ValueTask<Answer> run = Start(new Trouble(own, own));
        _first.Fail(boom);
        _second.Open();
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Same(boom, await Assert.ThrowsAsync<BoomException>(() => run.Soon()));
        Assert.Equal([own], Suppressed.With(boom));
        Assert.Equal("Failed", _tries.Of("Second")[^1].Split(' ')[0]);
    }

    [Fact]
    public async Task The_caller_s_cancellation_still_reaches_them()
    {
        using CancellationTokenSource cts = new();
        BoomException boom = new("boom");
        ValueTask<Answer> run = Start(new Trouble(), cts.Token);
        _first.Fail(boom);
        Assert.False(run.IsCompleted);
        await cts.CancelAsync();

        Assert.Same(boom, await Assert.ThrowsAsync<BoomException>(() => run.Soon()));
        Assert.Equal("Cancelled", _tries.Of("Second")[^1].Split(' ')[0]);
    }

    [Fact]
    public async Task It_does_not_hold_in_a_child_that_cancels_its_own()
    {
        BoomException boom = new("boom");
        LetsItsOwnFinish workflow = new(new CancelsItsOwn(_first, _second, _journal), _beside, _journal);
        ValueTask<Answer> run = workflow.RunAsync(new Ask(7));
        _first.Fail(boom);
        Assert.Equal(["inner sibling cancelled"], _journal.Entries);
        Assert.False(run.IsCompleted);
        _beside.Open();

        Assert.Same(boom, await Assert.ThrowsAsync<BoomException>(() => run.Soon()));
        Assert.Equal(["inner sibling cancelled", "outer sibling False"], _journal.Entries);
    }

    [Fact]
    public async Task It_does_not_hold_around_a_child_that_lets_its_own_finish()
    {
        BoomException boom = new("boom");
        CancelsAroundTheChild workflow = new(new LetsThemFinish(_first, _second, new Trouble(), _journal), _beside, _journal);
        ValueTask<Three> run = workflow.RunAsync(new Ask(7));
        _first.Fail(boom);
        Assert.Empty(_journal.Entries);
        _second.Open();

        Assert.Same(boom, await Assert.ThrowsAsync<BoomException>(() => run.Soon()));
        Assert.Equal(["second False", "undo 7", "outer sibling cancelled"], _journal.Entries);
    }

    private ValueTask<Answer> Start(Trouble trouble, CancellationToken ct = default)
        => new LetsThemFinish(_first, _second, trouble, _journal) { Runtime = _tries.Watch(_clock) }.RunAsync(new Ask(7), ct);
}
