namespace Behaviour.Choosing;

public sealed class ChoosingTests
{
    private readonly Gate _gate = new();
    private readonly Journal _journal = new();

    [Fact]
    public async Task A_chosen_workflow_is_a_part_of_the_run()
    {
        await using Chooser.Handle run = new Chooser(_ => Ref(new Doubles())).Start(new Ask(4), new RunOptions { ConversationId = "talk" });

        Assert.Equal($"8 {run.RunId} talk Call.Work", (await run.Completion.Soon()).Text);
        Assert.Equal(NodeState.Completed, run[Chooser.NodeId.Call]);
    }

    [Fact]
    public async Task Another_is_chosen_in_the_next_run_and_in_one_at_the_same_time()
    {
        Chooser workflow = new(ask => ask.Number % 2 == 0 ? Ref(new WaitsAtGate(_gate)) : Ref(new Foreign()));
        Task<Answer>[] runs = [.. Enumerable.Range(0, 6).Select(i => workflow.RunAsync(new Ask(i)).AsTask())];
        _gate.Open();

        Assert.Equal(["0", "foreign 1", "2", "foreign 3", "4", "foreign 5"], (await Task.WhenAll(runs).Soon()).Select(answer => answer.Text));
    }

    [Fact]
    public async Task An_empty_reference_is_refused()
    {
        FlowNotFoundException error = await Assert.ThrowsAsync<FlowNotFoundException>(() => new Chooser(_ => default).RunAsync(new Ask(1)).Soon());

        Assert.Equal("Call", error.NodePath);
        Assert.Equal("chooser", error.WorkflowId);
    }

    [Fact]
    public async Task Only_candidates_are_run()
    {
        Assert.StartsWith("2 ", (await new Picky(_ => Ref(new Doubles())).RunAsync(new Ask(1)).Soon()).Text, StringComparison.Ordinal);
        FlowInputException error = await Assert.ThrowsAsync<FlowInputException>(() => new Picky(_ => Ref(new Foreign())).RunAsync(new Ask(1)).Soon());

        Assert.Contains("foreign", error.Message, StringComparison.Ordinal);
        Assert.Equal("Call", error.NodePath);
    }

    [Fact]
    public async Task A_workflow_that_chooses_itself_is_refused()
    {
        Chooser? workflow = null;
        workflow = new Chooser(_ => Ref(workflow!));

        FlowCycleException error = await Assert.ThrowsAsync<FlowCycleException>(() => workflow.RunAsync(new Ask(1)).Soon());
        Assert.Contains("chooser -> chooser", error.Message, StringComparison.Ordinal);
        Assert.Equal(["chooser", "chooser"], error.Path);
        Assert.Equal("Call", error.NodePath);
        Assert.NotNull(error.RunId);
    }

    [Fact]
    public async Task A_way_back_to_what_is_open_is_refused_and_printed()
    {
        Chooser? chooser = null;
        chooser = new Chooser(_ => Ref(new Detour(_ => Ref(chooser!))));

        FlowCycleException error = await Assert.ThrowsAsync<FlowCycleException>(() => new Around(chooser).RunAsync(new Ask(1)).Soon());
        Assert.Contains("around -> chooser -> detour -> chooser", error.Message, StringComparison.Ordinal);
        Assert.Equal("Inner.Call.Call", error.NodePath);
    }

    [Fact]
    public async Task A_flattened_workflow_around_it_is_open_as_well()
    {
        Around? around = null;
        around = new Around(new Chooser(_ => Ref(around!)));

        FlowCycleException error = await Assert.ThrowsAsync<FlowCycleException>(() => around.RunAsync(new Ask(1)).Soon());
        Assert.Equal(["around", "chooser", "around"], error.Path);
    }

    [Theory]
    [InlineData(0, "1")]
    [InlineData(1, "1")]
    [InlineData(4, "24")]
    [InlineData(6, "720")]
    public async Task A_workflow_may_call_itself_where_that_is_allowed(int number, string result) =>
        Assert.Equal(result, (await new Factorial().RunAsync(new Ask(number)).Soon()).Text);

