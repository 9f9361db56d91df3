namespace Behaviour.Cancelling;

/// <summary>Purely synchronous nodes in a row; the second one can pull the plug.</summary>
[Workflow]
internal sealed partial class PullsThePlug(CancellationTokenSource plug, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    One First(Ask ask) => journal.Add("First", new One(ask.Number));

    [Node]
    Two Second(One one)
    {
        if (one.Number == 2)
        {
            plug.Cancel();
        }

        return journal.Add("Second", new Two(one.Number));
    }

    [Node]
    Three Third(Two two) => journal.Add("Third", new Three(two.Number));

    [Node]
    Answer Last(Three three) => journal.Add("Last", new Answer($"{three.Number}"));
}

/// <summary>Nodes that take no token, or take it and ignore it, in parallel.</summary>
[Workflow]
internal sealed partial class Stubborn(Gate deaf, Gate polite, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    async ValueTask<One> Deaf(Ask ask)
    {
        await deaf.Wait();
        return journal.Add("Deaf", new One(ask.Number));
    }

    [Node]
    ValueTask<Two> Polite(Ask ask, CancellationToken ct) => polite.Wait(new Two(ask.Number), ct);

    [Node]
    Answer Join(One one, Two two) => journal.Add("Join", new Answer($"{one.Number + two.Number}"));
}

/// <summary>Throws a cancellation of its own making.</summary>
[Workflow]
internal sealed partial class ForeignCancellation(Gate gate, CancellationToken foreign)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    async ValueTask<Answer> Give(Ask ask)
    {
        await gate.Wait();
        return ask.Number > 0 ? new Answer($"{ask.Number}") : throw new OperationCanceledException("mine", foreign);
    }
}

public sealed class CancellationTests
{
    private readonly Gate _gate = new();
    private readonly Gate _other = new();
    private readonly Journal _journal = new();

    [Fact]
    public async Task A_token_that_is_cancelled_already_lets_nothing_start()
    {
        using CancellationTokenSource cts = new();
        await cts.CancelAsync();
        ValueTask<Answer> run = new PullsThePlug(cts, _journal).RunAsync(new Ask(1), cts.Token);

        Assert.True(run.IsCanceled);
        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(cts.Token, error.CancellationToken);
        Assert.Empty(_journal.Entries);
    }

    [Fact]
    public async Task The_token_is_looked_at_before_every_node()
    {
        using CancellationTokenSource cts = new();
        ValueTask<Answer> run = new PullsThePlug(cts, _journal).RunAsync(new Ask(2), cts.Token);

        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(cts.Token, error.CancellationToken);
        Assert.Equal(["First", "Second"], _journal.Entries);
    }

    [Fact]
    public async Task Without_cancellation_it_goes_through()
    {
        using CancellationTokenSource cts = new();

        Assert.Equal("1", (await new PullsThePlug(cts, _journal).RunAsync(new Ask(1), cts.Token).Soon()).Text);
    }

    [Fact]
    public async Task Cancellation_waits_for_nodes_that_ignore_it()
    {
        RecordingObserver observer = new();
        using CancellationTokenSource cts = new();
        ValueTask<Answer> run = new Stubborn(_gate, _other, _journal) { Runtime = observer.Watch() }.RunAsync(new Ask(1), cts.Token);
        await cts.CancelAsync();
        Assert.False(run.IsCompleted);
        _gate.Open();

        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(cts.Token, error.CancellationToken);
        Assert.Equal(["Deaf"], _journal.Entries);
        Assert.Equal("Executing Completed", observer.StatesOf("Deaf"));
        Assert.Equal("Executing Cancelled", observer.StatesOf("Polite"));
        Assert.Equal("run Cancelled", observer.Lines[^1]);
    }

    [Fact]
    public async Task A_failure_while_cancelling_does_not_hide_the_cancellation()
    {
        using CancellationTokenSource cts = new();
        ValueTask<Answer> run = new Stubborn(_gate, _other, _journal).RunAsync(new Ask(1), cts.Token);
        await cts.CancelAsync();
        _gate.Fail(new BoomException("too late"));

        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(cts.Token, error.CancellationToken);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_foreign_cancellation_is_a_failure(bool openFirst)
    {
        RecordingObserver observer = new();
        using CancellationTokenSource foreign = new();
        await foreign.CancelAsync();
        using CancellationTokenSource cts = new();
        if (openFirst)
        {
            _gate.Open();
        }

        ForeignCancellation workflow = new(_gate, foreign.Token) { Runtime = observer.Watch() };
        ValueTask<Answer> run = workflow.RunAsync(new Ask(0), cts.Token);
        _gate.Open();

        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal("mine", error.Message);
        Assert.Equal(foreign.Token, error.CancellationToken);
        Assert.Equal("Executing Failed", observer.StatesOf("Give"));
        Assert.Equal("run Failed", observer.Lines[^1]);
    }

    [Fact]
    public async Task A_run_after_a_cancelled_one_is_whole()
    {
        using CancellationTokenSource cts = new();
        Stubborn workflow = new(_gate, _other, _journal);
        _gate.Open();
        ValueTask<Answer> run = workflow.RunAsync(new Ask(1), cts.Token);
        await cts.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());

        _other.Open();
        Assert.Equal("2", (await workflow.RunAsync(new Ask(1)).Soon()).Text);
    }

    [Fact]
    public async Task Cancelling_after_the_end_changes_nothing()
    {
        using CancellationTokenSource cts = new();
        _gate.Open();
        _other.Open();
        ValueTask<Answer> run = new Stubborn(_gate, _other, _journal).RunAsync(new Ask(1), cts.Token);
        await cts.CancelAsync();

        Assert.Equal("2", (await run.Soon()).Text);
    }

    [Fact]
    public async Task Cancelling_races_with_completing()
    {
        for (int i = 0; i < 200; i++)
        {
            Gate deaf = new();
            Gate polite = new();
            using CancellationTokenSource cts = new();
            ValueTask<Answer> run = new Stubborn(deaf, polite, _journal).RunAsync(new Ask(1), cts.Token);
            deaf.Open();
            await Task.WhenAll(Task.Run(cts.Cancel), polite.OpenElsewhere()).Soon();
            try
            {
                Assert.Equal("2", (await run.Soon()).Text);
            }
            catch (OperationCanceledException error)
            {
                Assert.Equal(cts.Token, error.CancellationToken);
            }
        }
    }

    [Fact]
    public async Task A_late_cancellation_never_reaches_the_next_run()
    {
        for (int i = 0; i < 500; i++)
        {
            Gate deaf = new();
            Gate polite = new();
            Stubborn workflow = new(deaf, polite, _journal);
            using CancellationTokenSource cts = new();
            ValueTask<Answer> run = workflow.RunAsync(new Ask(1), cts.Token);
            deaf.Open();
            Task cancelling = Task.Run(cts.Cancel);
            polite.Open();
            await run.AsTask().ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).Soon();

            // The frame that the first run gave back serves this one, while the callback may still be on its way.
            Gate next = new();
            ValueTask<Answer> later = new Stubborn(next, next, _journal).RunAsync(new Ask(2));
            await cancelling;
            Assert.Equal(2, next.Waiting);
            next.Open();
            Assert.Equal("4", (await later.Soon()).Text);
        }
    }
}
