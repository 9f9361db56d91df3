namespace Behaviour.Outside;

public sealed class PauseTests
{
    private readonly Gate _first = new();
    private readonly Gate _second = new();
    private readonly Journal _journal = new();

    [Fact]
    public async Task Executing_nodes_finish_and_nothing_new_starts()
    {
        await using Steps.Handle run = new Steps(_first, _second, _journal).Start(new Ask(1));
        Assert.True(run.Pause());
        Assert.False(run.Pause());
        Assert.Equal(RunStatus.Paused, run.Status);
        _first.Open();
        Assert.Equal(NodeState.Completed, run[Steps.NodeId.First]);
        Assert.Equal(["first"], _journal.Entries);

        Assert.True(run.Resume());
        await _second.Reached;
        Assert.Equal(RunStatus.Running, run.Status);
        _second.Open();
        Assert.Equal("1", (await run.Completion.Soon()).Text);
    }

    [Fact]
    public async Task Resumed_before_anything_had_to_wait()
    {
        await using Steps.Handle run = new Steps(_first, _second, _journal).Start(new Ask(1));
        Assert.True(run.Pause());
        Assert.True(run.Resume());
        Assert.False(run.Resume());
        _first.Open();
        _second.Open();

        Assert.Equal("1", (await run.Completion.Soon()).Text);
    }

    [Fact]
    public async Task Branches_that_complete_while_the_run_is_paused_go_on_together()
    {
        Fork workflow = new(_first, _second, _journal);
        await using Fork.Handle run = workflow.Start(new Ask(2));
        run.Pause();
        _first.Open();
        _second.Open();
        Assert.Equal(["left", "right"], _journal.Entries);
        run.Resume();

        Assert.Equal("4", (await run.Completion.Soon()).Text);
        Assert.Equal("8", (await workflow.RunAsync(new Ask(4)).Soon()).Text);
    }

    [Fact]
    public async Task A_frame_that_was_paused_more_than_once_serves_the_next_run()
    {
        for (int i = 0; i < 20; i++)
        {
            Gate left = new();
            Gate right = new();
            Fork workflow = new(left, right, _journal);
            Fork.Handle run = workflow.Start(new Ask(i));
            run.Pause();
            left.Open();
            run.Resume();
            run.Pause();
            right.Open();
            run.Resume();
            Task<Answer>[] next = [.. Enumerable.Range(0, 4).Select(n => workflow.RunAsync(new Ask(n)).AsTask())];

            Assert.Equal($"{2 * i}", (await run.Completion.Soon()).Text);
            Assert.Equal(["0", "2", "4", "6"], (await Task.WhenAll(next).Soon()).Select(answer => answer.Text));
        }
    }

    [Fact]
    public void A_node_whose_turn_comes_waits_until_the_run_is_resumed() => Interleaving.Explore(50, order =>
    {
        Journal journal = new();
        Gate first = new();
        TakesTurns.Handle run = new TakesTurns(first, _second, journal).Start(new Ask(1));
        run.Pause();
        order.Offer("first", static () => true, first.Open);
        order.Offer("resume", static () => true, () =>
        {
            journal.Add("resume");
            run.Resume();
        });
        _second.Open();
        order.Play(run.Completion);

        Assert.Equal("3", run.Completion.GetAwaiter().GetResult().Text);
        Assert.Equal(["first", "resume", "second"], journal.Entries);
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_node_whose_turn_comes_while_the_run_is_paused_ends_with_it(bool isCancelled)
    {
        await using TakesTurns.Handle run = new TakesTurns(_first, _second, _journal).Start(new Ask(1));
        run.Pause();
        _first.Open();
        if (isCancelled)
        {
            run.Cancel();
            _second.Open();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Completion.Soon());
        }
        else
        {
            _second.Fail(new BoomException("beside"));
            Assert.Equal("beside", (await Assert.ThrowsAsync<BoomException>(() => run.Completion.Soon())).Message);
        }

        Assert.Equal(["first"], _journal.Entries);
    }

    [Theory]
    [InlineData("steps")]
    [InlineData("fork")]
    [InlineData("elements")]
    [InlineData("rounds")]
    [InlineData("outer")]
    [InlineData("linked")]
    public async Task Cancelled_while_it_is_paused_the_run_ends_and_nothing_more_starts(string shape)
    {
        await using FlowRun run = Start(shape);
        Assert.True(run.Pause());
        _first.Release();
        int begun = _journal.Entries.Count;
        Assert.True(run.Cancel());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Completion.Soon());
        Assert.Equal(begun, _journal.Entries.Count);
        Assert.Equal(RunStatus.Cancelled, run.Status);
        Assert.False(run.Resume());
    }