    [Fact]
    public async Task Recursion_ends_at_the_limit_which_prints_the_stack()
    {
        FlowLimitException error = await Assert.ThrowsAsync<FlowLimitException>(() => new Factorial().RunAsync(new Ask(7)).Soon());

        Assert.Contains("5 run-time chosen calls", error.Message, StringComparison.Ordinal);
        Assert.Contains("factorial -> factorial -> factorial -> factorial -> factorial -> factorial -> factorial", error.Message, StringComparison.Ordinal);
        Assert.Equal("Below.Below.Below.Below.Below.Below", error.NodePath);
    }

    [Fact]
    public async Task A_failed_call_leaves_nothing_open_for_the_next_run()
    {
        Factorial workflow = new();
        for (int i = 0; i < 3; i++)
        {
            await Assert.ThrowsAsync<FlowLimitException>(() => workflow.RunAsync(new Ask(9)).Soon());
            Assert.Equal("120", (await workflow.RunAsync(new Ask(5)).Soon()).Text);
        }
    }

    [Fact]
    public async Task Recursion_in_a_held_run_has_one_identity_and_ends_with_its_cancellation()
    {
        await using Factorial.Handle run = new Factorial().Start(new Ask(5));
        Assert.Equal("120", (await run.Completion.Soon()).Text);
        Assert.Equal(NodeState.Completed, run[Factorial.NodeId.Below]);
        Assert.Equal(NodeState.Skipped, run[Factorial.NodeId.Trivial]);
    }

    [Fact]
    public async Task Boundary_events_stand_around_the_chosen_workflow()
    {
        RecordingObserver observer = new();
        await using FlowRuntime runtime = observer.Watch();
        await new Chooser(_ => Ref(new Doubles())) { Runtime = runtime }.RunAsync(new Ask(1)).Soon();

        Assert.Equal([">Call", "<Call Completed"], observer.Boundaries);
        Assert.Equal("Executing Completed", observer.StatesOf("Call.Work"));
        Assert.Single(observer.Events.Select(e => e.RunId).Distinct());
    }

    [Fact]
    public async Task Boundary_events_tell_of_failure_and_cancellation()
    {
        RecordingObserver observer = new();
        await using FlowRuntime runtime = observer.Watch();
        using CancellationTokenSource caller = new();
        Chooser workflow = new(_ => Ref(new WaitsAtGate(_gate))) { Runtime = runtime };
        Task<Answer> cancelled = workflow.RunAsync(new Ask(1), caller.Token).AsTask();
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.Soon());
        _gate.Fail(new BoomException("boom"));
        await Assert.ThrowsAsync<BoomException>(() => workflow.RunAsync(new Ask(1)).Soon());

