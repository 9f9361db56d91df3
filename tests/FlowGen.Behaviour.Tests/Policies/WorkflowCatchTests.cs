namespace Behaviour.Policies;

/// <summary>Handlers of the whole workflow: with a value, without one, and one that needs what may be missing.</summary>
[Workflow]
internal sealed partial class HandlesItself(Gate gate, Gate handling, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    static bool IsPositive(Ask ask) => ask.Number > 0;

    [Node, When(nameof(IsPositive))]
    Two Help(Ask ask) => new(ask.Number);

    [Node]
    ValueTask<One> Work(Ask ask, CancellationToken ct) => gate.Wait(new One(ask.Number), ct);

    [Node]
    Answer Show(One one) => journal.Add("show", new Answer($"{one.Number}"));

    [Catch]
    async ValueTask<Answer> Rescue(IOException error, Ask ask, CancellationToken ct)
    {
        journal.Add("rescue");
        await handling.Wait(ct);
        return new($"rescued {ask.Number} from {error.Message}");
    }

    [Catch]
    void Note(Exception error) => journal.Add($"note {error.Message}");

    [Catch]
    Answer Helped(TimeoutException error, Two two) => new($"helped {two.Number}: {error.Message}");
}

/// <summary>Siblings, compensations and the handler, in their order.</summary>
[Workflow]
internal sealed partial class HandlesLast(Gate gate, Gate beside, Gate leaving, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    Three Book(Ask ask) => journal.Add("book", new Three(ask.Number));

    [Compensate(nameof(Book))]
    void Cancel(Three three) => journal.Add($"cancel {three.Number}");

    [Node]
    ValueTask<One> Work(Three three, CancellationToken ct) => gate.Wait(new One(three.Number), ct);

    [Node]
    async ValueTask<Two> Beside(Ask ask, CancellationToken ct)
    {
        try
        {
            await beside.Wait(ct);
        }
        catch (OperationCanceledException)
        {
            await leaving.Wait(CancellationToken.None);
            journal.Add("beside left");
            throw;
        }

        return new Two(ask.Number);
    }

    [Node]
    Answer Show(One one, Two two) => new($"{one.Number + two.Number}");

    [Catch]
    Answer Rescue(Exception error, Three? three) => journal.Add("rescue", new Answer($"{error.Message} {three?.Number}"));
}

/// <summary>A handler with policies.</summary>
[Workflow]
internal sealed partial class TriesToHandle(Gate gate, Trouble trouble)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    ValueTask<Answer> Work(Ask ask, CancellationToken ct) => gate.Wait(new Answer($"{ask.Number}"), ct);

    [Catch, Retry(2, DelayMs = 1_000, Jitter = false, Backoff = Backoff.Constant)]
    ValueTask<Answer> Rescue(Exception error, CancellationToken ct) => new(trouble.Pass(new Answer($"rescued {error.Message} {ct.CanBeCanceled}")));
}

/// <summary>A child that handles its own failure, in a run that goes on.</summary>
[Workflow]
internal sealed partial class CallsWhoHandlesItself(HandlesLast child, Journal journal)
{
    public partial ValueTask<Two> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow(nameof(child))]
    private partial ValueTask<Answer> Call(Ask ask);

    [Node]
    Two Show(Answer answer) => journal.Add($"answer {answer.Text}", new Two(answer.Text.Length));
}

/// <summary>Handled synchronously, in a run that never suspends.</summary>
[Workflow]
internal sealed partial class HandlesAtOnce(Trouble trouble)
{
    public partial Answer Run(Ask ask);

    [Node]
    Answer Work(Ask ask) => trouble.Pass(new Answer($"{ask.Number}"));

    [Catch]
    Answer Rescue(BoomException error) => new($"rescued {error.Message}");
}

