namespace Behaviour.Outside;

public sealed class WaitTests
{
    private readonly Gate _gate = new();
    private readonly Journal _journal = new();

    [Fact]
    public async Task The_request_is_there_once_the_node_asks()
    {
        await using Asks.Handle run = new Asks(_gate, _journal).Start(new Ask(4));
        Task<bool> pending = run.Approve.WhenPendingAsync().AsTask();
        Assert.False(pending.IsCompleted);
        Assert.Null(run.Approve.Request);
        _gate.Open();

        Assert.True(await pending.Soon());
        Assert.True(run.Approve.IsPending);
        Assert.Equal(new One(4), run.Approve.Request);
        Assert.Equal(NodeState.Waiting, run[Asks.NodeId.Approve]);
        Assert.True(run.Approve.TrySet(new Two(5)));
        Assert.Equal("5", (await run.Completion.Soon()).Text);
        Assert.False(run.Approve.IsPending);
        Assert.Null(run.Approve.Request);
        Assert.False(await run.Approve.WhenPendingAsync().Soon());
    }

    [Fact]
    public async Task An_early_answer_is_kept_and_a_second_one_is_not_taken()
    {
        await using Asks.Handle run = new Asks(_gate, _journal).Start(new Ask(4));
        Assert.True(run.Approve.TrySet(new Two(1)));
        Assert.False(run.Approve.TrySet(new Two(2)));
        Task<bool> pending = run.Approve.WhenPendingAsync().AsTask();
        _gate.Open();

        Assert.Equal("1", (await run.Completion.Soon()).Text);
        Assert.False(await pending.Soon());
    }

    [Fact]
    public async Task An_early_answer_to_a_transient_wait_is_lost()
    {
        await using AsksInPassing.Handle run = new AsksInPassing(_gate).Start(new Ask(4));
        Assert.False(run.Approve.TrySet(new Two(1)));
        _gate.Open();
        Assert.True(run.Approve.IsPending);
        Assert.True(run.Approve.TrySet(new Two(2)));
        Assert.False(run.Approve.TrySet(new Two(3)));

        Assert.Equal("2", (await run.Completion.Soon()).Text);
    }

    [Fact]
    public async Task Of_many_that_answer_at_once_one_is_heard()
    {
        _gate.Open();
        Asks workflow = new(_gate, _journal);
        for (int round = 0; round < 20; round++)
        {
            await using Asks.Handle run = workflow.Start(new Ask(1));
            bool[] taken = new bool[6];
            await Crowd.Run(6, i => taken[i] = run.Approve.TrySet(new Two(i)));

            int heard = Assert.Single(Enumerable.Range(0, 6), i => taken[i]);
            Assert.Equal($"{heard}", (await run.Completion.Soon()).Text);
        }
    }

    [Fact]
    public async Task Of_many_that_answer_early_one_is_heard()
    {
        await using Asks.Handle run = new Asks(_gate, _journal).Start(new Ask(1));
        bool[] taken = new bool[6];
        await Crowd.Run(6, i => taken[i] = run.Approve.TrySet(new Two(i)));
        _gate.Open();

        int heard = Assert.Single(Enumerable.Range(0, 6), i => taken[i]);
        Assert.Equal($"{heard}", (await run.Completion.Soon()).Text);
    }

    [Fact]
    public async Task The_outside_lets_the_node_fail()
    {
        await using Asks.Handle run = new Asks(_gate, _journal).Start(new Ask(1));
        Assert.False(run.Approve.TryFail(new BoomException("early")));
        _gate.Open();
        Assert.True(run.Approve.TryFail(new BoomException("no")));
        Assert.False(run.Approve.TryFail(new BoomException("again")));
        Assert.False(run.Approve.TrySet(new Two(1)));

        Assert.Equal("no", (await Assert.ThrowsAsync<BoomException>(() => run.Completion.Soon())).Message);
        Assert.Equal(NodeState.Failed, run[Asks.NodeId.Approve]);
    }

