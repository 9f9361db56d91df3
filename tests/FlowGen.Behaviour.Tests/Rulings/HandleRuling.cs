using Behaviour.Outside;

namespace Behaviour.Rulings;

/// <summary>runtime.md, Rulings, Handle: a test for each sentence.</summary>
public sealed class HandleRuling
{
    private readonly Gate _first = new();
    private readonly Gate _second = new();
    private readonly Journal _journal = new();

    [Fact]
    public async Task Dispose_async_cancels_and_awaits()
    {
        Stubborn.Handle run = new Stubborn(_first, _journal).Start(new Ask(1));
        Task disposal = run.DisposeAsync().AsTask();
        Assert.False(disposal.IsCompleted);
        _first.Open();
        await disposal.Soon();
        Assert.Equal(["worked"], _journal.Entries);

        Steps.Handle listening = new Steps(new Gate(), _second, _journal).Start(new Ask(1));
        await listening.DisposeAsync().Soon();
        Assert.Equal(RunStatus.Cancelled, listening.Status);
    }

    [Fact]
    public async Task Cancel_ends_the_run_with_the_runs_own_token()
    {
        using CancellationTokenSource caller = new();
        await using Steps.Handle run = new Steps(_first, _second, _journal).Start(new Ask(1), ct: caller.Token);
        run.Cancel();

        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Completion.Soon());
        Assert.NotEqual(caller.Token, error.CancellationToken);
        Assert.True(error.CancellationToken.IsCancellationRequested);
        Assert.False(caller.IsCancellationRequested);
    }

    [Fact]
    public async Task The_indexer_shows_the_worst_state_where_a_node_runs_several_times()
    {
        await using WorstOf.Handle run = new WorstOf(_second).Start([new Ask(1), new Ask(-1), new Ask(3)]);
        Assert.Equal("1 3", (await Read(run)).Trim());
        Assert.Equal(NodeState.Failed, run[WorstOf.NodeId.Work]);
        _second.Open();

        await run.Completion.Soon();
        Assert.Equal(NodeState.Failed, run[WorstOf.NodeId.Work]);
        Assert.Equal(RunStatus.Completed, run.Status);
    }

    [Fact]
    public async Task A_stream_ends_when_all_its_emitting_nodes_have_settled()
    {
        Gate after = new();
        await using SendsTogether.Handle run = new SendsTogether(_first, _second, after).Start(new Ask(1));
        _first.Open();
        Assert.False(run.Words.HasEnded);
        _second.Open();
        Assert.True(run.Words.HasEnded);
        Assert.Equal(RunStatus.Running, run.Status);
        after.Open();

        await run.Completion.Soon();
    }

    [Fact]
    public async Task When_pending_is_true_when_the_request_is_there()
    {
        await using Asks.Handle run = new Asks(_first, _journal).Start(new Ask(1));
        Task<bool> pending = run.Approve.WhenPendingAsync().AsTask();
        _first.Open();

        Assert.True(await pending.Soon());
        Assert.True(run.Approve.TrySet(new Two(1)));
        await run.Completion.Soon();
    }

    [Fact]
    public async Task When_pending_is_false_when_the_wait_settled_without_asking()
    {
        await using AsksPerhaps.Handle run = new AsksPerhaps(_first).Start(new Ask(1));

        Assert.False(await run.Approve.WhenPendingAsync().Soon());
        Assert.Equal(NodeState.Skipped, run[AsksPerhaps.NodeId.Approve]);
        Assert.Equal(RunStatus.Running, run.Status);
    }

    [Fact]
    public async Task An_early_try_set_is_kept()
    {
        await using Asks.Handle run = new Asks(_first, _journal).Start(new Ask(1));
        Assert.True(run.Approve.TrySet(new Two(8)));
        _first.Open();

        Assert.Equal("8", (await run.Completion.Soon()).Text);
    }

    [Fact]
    public async Task Unless_the_wait_is_declared_transient()
    {
        await using AsksInPassing.Handle run = new AsksInPassing(_first).Start(new Ask(1));
        Assert.False(run.Approve.TrySet(new Two(8)));
        _first.Open();
        Assert.True(run.Approve.TrySet(new Two(9)));

        Assert.Equal("9", (await run.Completion.Soon()).Text);
    }

    private static async Task<string> Read(WorstOf.Handle run)
    {
        string text = "";
        await foreach (int number in run.Done)
        {
            text += $" {number}";
        }

        return text;
    }
}

[Workflow]
internal sealed partial class WorstOf(Gate after)
{
    public partial ValueTask<Answer> RunAsync(Ask[] asks, CancellationToken ct = default);

    [Node]
    One Work([Each(OnError = EachError.Skip)] Ask ask, Emitter<int> done)
    {
        if (ask.Number < 0)
        {
            throw new BoomException("negative");
        }

        done.Emit(ask.Number);
        return new One(ask.Number);
    }

    [Node]
    async ValueTask<Answer> Tell(One[] ones, CancellationToken ct)
    {
        await after.Wait(ct);
        return new Answer($"{ones.Length}");
    }
}
