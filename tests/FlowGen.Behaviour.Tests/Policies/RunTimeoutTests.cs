namespace Behaviour.Policies;

/// <summary>A whole run is limited.</summary>
[Workflow, Timeout(Seconds = 5)]
internal sealed partial class LimitsTheRun(Gate gate, Gate leaving, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    One Book(Ask ask) => journal.Add("book", new One(ask.Number));

    [Compensate(nameof(Book))]
    void Cancel(One one, Exception reason) => journal.Add($"cancel {one.Number} because of {reason.GetType().Name}");

    [Node]
    async ValueTask<Two> Work(One one, CancellationToken ct)
    {
        try
        {
            await gate.Wait(ct);
        }
        catch (OperationCanceledException)
        {
            await leaving.Wait(CancellationToken.None);
            throw;
        }

        return new Two(one.Number);
    }

    [Node]
    Answer Show(Two two) => journal.Add("show", new Answer($"{two.Number}"));
}

[Workflow, Timeout(From = nameof(Limit))]
internal sealed partial class ReadsTheLimitOfItsRun(Gate gate, Func<TimeSpan> limit)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    TimeSpan Limit() => limit();

    [Node]
    ValueTask<Answer> Work(Ask ask, CancellationToken ct) => gate.Wait(new Answer($"{ask.Number}"), ct);
}

/// <summary>Its last node takes no token.</summary>
[Workflow, Timeout(Seconds = 5)]
internal sealed partial class LimitsADeafRun(Gate gate)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    ValueTask<Answer> Work(Ask ask) => gate.Wait(new Answer($"{ask.Number}"));
}

/// <summary>Its nodes fail when they are cancelled, or before.</summary>
[Workflow, Timeout(Seconds = 5)]
internal sealed partial class FailsWhenItIsOverTime(Gate gate, Gate sibling)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    async ValueTask<One> Work(Ask ask, CancellationToken ct)
    {
        try
        {
            await gate.Wait(ct);
        }
        catch (OperationCanceledException cancelled)
        {
            throw new InvalidOperationException("when cancelled", cancelled);
        }

        throw new InvalidOperationException($"{ask.Number}");
    }

    [Node]
    ValueTask<Two> Beside(Ask ask) => sibling.Wait(new Two(ask.Number));

    [Node]
    Answer Join(One one, Two two) => new($"{one.Number + two.Number}");
}

/// <summary>The limited one is a part of another.</summary>
[Workflow]
internal sealed partial class CallsTheLimited(LimitsTheRun child, Gate beside, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow(nameof(child))]
    private partial ValueTask<Answer> Call(Ask ask);

    [Catch(nameof(Call))]
    Answer Instead(TimeoutException error) => journal.Add("instead", new Answer(error.Message));

    [Node]
    ValueTask<Three> Beside(Ask ask, CancellationToken ct) => beside.Wait(new Three(ask.Number), ct);

    [Node]
    void Wait(Three three) => _ = three.Number;
}

[Workflow]
internal sealed partial class RetriesTheLimited(LimitsTheRun child)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow(nameof(child)), Retry<TimeoutException>(1, DelayMs = 0)]
    private partial ValueTask<Answer> Call(Ask ask);
}

[Workflow]
internal sealed partial class CallsOneThatReads(ReadsTheLimitOfItsRun child)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow(nameof(child))]
    private partial ValueTask<Answer> Call(Ask ask);

    [Catch(nameof(Call))]
    static Answer Instead(Exception error) => new(error.Message);
}