        Assert.Equal([">Call", "<Call Cancelled", ">Call", "<Call Failed"], observer.Boundaries);
    }

    [Fact]
    public async Task What_is_refused_before_it_begins_fails_the_call()
    {
        RecordingObserver observer = new();
        await using FlowRuntime runtime = observer.Watch();
        await Assert.ThrowsAsync<FlowNotFoundException>(() => new Chooser(_ => default) { Runtime = runtime }.RunAsync(new Ask(1)).Soon());

        Assert.Equal(observer.Boundaries.Count(line => line[0] == '>'), observer.Boundaries.Count(line => line[0] == '<'));
    }

    [Fact]
    public async Task A_failure_of_the_chosen_workflow_is_handled_like_any_other()
    {
        _gate.Fail(new BoomException("boom"));
        Gate open = new();
        open.Open();

        Assert.Equal("boom", (await new Careful(_ => Ref(new WaitsAtGate(_gate)), open, _journal).RunAsync(new Ask(1)).Soon()).Text);
        Assert.Equal(["gone"], _journal.Entries);
    }

    [Fact]
    public async Task A_time_limit_of_the_call_ends_the_chosen_workflow()
    {
        FakeTimeProvider clock = new();
        await using FlowRuntime runtime = new(new FlowRuntimeOptions { TimeProvider = clock });
        Gate open = new();
        open.Open();
        Task<Answer> run = new Careful(_ => Ref(new WaitsAtGate(_gate)), open, _journal) { Runtime = runtime }.RunAsync(new Ask(1)).AsTask();
        await _gate.Reached;
        clock.Advance(TimeSpan.FromHours(2));

        Assert.Equal("TimeoutException", (await run.Soon()).Text);
        Assert.Equal(0, _gate.Waiting);
    }

    [Fact]
    public async Task A_chosen_workflow_waits_and_sends_through_the_handle_of_the_run()
    {
        await using Chooser.Handle run = new Chooser(_ => Ref(new AsksAndSends())).Start(new Ask(3));
        FlowSignal<One, Answer> signal = run.Signal<One, Answer>("Call.Approve");
        Assert.True(await signal.WhenPendingAsync().Soon());
        Assert.Equal(new One(3), signal.Request);
        Assert.True(signal.TrySet(new Answer("yes")));

        Assert.Equal("yes", (await run.Completion.Soon()).Text);
        List<string> words = [];
        await foreach (string word in run.Stream<string>("Call.words"))
        {
            words.Add(word);
        }

        Assert.Equal(["word 3"], words);
        Assert.False(signal.TrySet(new Answer("no")));
        Assert.False(await signal.WhenPendingAsync().Soon());
    }

    [Fact]
    public async Task What_a_chosen_workflow_would_ask_or_send_is_over_when_the_call_is()
    {
        _gate.Open();
        Gate after = new();
        await using Careful.Handle run = new Careful(_ => Ref(new WaitsAtGate(_gate)), after, _journal).Start(new Ask(3));
        await after.Reached;

        Assert.False(await run.Signal<One, Answer>("Call.Approve").WhenPendingAsync().Soon());
        Assert.True(run.Stream<string>("Call.words").HasEnded);
        after.Open();
        await run.Completion.Soon();
    }

    [Fact]
    public async Task Chosen_for_each_element_they_ask_by_position()
    {
        AsksAndSends chosen = new();
        await using CallsEach.Handle run = new CallsEach(_ => Ref(chosen)).Start([new Ask(1), new Ask(2)]);
        FlowSignals<int, One, Answer> signals = run.Signals<int, One, Answer>("Call.Approve");
        Assert.Equal([0, 1], signals.Pending.Select(request => request.Key).Order());
        Assert.True(signals[1].TrySet(new Answer("two")));
        Assert.True(signals[0].TrySet(new Answer("one")));

        Assert.Equal("one|two", (await run.Completion.Soon()).Text);
    }

    [Fact]
    public async Task A_run_that_is_cancelled_while_the_chosen_workflow_asks()
    {
        Chooser workflow = new(_ => Ref(new AsksAndSends()));
        await using Chooser.Handle run = workflow.Start(new Ask(3));
        FlowSignal<One, Answer> signal = run.Signal<One, Answer>("Call.Approve");
        Assert.True(signal.IsPending);
        run.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Completion.Soon());
        Assert.False(signal.TrySet(new Answer("late")));
        await using Chooser.Handle next = workflow.Start(new Ask(4));
        Assert.True(next.Signal<One, Answer>("Call.Approve").TrySet(new Answer("yes")));
        Assert.Equal("yes", (await next.Completion.Soon()).Text);
    }

    [Fact]
    public async Task A_chosen_workflow_that_is_paused()
    {
        Gate second = new();
        await using Chooser.Handle run = new Chooser(_ => Ref(new Outside.Steps(_gate, second, _journal))).Start(new Ask(3));
        run.Pause();
        _gate.Open();
        Assert.Equal(["first"], _journal.Entries);
        Assert.Equal(2, run.Memory.Frames);
        run.Resume();
        await second.Reached;
        second.Open();

        Assert.Equal("3", (await run.Completion.Soon()).Text);
    }

    [Fact]
    public async Task What_a_chosen_workflow_did_is_undone_when_the_run_fails_later()
    {
        Gate after = new();
        Task<Answer> run = new Careful(_ => Ref(new Books(_journal)), after, _journal).RunAsync(new Ask(6)).AsTask();
        await after.Reached;
        after.Fail(new BoomException("later"));

        Assert.Equal("later", (await Assert.ThrowsAsync<BoomException>(() => run.Soon())).Message);
        Assert.Equal(["book", "unbook 6"], _journal.Entries);
    }

    internal static FlowRef<Ask, Answer> Ref(IFlow<Ask, Answer> flow) => new(flow);
}
