namespace Behaviour.Outside;

[Workflow]
internal sealed partial class KnowsItself(Gate gate)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    async ValueTask<Answer> Work(Ask ask, FlowContext context, CancellationToken ct)
    {
        await gate.Wait(ct);
        return new Answer($"{context.RunId} {ask.Number}");
    }
}

[Workflow]
internal sealed partial class KnowsItselfBelow(KnowsItself child)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow(nameof(child))]
    private partial ValueTask<Answer> Flattened(Ask ask);

    [SubWorkflow(nameof(child)), Timeout(Hours = 1)]
    private partial ValueTask<Answer> Apart(Ask ask);

    [Node]
    string Both([From(nameof(Flattened))] Answer one, [From(nameof(Apart))] Answer two) => one.Text + "|" + two.Text;

    [Node]
    Answer Tell(string both) => new(both);
}

[Workflow]
internal sealed partial class Stubborn(Gate gate, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    async ValueTask<Answer> Work(Ask ask)
    {
        await gate.Wait(CancellationToken.None);
        return journal.Add("worked", new Answer($"{ask.Number}"));
    }
}

[Workflow]
internal sealed partial class AtOnce
{
    public partial Answer Run(Ask ask);

    [Node]
    Answer Work(Ask ask) => ask.Number < 0 ? throw new BoomException("negative") : new Answer($"{ask.Number}");
}

public sealed class HandleTests
{
    private readonly Gate _first = new();
    private readonly Gate _second = new();
    private readonly Journal _journal = new();

    private Steps Steps => new(_first, _second, _journal);

    [Fact]
    public async Task The_run_id_is_that_of_every_node_whatever_it_is_in()
    {
        await using KnowsItselfBelow.Handle run = new KnowsItselfBelow(new KnowsItself(_first)).Start(new Ask(1));
        Guid id = run.RunId;
        _first.Open();

        Answer answer = await run.Completion.Soon();
        Assert.Equal($"{id} 1|{id} 1", answer.Text);
        Assert.Equal(id, run.RunId);
        Assert.Equal(7, id.Version);
    }

    [Fact]
    public async Task A_run_goes_from_running_to_completed()
    {
        await using Steps.Handle run = Steps.Start(new Ask(3));
        Assert.Equal(RunStatus.Running, run.Status);
        _first.Open();
        Assert.Equal(RunStatus.Running, run.Status);
        _second.Open();

        Assert.Equal("3", (await run.Completion.Soon()).Text);
        Assert.Equal(RunStatus.Completed, run.Status);
    }

    [Fact]
    public async Task A_synchronous_workflow_has_ended_when_start_returns()
    {
        AtOnce.Handle run = new AtOnce().Start(new Ask(4));

        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Equal("4", (await run.Completion.Soon()).Text);
        Assert.Equal(NodeState.Completed, run[AtOnce.NodeId.Work]);
    }

    [Fact]
    public async Task A_failure_comes_through_completion_and_not_through_start()
    {
        AtOnce.Handle run = new AtOnce().Start(new Ask(-1));

        Assert.Equal(RunStatus.Failed, run.Status);
        Assert.Equal("negative", (await Assert.ThrowsAsync<BoomException>(() => run.Completion.Soon())).Message);
        Assert.Equal(NodeState.Failed, run[AtOnce.NodeId.Work]);
    }

    [Fact]
    public async Task Completion_is_asked_for_many_times_from_many_threads_and_says_the_same()
    {
        await using Steps.Handle run = Steps.Start(new Ask(5));
        Task<Answer>[] seen = new Task<Answer>[8];
        Task crowd = Crowd.Run(8, i =>
        {
            if (i == 0)
            {
                _first.Open();
                _second.Open();
            }

            seen[i] = run.Completion;
        });
        await crowd;

        Answer[] answers = await Task.WhenAll(seen).Soon();
        Assert.All(answers, answer => Assert.Same(answers[0], answer));
        Assert.Same(answers[0], await run);
        Assert.Same(run.Completion, run.Completion);
    }

    [Fact]
    public async Task States_are_those_of_the_nodes_at_the_moment()
    {
        await using Steps.Handle run = Steps.Start(new Ask(1));
        Assert.Equal(NodeState.Executing, run[Steps.NodeId.First]);
        Assert.Equal(NodeState.Pending, run[Steps.NodeId.Second]);
        _first.Open();
        Assert.Equal(NodeState.Completed, run[Steps.NodeId.First]);
        Assert.Equal(NodeState.Executing, run[Steps.NodeId.Second]);
        _second.Fail(new BoomException("late"));

        await Assert.ThrowsAsync<BoomException>(() => run.Completion.Soon());
        Assert.Equal(NodeState.Completed, run[Steps.NodeId.First]);
        Assert.Equal(NodeState.Failed, run[Steps.NodeId.Second]);
        Assert.Equal(RunStatus.Failed, run.Status);
    }