public sealed class RunTimeoutTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly Tries _tries = new();
    private readonly Gate _gate = new();
    private readonly Gate _leaving = new();
    private readonly Gate _beside = new();
    private readonly Journal _journal = new();

    private LimitsTheRun Limited => new(_gate, _leaving, _journal) { Runtime = _tries.Watch(_clock) };

    [Fact]
    public async Task It_cancels_waits_and_undoes()
    {
        ValueTask<Answer> run = Limited.RunAsync(new Ask(7));
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.False(run.IsCompleted);
        Assert.Equal(1, _leaving.Arrivals);
        _leaving.Open();

        TimeoutException error = await Assert.ThrowsAsync<TimeoutException>(() => run.Soon());
        Assert.Contains(LimitsTheRun.Descriptor.Id, error.Message, StringComparison.Ordinal);
        Assert.Contains("00:00:05", error.Message, StringComparison.Ordinal);
        Assert.Equal(["book", "cancel 7 because of TimeoutException"], _journal.Entries);
        Assert.Equal("run Failed", _tries.Lines[^1]);
    }

    [Fact]
    public async Task In_time_nothing_happens_and_the_next_run_has_all_its_time()
    {
        LimitsTheRun workflow = Limited;
        for (int i = 0; i < 3; i++)
        {
            ValueTask<Answer> run = workflow.RunAsync(new Ask(i));
            _clock.Advance(TimeSpan.FromSeconds(4));
            _gate.Release();
            Assert.Equal($"{i}", (await run.Soon()).Text);
        }

        Assert.Equal(3, _journal.Count("show"));
    }

    [Fact]
    public async Task After_a_late_run_the_next_one_is_whole()
    {
        LimitsTheRun workflow = Limited;
        _leaving.Open();
        ValueTask<Answer> late = workflow.RunAsync(new Ask(1));
        _clock.Advance(TimeSpan.FromSeconds(5));
        await Assert.ThrowsAsync<TimeoutException>(() => late.Soon());
        ValueTask<Answer> run = workflow.RunAsync(new Ask(2));
        _gate.Open();

        Assert.Equal("2", (await run.Soon()).Text);
    }

    [Fact]
    public async Task Cancelled_before_the_limit_it_is_cancelled()
    {
        using CancellationTokenSource cts = new();
        ValueTask<Answer> run = Limited.RunAsync(new Ask(7), cts.Token);
        await cts.CancelAsync();
        _clock.Advance(TimeSpan.FromSeconds(9));
        _leaving.Open();

        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(cts.Token, error.CancellationToken);
        Assert.Equal("run Cancelled", _tries.Lines[^1]);
    }

    [Fact]
    public async Task A_value_that_comes_too_late_does_not_count()
    {
        ValueTask<Answer> run = new LimitsADeafRun(_gate) { Runtime = _tries.Watch(_clock) }.RunAsync(new Ask(7));
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.False(run.IsCompleted);
        _gate.Open();

        await Assert.ThrowsAsync<TimeoutException>(() => run.Soon());
    }

    [Fact]
    public async Task A_value_that_comes_too_late_does_not_count_though_the_caller_has_cancelled_meanwhile()
    {
        using CancellationTokenSource cts = new();
        ValueTask<Answer> run = new LimitsADeafRun(_gate) { Runtime = _tries.Watch(_clock) }.RunAsync(new Ask(7), cts.Token);
        _clock.Advance(TimeSpan.FromSeconds(5));
        await cts.CancelAsync();
        _gate.Open();

        await Assert.ThrowsAsync<TimeoutException>(() => run.Soon());
        Assert.Equal("run Failed", _tries.Lines[^1]);
    }

    [Fact]
    public async Task What_is_thrown_too_late_is_the_reason_and_not_the_error()
    {
        FailsWhenItIsOverTime workflow = new(_gate, _beside) { Runtime = _tries.Watch(_clock) };
        _beside.Open();
        ValueTask<Answer> run = workflow.RunAsync(new Ask(7));
        _clock.Advance(TimeSpan.FromSeconds(5));

        TimeoutException error = await Assert.ThrowsAsync<TimeoutException>(() => run.Soon());
        Assert.Equal("when cancelled", error.InnerException?.Message);
        Assert.Equal("run Failed", _tries.Lines[^1]);
    }

    [Fact]
    public async Task What_failed_in_time_is_the_error_though_its_siblings_take_too_long()
    {
        FailsWhenItIsOverTime workflow = new(_gate, _beside) { Runtime = _tries.Watch(_clock) };
        ValueTask<Answer> run = workflow.RunAsync(new Ask(7));
        _gate.Open();
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.False(run.IsCompleted);
        _beside.Open();

        Assert.Equal("7", (await Assert.ThrowsAsync<InvalidOperationException>(() => run.Soon())).Message);
    }

    [Fact]
    public async Task The_limit_may_be_read_from_a_member()
    {
        ReadsTheLimitOfItsRun workflow = new(_gate, () => TimeSpan.FromSeconds(2)) { Runtime = _tries.Watch(_clock) };
        ValueTask<Answer> run = workflow.RunAsync(new Ask(1));
        _clock.Advance(TimeSpan.FromSeconds(2));

        await Assert.ThrowsAsync<TimeoutException>(() => run.Soon());
    }

    [Fact]
    public async Task The_run_of_a_handle_is_limited_too()
    {
        _leaving.Open();
        await using LimitsTheRun.Handle run = Limited.Start(new Ask(7));
        _clock.Advance(TimeSpan.FromSeconds(5));

        await Assert.ThrowsAsync<TimeoutException>(() => run.Completion.Soon());
        Assert.Equal(RunStatus.Failed, run.Status);
    }

    [Fact]
    public async Task As_a_part_of_another_run_it_fails_like_a_node_and_leaves_the_others_alone()
    {
        CallsTheLimited workflow = new(Limited, _beside, _journal) { Runtime = _tries.Watch(_clock) };
        _leaving.Open();
        ValueTask<Answer> run = workflow.RunAsync(new Ask(7));
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(["book", "cancel 7 because of TimeoutException", "instead"], _journal.Entries);
        Assert.Equal(1, _beside.Waiting);
        _beside.Open();

        Assert.Contains("Call", (await run.Soon()).Text, StringComparison.Ordinal);
        Assert.Equal([">Call", "<Call Failed"], _tries.Boundaries);
    }

    [Fact]
    public async Task Each_activation_has_all_its_time()
    {
        _leaving.Open();
        ValueTask<Answer> run = new RetriesTheLimited(Limited) { Runtime = _tries.Watch(_clock) }.RunAsync(new Ask(7));
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(2, _gate.Arrivals);
        _clock.Advance(TimeSpan.FromSeconds(4));
        _gate.Open();

        Assert.Equal("7", (await run.Soon()).Text);
        Assert.Equal([">Call", "<Call Failed", ">Call", "<Call Completed"], _tries.Boundaries);
    }

    [Fact]
    public async Task A_limit_that_cannot_be_read_fails_the_run_before_its_first_node()
    {
        InvalidOperationException unknown = new("unknown");
        Queue<Func<TimeSpan>> limits = new([() => throw unknown, () => TimeSpan.Zero, () => TimeSpan.FromSeconds(2)]);
        ReadsTheLimitOfItsRun workflow = new(_gate, () => limits.Dequeue()()) { Runtime = _tries.Watch(_clock) };
        ValueTask<Answer> first = workflow.RunAsync(new Ask(1));
        ValueTask<Answer> second = workflow.RunAsync(new Ask(2));
        ValueTask<Answer> third = workflow.RunAsync(new Ask(3));
        _gate.Open();

        Assert.Same(unknown, await Assert.ThrowsAsync<InvalidOperationException>(() => first.Soon()));
        FlowInputException none = await Assert.ThrowsAsync<FlowInputException>(() => second.Soon());
        Assert.Equal((ReadsTheLimitOfItsRun.Descriptor.Id, 1), (none.WorkflowId, _gate.Arrivals));
        Assert.Equal("3", (await third.Soon()).Text);
        Assert.Equal(["run Failed", "run Failed", "run Completed"], _tries.Lines.Where(line => line.StartsWith("run ", StringComparison.Ordinal)));
        Assert.All(
            workflow.Runtime.GetMemory().Where(pool => pool.WorkflowId == ReadsTheLimitOfItsRun.Descriptor.Id),
            pool => Assert.Equal(0, pool.InUse));
    }

    [Fact]
    public async Task It_fails_the_run_of_a_handle_too()
    {
        InvalidOperationException unknown = new("unknown");
        ReadsTheLimitOfItsRun workflow = new(_gate, () => throw unknown);
        await using ReadsTheLimitOfItsRun.Handle run = workflow.Start(new Ask(1));

        Assert.Same(unknown, await Assert.ThrowsAsync<InvalidOperationException>(() => run.Completion.Soon()));
        Assert.Equal(RunStatus.Failed, run.Status);
    }

    [Fact]
    public async Task It_fails_a_part_of_another_run_like_a_node()
    {
        ReadsTheLimitOfItsRun child = new(_gate, () => throw new InvalidOperationException("unknown"));
        CallsOneThatReads workflow = new(child) { Runtime = _tries.Watch(_clock) };

        Assert.Equal("unknown", (await workflow.RunAsync(new Ask(1)).Soon()).Text);
        Assert.Equal([">Call", "<Call Failed"], _tries.Boundaries);
    }
}