    [Theory]
    [InlineData("steps")]
    [InlineData("fork")]
    [InlineData("elements")]
    [InlineData("rounds")]
    [InlineData("outer")]
    [InlineData("linked")]
    public async Task The_caller_cancels_while_the_run_is_paused(string shape)
    {
        using CancellationTokenSource caller = new();
        await using FlowRun run = Start(shape, caller.Token);
        Assert.True(run.Pause());
        _first.Release();
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Completion.Soon());
        Assert.Equal(RunStatus.Cancelled, run.Status);
    }

    [Theory]
    [InlineData("steps")]
    [InlineData("fork")]
    [InlineData("elements")]
    [InlineData("rounds")]
    [InlineData("outer")]
    [InlineData("linked")]
    public async Task Paused_at_every_turn_the_run_completes_all_the_same(string shape)
    {
        await using FlowRun run = Start(shape);
        _second.Open();
        for (int i = 0; i < 2; i++)
        {
            run.Pause();
            if (_first.Waiting > 0)
            {
                _first.Release();
            }

            run.Resume();
        }

        _first.Open();
        await run.Completion.Soon();
        Assert.Equal(RunStatus.Completed, run.Status);
    }

    [Fact]
    public async Task A_failure_while_it_is_paused_ends_the_run()
    {
        await using Fork.Handle run = new Fork(_first, _second, _journal).Start(new Ask(1));
        run.Pause();
        _first.Open();
        _second.Fail(new BoomException("boom"));

        await Assert.ThrowsAsync<BoomException>(() => run.Completion.Soon());
        Assert.Equal(["left", "right"], _journal.Entries);
    }

    [Fact]
    public async Task A_failure_beside_it_ends_a_linked_sub_workflow_that_is_paused()
    {
        Gate beside = new();
        Linked workflow = new(new Steps(_first, _second, _journal), beside);
        await using Linked.Handle run = workflow.Start(new Ask(1));
        run.Pause();
        _first.Open();
        beside.Fail(new BoomException("boom"));

        await Assert.ThrowsAsync<BoomException>(() => run.Completion.Soon());
        Assert.Equal(["first"], _journal.Entries);
        Assert.Equal(NodeState.Cancelled, run[Linked.NodeId.Inner]);
    }

    [Fact]
    public async Task A_time_limit_ends_a_linked_sub_workflow_that_is_paused()
    {
        FakeTimeProvider clock = new();
        await using FlowRuntime runtime = new(new FlowRuntimeOptions { TimeProvider = clock });
        Linked workflow = new(new Steps(_first, _second, _journal), new Gate()) { Runtime = runtime };
        await using Linked.Handle run = workflow.Start(new Ask(1));
        run.Pause();
        _first.Open();
        clock.Advance(TimeSpan.FromHours(2));

        await Assert.ThrowsAsync<TimeoutException>(() => run.Completion.Soon());
        Assert.Equal(["first"], _journal.Entries);
    }

    [Fact]
    public async Task Paused_during_the_delay_before_a_retry_the_node_still_gets_its_retry()
    {
        FakeTimeProvider clock = new();
        await using FlowRuntime runtime = new(new FlowRuntimeOptions { TimeProvider = clock });
        await using TriesAgain.Handle run = new TriesAgain(_first, _journal) { Runtime = runtime }.Start(new Ask(1));
        _first.Fail(new BoomException("once"));
        Assert.Equal(NodeState.Waiting, run[TriesAgain.NodeId.Work]);
        Assert.True(run.Pause());
        _first.Open();
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["try", "try"], _journal.Entries);
        Assert.Equal(NodeState.Completed, run[TriesAgain.NodeId.Work]);
        run.Resume();

        Assert.Equal("1", (await run.Completion.Soon()).Text);
        Assert.Equal(["try", "try", "tell"], _journal.Entries);
    }

    [Fact]
    public async Task Cancelled_during_the_delay_before_a_retry_while_it_is_paused()
    {
        FakeTimeProvider clock = new();
        await using FlowRuntime runtime = new(new FlowRuntimeOptions { TimeProvider = clock });
        await using TriesAgain.Handle run = new TriesAgain(_first, _journal) { Runtime = runtime }.Start(new Ask(1));
        _first.Fail(new BoomException("once"));
        run.Pause();
        run.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Completion.Soon());
        Assert.Equal(["try"], _journal.Entries);
    }

    [Fact]
    public async Task An_answer_is_taken_while_the_run_is_paused_and_nothing_follows()
    {
        await using Asks.Handle run = new Asks(_first, _journal).Start(new Ask(1));
        _first.Open();
        run.Pause();
        Assert.True(run.Approve.IsPending);
        Assert.True(run.Approve.TrySet(new Two(7)));
        Assert.Equal(NodeState.Completed, run[Asks.NodeId.Approve]);
        Assert.DoesNotContain("tell", _journal.Entries);
        run.Resume();

        Assert.Equal("7", (await run.Completion.Soon()).Text);
    }

    [Fact]
    public async Task A_wait_does_not_begin_while_the_run_is_paused()
    {
        await using Asks.Handle run = new Asks(_first, _journal).Start(new Ask(1));
        run.Pause();
        _first.Open();
        Assert.False(run.Approve.IsPending);
        Task<bool> pending = run.Approve.WhenPendingAsync().AsTask();
        Assert.False(pending.IsCompleted);
        run.Resume();

        Assert.True(await pending.Soon());
        Assert.True(run.Approve.TrySet(new Two(1)));
        await run.Completion.Soon();
    }

    [Fact]
    public async Task Elements_in_flight_finish_and_no_other_begins()
    {
        await using Elements.Handle run = new Elements(_first, _journal).Start([new Ask(1), new Ask(2), new Ask(3), new Ask(4)], 2);
        Assert.Equal(["work 1", "work 2"], _journal.Entries);
        run.Pause();
        _first.Release();
        _first.Release();
        Assert.Equal(["work 1", "work 2"], _journal.Entries);
        Assert.Equal(NodeState.Executing, run[Elements.NodeId.Work]);
        run.Resume();
        await _first.ReachedBy(4);
        _first.Open();

        Assert.Equal("1 2 3 4", (await run.Completion.Soon()).Text);
    }

    [Fact]
    public async Task An_iteration_finishes_and_the_next_does_not_begin()
    {
        await using Rounds.Handle run = new Rounds(_first, _journal).Start(new Ask(1));
        run.Pause();
        _first.Release();
        Assert.Equal(["round 1"], _journal.Entries);
        run.Resume();
        await _first.ReachedBy(2);
        Assert.Equal(["round 1", "round 2"], _journal.Entries);
        _first.Open();

        Assert.Equal("3", (await run.Completion.Soon()).Text);
    }

    [Fact]
    public async Task What_is_undone_after_a_cancellation_does_not_wait_for_resume()
    {
        await using Undoes.Handle run = new Undoes(_first, _journal).Start(new Ask(5));
        run.Pause();
        run.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Completion.Soon());
        Assert.Equal(["reserve", "release 5"], _journal.Entries);
        Assert.Equal(NodeState.Compensated, run[Undoes.NodeId.Reserve]);
    }

    [Fact]
    public async Task A_cancelled_run_cannot_be_paused()
    {
        Stubborn.Handle run = new Stubborn(_first, _journal).Start(new Ask(1));
        run.Cancel();
        Assert.False(run.Pause());
        Assert.Equal(RunStatus.Running, run.Status);
        _first.Open();

        await run.DisposeAsync().Soon();
    }

    [Fact]
    public async Task Threads_pause_and_resume_a_busy_run_as_they_like()
    {
        Busy workflow = new();
        Ask[] asks = [.. Enumerable.Range(1, 200).Select(i => new Ask(i))];
        for (int round = 0; round < 5; round++)
        {
            await using Busy.Handle run = workflow.Start(asks);
            await Crowd.Run(4, thread =>
            {
                for (int i = 0; i < 100; i++)
                {
                    _ = thread % 2 == 0 ? run.Pause() : run.Resume();
                }
            });
            run.Resume();

            Assert.Equal("40200", (await run.Completion.Soon()).Text);
        }
    }

    private FlowRun Start(string shape, CancellationToken ct = default)
    {
        Steps steps = new(_first, _second, _journal);
        Gate open = new();
        open.Open();
        return shape switch
        {
            "steps" => steps.Start(new Ask(1), ct: ct),
            "fork" => new Fork(_first, _second, _journal).Start(new Ask(1), ct: ct),
            "elements" => new Elements(_first, _journal).Start([new Ask(1), new Ask(2)], 1, ct: ct),
            "rounds" => new Rounds(_first, _journal).Start(new Ask(1), ct: ct),
            "outer" => new Outer(steps).Start(new Ask(1), ct: ct),
            _ => new Linked(steps, open).Start(new Ask(1), ct: ct),
        };
    }
}