public sealed class WorkflowCatchTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly Tries _tries = new();
    private readonly Gate _gate = new();
    private readonly Gate _beside = new();
    private readonly Gate _leaving = new();
    private readonly Gate _handling = new();
    private readonly Journal _journal = new();

    [Fact]
    public async Task Cancellation_is_not_handled()
    {
        using CancellationTokenSource cts = new();
        ValueTask<Answer> run = Handled(7, cts.Token);
        await cts.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Empty(_journal.Entries);
    }

    [Fact]
    public async Task A_handler_that_is_cancelled_ends_the_run_as_cancelled()
    {
        using CancellationTokenSource cts = new();
        IOException io = new("io");
        ValueTask<Answer> run = Handled(7, cts.Token);
        _gate.Fail(io);
        Assert.Equal(["rescue"], _journal.Entries);
        await cts.CancelAsync();

        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(cts.Token, error.CancellationToken);
        Assert.Equal([io], Suppressed.With(error));
        Assert.Equal("Cancelled 1", _tries.Of("Rescue")[^1]);
        Assert.Equal("run Cancelled", _tries.Lines[^1]);
    }

    [Fact]
    public async Task The_handle_s_cancel_reaches_the_handler()
    {
        await using HandlesItself.Handle run = new HandlesItself(_gate, _handling, _journal).Start(new Ask(7));
        _gate.Fail(new IOException("io"));
        Assert.Equal(["rescue"], _journal.Entries);
        run.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Completion.Soon());
        Assert.Equal(RunStatus.Cancelled, run.Status);
    }

    [Fact]
    public async Task A_handler_may_be_tried_again()
    {
        using CancellationTokenSource cts = new();
        ValueTask<Answer> run = Trying(2, cts.Token);
        _gate.Fail(new BoomException("boom"));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(run.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("rescued boom True", (await run.Soon()).Text);
    }

    [Fact]
    public async Task The_delay_of_a_handler_ends_with_the_caller_s_token()
    {
        using CancellationTokenSource cts = new();
        ValueTask<Answer> run = Trying(9, cts.Token);
        _gate.Fail(new BoomException("boom"));
        await cts.CancelAsync();

        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(cts.Token, error.CancellationToken);
    }

    [Fact]
    public async Task A_child_that_handles_its_failure_has_completed()
    {
        ValueTask<Two> run = new CallsWhoHandlesItself(new HandlesLast(_gate, _beside, _leaving, _journal), _journal) { Runtime = _tries.Watch() }.RunAsync(new Ask(7));
        _leaving.Open();
        _gate.Fail(new BoomException("boom"));

        Assert.Equal(6, (await run.Soon()).Number);
        Assert.Equal(["book", "beside left", "cancel 7", "rescue", "answer boom 7"], _journal.Entries);
        Assert.Equal([">Call", "<Call Completed"], _tries.Boundaries);
    }

    [Fact]
    public void A_synchronous_run_is_handled_too()
    {
        HandlesAtOnce workflow = new(new Trouble(new BoomException("a"), new IOException("b")));

        Assert.Equal("rescued a", workflow.Run(new Ask(1)).Text);
        Assert.Throws<IOException>(() => workflow.Run(new Ask(2)));
        Assert.Equal("3", workflow.Run(new Ask(3)).Text);
    }

    [Fact]
    public async Task After_a_handled_run_the_next_one_is_whole()
    {
        _handling.Open();
        HandlesItself workflow = new(_gate, _handling, _journal);
        ValueTask<Answer> first = workflow.RunAsync(new Ask(1));
        ValueTask<Answer> second = workflow.RunAsync(new Ask(2));
        _gate.ReleaseAt(1);
        Assert.Equal("2", (await second.Soon()).Text);
        _gate.Fail(new IOException("io"));
        Assert.Equal("rescued 1 from io", (await first.Soon()).Text);
        _gate.Open();

        Assert.Equal("3", (await workflow.RunAsync(new Ask(3)).Soon()).Text);
    }

    private ValueTask<Answer> Handled(int number, CancellationToken ct = default)
        => new HandlesItself(_gate, _handling, _journal) { Runtime = _tries.Watch() }.RunAsync(new Ask(number), ct);

    private ValueTask<Answer> Trying(int failures, CancellationToken ct)
        => new TriesToHandle(_gate, Trouble.Times(failures)) { Runtime = _tries.Watch(_clock) }.RunAsync(new Ask(7), ct);
}