    [Fact]
    public async Task Nobody_waits_for_a_request_that_will_not_come_because_the_node_is_skipped()
    {
        await using AsksPerhaps.Handle run = new AsksPerhaps(_gate).Start(new Ask(1));
        Assert.False(await run.Approve.WhenPendingAsync().Soon());
        Assert.False(run.Approve.TrySet(new Two(1)));
        _gate.Open();

        Assert.Equal("unasked 1", (await run.Completion.Soon()).Text);
    }

    [Theory]
    [InlineData("failed")]
    [InlineData("cancelled")]
    public async Task Nobody_waits_for_a_request_that_will_not_come_because_the_run_has_ended(string how)
    {
        await using Asks.Handle run = new Asks(_gate, _journal).Start(new Ask(1));
        Task<bool> pending = run.Approve.WhenPendingAsync().AsTask();
        if (how == "failed")
        {
            _gate.Fail(new BoomException("boom"));
        }
        else
        {
            run.Cancel();
        }

        Assert.False(await pending.Soon());
        Assert.False(run.Approve.TrySet(new Two(1)));
        await run.DisposeAsync().Soon();
    }

    [Fact]
    public async Task Who_stops_waiting_for_the_request_does_not_disturb_the_node()
    {
        using CancellationTokenSource impatient = new();
        await using Asks.Handle run = new Asks(_gate, _journal).Start(new Ask(1));
        Task<bool> pending = run.Approve.WhenPendingAsync(impatient.Token).AsTask();
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pending.Soon());
        _gate.Open();