    [Fact]
    public async Task What_never_began_is_cancelled_with_the_run()
    {
        await using Steps.Handle run = Steps.Start(new Ask(1));
        Assert.True(run.Cancel());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Completion.Soon());
        Assert.Equal(NodeState.Cancelled, run[Steps.NodeId.First]);
        Assert.Equal(NodeState.Cancelled, run[Steps.NodeId.Second]);
        Assert.Equal(RunStatus.Cancelled, run.Status);
        Assert.True(run.Completion.IsCanceled);
    }

    [Fact]
    public async Task The_token_of_the_caller_cancels_too()
    {
        using CancellationTokenSource caller = new();
        await using Fork.Handle run = new Fork(_first, _second, _journal).Start(new Ask(1), ct: caller.Token);
        await caller.CancelAsync();

        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Completion.Soon());
        Assert.Equal(caller.Token, error.CancellationToken);
        Assert.Equal(RunStatus.Cancelled, run.Status);
    }

    [Fact]
    public async Task A_caller_that_has_cancelled_already_starts_nothing()
    {
        Steps.Handle run = Steps.Start(new Ask(1), ct: new CancellationToken(canceled: true));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Completion.Soon());
        Assert.Empty(_journal.Entries);
        Assert.Equal(NodeState.Cancelled, run[Steps.NodeId.First]);
    }

    [Fact]
    public async Task Dispose_waits_for_a_node_that_does_not_listen()
    {
        Stubborn.Handle run = new Stubborn(_first, _journal).Start(new Ask(1));
        Task disposal = run.DisposeAsync().AsTask();
        Assert.False(disposal.IsCompleted);
        Assert.Equal(RunStatus.Running, run.Status);
        _first.Open();
        await disposal.Soon();

        Assert.Equal(["worked"], _journal.Entries);
        Assert.True(run.Completion.IsCompleted);
        await run.DisposeAsync().Soon();
    }

    [Fact]
    public async Task Dispose_says_nothing_of_a_failure()
    {
        Steps.Handle run = Steps.Start(new Ask(1));
        _first.Fail(new BoomException("boom"));
        await run.DisposeAsync().Soon();

        Assert.Equal(RunStatus.Failed, run.Status);
    }

    [Fact]
    public async Task Memory_is_what_the_run_holds_now()
    {
        await using Linked.Handle run = new Linked(Steps, new Gate()).Start(new Ask(1));
        Assert.Equal(2, run.Memory.Frames);
        Assert.Equal(Linked.Graph.Nodes.Count, run.Memory.TotalNodes);
        run.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Completion.Soon());
        Assert.Equal(new FlowRunMemory(0, Linked.Graph.Nodes.Count, 0), run.Memory);
    }

    [Fact]
    public async Task A_handle_says_after_the_end_what_it_said_at_the_end()
    {
        await using Steps.Handle run = Steps.Start(new Ask(1));
        _first.Open();
        _second.Open();
        await run.Completion.Soon();

        Assert.False(run.Cancel());
        Assert.False(run.Pause());
        Assert.False(run.Resume());
        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Equal("steps", run.Workflow.Id);
    }

    [Theory]
    [InlineData("completed")]
    [InlineData("failed")]
    [InlineData("cancelled")]
    public async Task A_handle_of_a_run_that_has_ended_does_not_reach_the_run_that_has_its_frame_now(string how)
    {
        Steps workflow = Steps;
        Steps.Handle ended = workflow.Start(new Ask(1));
        switch (how)
        {
            case "completed":
                _first.Release();
                _second.Release();
                break;
            case "failed":
                Gate failing = _first;
                failing.Fail(new BoomException("boom"));
                break;
            default:
                ended.Cancel();
                break;
        }

        await ended.Completion.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).Soon();
        Gate again = new();
        Steps next = how == "failed" ? new Steps(again, _second, _journal) : workflow;
        await using Steps.Handle run = next.Start(new Ask(2));
        Guid id = ended.RunId;
        Assert.False(ended.Cancel());
        Assert.False(ended.Pause());
        await ended.DisposeAsync().Soon();
        Assert.NotEqual(id, run.RunId);
        Assert.Equal(RunStatus.Running, run.Status);
        Assert.Equal(0, ended.Memory.Frames);
        Assert.Equal(NodeState.Executing, run[Steps.NodeId.First]);
        again.Open();
        if (how != "failed")
        {
            _first.Open();
        }

        _second.Open();
        Assert.Equal("2", (await run.Completion.Soon()).Text);
    }

    [Fact]
    public async Task Many_runs_of_one_object_are_held_apart()
    {
        Fork workflow = new(_first, _second, _journal);
        Fork.Handle[] runs = [.. Enumerable.Range(0, 10).Select(i => workflow.Start(new Ask(i)))];
        for (int i = 0; i < runs.Length; i += 2)
        {
            Assert.True(runs[i].Cancel());
        }

        _first.Open();
        _second.Open();
        for (int i = 0; i < runs.Length; i++)
        {
            if (i % 2 == 0)
            {
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => runs[i].Completion.Soon());
            }
            else
            {
                Assert.Equal($"{2 * i}", (await runs[i].Completion.Soon()).Text);
            }
        }

        Assert.Equal(10, runs.Select(run => run.RunId).Distinct().Count());
    }

    [Fact]
    public async Task Many_threads_cancel_at_once()
    {
        await using Fork.Handle run = new Fork(_first, _second, _journal).Start(new Ask(1));
        await Crowd.Run(8, _ => run.Cancel());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Completion.Soon());
    }
}