        Assert.True(await run.Approve.WhenPendingAsync().Soon());
        Assert.True(run.Approve.TrySet(new Two(3)));
        Assert.Equal("3", (await run.Completion.Soon()).Text);
    }

    [Fact]
    public async Task What_was_answered_in_vain_does_not_reach_the_next_run()
    {
        AsksPerhaps workflow = new(_gate);
        AsksPerhaps.Handle first = workflow.Start(new Ask(1));
        first.Cancel();
        await first.DisposeAsync().Soon();
        Asks asks = new(_gate, _journal);
        Asks.Handle early = asks.Start(new Ask(1));
        Assert.True(early.Approve.TrySet(new Two(66)));
        await early.DisposeAsync().Soon();
        Assert.False(early.Approve.TrySet(new Two(77)));
        await using Asks.Handle run = asks.Start(new Ask(2));
        _gate.Open();

        Assert.True(run.Approve.IsPending);
        Assert.False(early.Approve.IsPending);
        Assert.Null(early.Approve.Request);
        Assert.False(early.Approve.TrySet(new Two(88)));
        Assert.False(early.Approve.TryFail(new BoomException("boom")));
        Assert.True(run.Approve.TrySet(new Two(2)));
        Assert.Equal("2", (await run.Completion.Soon()).Text);
    }

    [Fact]
    public async Task A_signal_that_was_taken_out_before_is_of_its_run_only()
    {
        Asks workflow = new(_gate, _journal);
        Asks.Handle first = workflow.Start(new Ask(1));
        FlowSignal<One, Two> kept = first.Approve;
        await first.DisposeAsync().Soon();
        await using Asks.Handle run = workflow.Start(new Ask(2));
        _gate.Open();

        Assert.NotEqual(kept, run.Approve);
        Assert.False(kept.TrySet(new Two(1)));
        Assert.False(await kept.WhenPendingAsync().Soon());
        Assert.True(run.Approve.TrySet(new Two(2)));
        Assert.False(default(FlowSignal<One, Two>).TrySet(new Two(1)));
        await run.Completion.Soon();
    }

    [Fact]
    public async Task A_time_limit_that_comes_first_is_handled_and_a_late_answer_is_nobodys()
    {
        FakeTimeProvider clock = new();
        await using FlowRuntime runtime = new(new FlowRuntimeOptions { TimeProvider = clock });
        await using AsksInTime.Handle run = new AsksInTime { Runtime = runtime }.Start(new Ask(1));
        Assert.True(run.Approve.IsPending);
        clock.Advance(TimeSpan.FromHours(2));

        Assert.Equal("expired", (await run.Completion.Soon()).Text);
        Assert.False(run.Approve.TrySet(new Answer("late")));
        Assert.Equal(NodeState.Failed, run[AsksInTime.NodeId.Approve]);
    }

    [Fact]
    public async Task An_answer_that_comes_first_ends_the_time_limit()
    {
        FakeTimeProvider clock = new();
        await using FlowRuntime runtime = new(new FlowRuntimeOptions { TimeProvider = clock });
        AsksInTime workflow = new() { Runtime = runtime };
        AsksInTime.Handle run = workflow.Start(new Ask(1));
        Assert.True(run.Approve.TrySet(new Answer("in time")));
        await using AsksInTime.Handle next = workflow.Start(new Ask(2));
        clock.Advance(TimeSpan.FromMinutes(59));
        Assert.True(next.Approve.IsPending);
        Assert.True(next.Approve.TrySet(new Answer("next")));

        Assert.Equal("in time", (await run.Completion.Soon()).Text);
        Assert.Equal("next", (await next.Completion.Soon()).Text);
        Assert.Equal(NodeState.Skipped, next[AsksInTime.NodeId.Expired]);
    }

    [Fact]
    public async Task An_answer_races_with_the_time_limit()
    {
        for (int round = 0; round < 50; round++)
        {
            FakeTimeProvider clock = new();
            await using FlowRuntime runtime = new(new FlowRuntimeOptions { TimeProvider = clock });
            await using AsksInTime.Handle run = new AsksInTime { Runtime = runtime }.Start(new Ask(1));
            bool taken = false;
            await Crowd.Run(2, thread =>
            {
                if (thread == 0)
                {
                    taken = run.Approve.TrySet(new Answer("answer"));
                }
                else
                {
                    clock.Advance(TimeSpan.FromHours(2));
                }
            });

            string text = (await run.Completion.Soon()).Text;
            Assert.True(text == "expired" || (taken && text == "answer"), $"{taken} {text}");
        }
    }

    [Fact]
    public async Task An_answer_races_with_a_cancellation()
    {
        _gate.Open();
        Asks workflow = new(_gate, _journal);
        for (int round = 0; round < 50; round++)
        {
            await using Asks.Handle run = workflow.Start(new Ask(1));
            bool taken = false;
            await Crowd.Run(2, thread =>
            {
                if (thread == 0)
                {
                    taken = run.Approve.TrySet(new Two(round));
                }
                else
                {
                    run.Cancel();
                }
            });
            await run.DisposeAsync().Soon();

            Assert.True(run.Status == RunStatus.Cancelled || (taken && run.Status == RunStatus.Completed), $"{taken} {run.Status}");
        }

        await using Asks.Handle last = workflow.Start(new Ask(1));
        Assert.True(last.Approve.TrySet(new Two(1)));
        Assert.Equal("1", (await last.Completion.Soon()).Text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_outside_chooses_between_two_waits_and_the_other_is_withdrawn(bool accepts)
    {
        await using DeferredChoice.Handle run = new DeferredChoice().Start(new Ask(1));
        Assert.True(run.Accept.IsPending && run.Reject.IsPending);
        Assert.True((accepts ? run.Accept : run.Reject).TrySet(new One(accepts ? 1 : 2)));
        Assert.False((accepts ? run.Reject : run.Accept).TrySet(new One(3)));

        Assert.Equal(accepts ? "1" : "2", (await run.Completion.Soon()).Text);
        Assert.Equal(NodeState.Cancelled, run[accepts ? DeferredChoice.NodeId.Reject : DeferredChoice.NodeId.Accept]);
        Assert.Equal(NodeState.Completed, run[accepts ? DeferredChoice.NodeId.Accept : DeferredChoice.NodeId.Reject]);
    }

    [Fact]
    public async Task Two_answers_race_for_a_choice()
    {
        DeferredChoice workflow = new();
        for (int round = 0; round < 50; round++)
        {
            await using DeferredChoice.Handle run = workflow.Start(new Ask(1));
            bool[] taken = new bool[2];
            await Crowd.Run(2, i => taken[i] = (i == 0 ? run.Accept : run.Reject).TrySet(new One(i)));
            string text = (await run.Completion.Soon()).Text;

            Assert.True(taken[int.Parse(text, System.Globalization.CultureInfo.InvariantCulture)]);
        }
    }

    [Fact]
    public async Task Several_wait_at_once_and_are_answered_in_any_order()
    {
        await using AsksTwice.Handle run = new AsksTwice().Start(new Ask(0));
        Assert.Equal(new Ask(0), run.Legal.Request);
        Assert.Equal((new Ask(0), (Three?)null), run.Money.Request);
        Assert.True(run.Money.TrySet(new Two(2)));
        Assert.True(run.Legal.IsPending);
        Assert.True(run.Legal.TrySet(new One(1)));

        Assert.Equal("1 2", (await run.Completion.Soon()).Text);
    }

    [Fact]
    public async Task The_handle_of_the_parent_answers_what_is_asked_below()
    {
        Gate after = new();
        await using AsksBelow.Handle run = new AsksBelow(new Asks(_gate, _journal), after).Start(new Ask(1));
        _gate.Open();
        Assert.True(await run.Flattened_Approve.WhenPendingAsync().Soon());
        Assert.True(await run.Apart_Approve.WhenPendingAsync().Soon());
        Assert.Equal(run.Apart_Approve, run.Signal<One, Two>("Apart.Approve"));
        Assert.True(run.Apart_Approve.TrySet(new Two(2)));
        Assert.True(run.Flattened_Approve.TrySet(new Two(1)));
        await after.Reached;
        Assert.False(run.Apart_Approve.TrySet(new Two(3)));
        Assert.False(run.Flattened_Approve.TrySet(new Two(3)));
        Assert.False(await run.Apart_Approve.WhenPendingAsync().Soon());
        after.Open();

        Assert.Equal("1 2", (await run.Completion.Soon()).Text);
    }

    [Fact]
    public async Task Each_iteration_asks_anew_and_answers_are_kept_in_their_order()
    {
        _gate.Open();
        Gate after = new();
        await using AsksAgain.Handle run = new AsksAgain(new AsksForNext(_gate, _journal), after).Start(new Ask(1));
        Assert.True(await run.Round_Approve.WhenPendingAsync().Soon());
        Assert.True(run.Round_Approve.TrySet(new Three(5)));
        Assert.True(await run.Round_Approve.WhenPendingAsync().Soon());
        Assert.True(run.Round_Approve.TrySet(new Three(9)));
        await after.Reached;
        Assert.False(await run.Round_Approve.WhenPendingAsync().Soon());
        Assert.False(run.Round_Approve.TrySet(new Three(9)));
        Assert.Equal(NodeState.Completed, run[AsksAgain.NodeId.Round]);
        after.Open();

        Assert.Equal("9", (await run.Completion.Soon()).Text);
    }

    [Fact]
    public async Task Early_answers_serve_one_iteration_each()
    {
        Gate after = new();
        after.Open();
        await using AsksAgain.Handle run = new AsksAgain(new AsksForNext(_gate, _journal), after).Start(new Ask(1));
        Assert.True(run.Round_Approve.TrySet(new Three(3)));
        Assert.True(run.Round_Approve.TrySet(new Three(4)));
        Assert.True(run.Round_Approve.TrySet(new Three(9)));
        _gate.Open();

        Assert.Equal("9", (await run.Completion.Soon()).Text);
        Assert.Equal(3, _journal.Count("round"));
    }

    [Fact]
    public async Task Without_a_handle_nobody_can_answer_but_the_caller_can_cancel()
    {
        using CancellationTokenSource caller = new();
        _gate.Open();
        Task<Answer> run = new Asks(_gate, _journal).RunAsync(new Ask(1), caller.Token).AsTask();
        Assert.False(run.IsCompleted);
        await caller.CancelAsync();

        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(caller.Token, error.CancellationToken);
    }

    [Fact]
    public async Task Runs_at_the_same_time_are_answered_apart()
    {
        _gate.Open();
        Asks workflow = new(_gate, _journal);
        Asks.Handle[] runs = [.. Enumerable.Range(0, 8).Select(i => workflow.Start(new Ask(i)))];
        await Crowd.Run(8, i => Assert.True(runs[i].Approve.TrySet(new Two(runs[i].Approve.Request!.Number * 10))));

        Answer[] answers = await Task.WhenAll(runs.Select(run => run.Completion)).Soon();
        Assert.Equal(Enumerable.Range(0, 8).Select(i => $"{10 * i}"), answers.Select(answer => answer.Text));
    }
}
