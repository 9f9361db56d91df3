namespace Behaviour.Joins;

[Workflow(Id = "Two of them", MaxConcurrentRuns = 2)]
internal sealed partial class TwoRuns(Gate gate)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    One First(Ask ask) => ask.Number < 0 ? throw new BoomException("negative") : new One(ask.Number);

    [Node]
    ValueTask<Answer> Second(One one, CancellationToken ct) => gate.Wait(new Answer($"{one.Number}"), ct);
}

[Workflow(Id = "One or none", MaxConcurrentRuns = 1, WhenFull = WhenFull.Reject)]
internal sealed partial class OneRun(Gate gate)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    ValueTask<Answer> Second(Ask ask, CancellationToken ct) => ask.Number < 0 ? throw new BoomException("negative") : gate.Wait(new Answer($"{ask.Number}"), ct);
}

/// <summary>As a part it does not count.</summary>
[Workflow]
internal sealed partial class ThreeParts(OneRun part)
{
    public partial ValueTask<Answer> RunAsync(Ask[] asks, CancellationToken ct = default);

    [SubWorkflow(nameof(part))]
    private partial ValueTask<Answer> Part([Each(MaxParallelism = 0)] Ask ask);

    [Node]
    static One Count([From(nameof(Part))] Answer[] parts) => new(parts.Length);

    [Node]
    static Answer Close(One one) => new($"{one.Number}");
}

/// <summary>How many runs of one object may be going on, and what becomes of those that find no place.</summary>
public sealed class MaxConcurrentRunsTests
{
    private readonly Gate _gate = new();

    [Fact]
    public async Task A_run_that_finds_no_place_waits_its_turn()
    {
        TwoRuns workflow = new(_gate);
        Task<Answer>[] runs = [.. Enumerable.Range(0, 5).Select(n => workflow.RunAsync(new Ask(n)).AsTask())];
        for (int i = 0; i < 5; i++)
        {
            await _gate.ReachedBy(Math.Min(5, i + 2));
            Assert.Equal(Math.Min(2, 5 - i), _gate.Waiting);
            _gate.Release();
            Assert.Equal($"{i}", (await runs[i].Soon()).Text);
        }

        Assert.Equal(2, _gate.MostWaiting);
    }

    [Fact]
    public async Task A_run_that_fails_gives_its_place_back()
    {
        TwoRuns workflow = new(_gate);
        for (int i = 0; i < 5; i++)
        {
            await Assert.ThrowsAsync<BoomException>(() => workflow.RunAsync(new Ask(-1)).Soon());
        }

        Task<Answer> one = workflow.RunAsync(new Ask(1)).AsTask();
        _gate.Fail(new BoomException("second"));
        await Assert.ThrowsAsync<BoomException>(() => one.Soon());
        _gate.Open();
        Assert.Equal("2", (await workflow.RunAsync(new Ask(2)).Soon()).Text);
    }

    [Fact]
    public async Task A_run_that_is_cancelled_while_it_waits_ends_at_once()
    {
        using CancellationTokenSource cts = new();
        TwoRuns workflow = new(_gate);
        Task<Answer> one = workflow.RunAsync(new Ask(1)).AsTask();
        Task<Answer> two = workflow.RunAsync(new Ask(2)).AsTask();
        Task<Answer> three = workflow.RunAsync(new Ask(3), cts.Token).AsTask();
        Task<Answer> four = workflow.RunAsync(new Ask(4)).AsTask();
        await cts.CancelAsync();
        Assert.Equal(cts.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => three.Soon())).CancellationToken);
        Assert.Equal(2, _gate.Waiting);
        _gate.Release();
        await _gate.ReachedBy(3);
        _gate.Open();

        Assert.Equal(["1", "2", "4"], (await Task.WhenAll(one, two, four).Soon()).Select(a => a.Text));
    }

    [Fact]
    public async Task A_run_that_is_cancelled_beforehand_takes_no_place()
    {
        using CancellationTokenSource cts = new();
        await cts.CancelAsync();
        TwoRuns workflow = new(_gate);
        for (int i = 0; i < 5; i++)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => workflow.RunAsync(new Ask(1), cts.Token).Soon());
        }

        _gate.Open();
        Assert.Equal("2", (await workflow.RunAsync(new Ask(2)).Soon()).Text);
    }

    [Fact]
    public async Task A_run_that_does_not_wait_is_refused()
    {
        OneRun workflow = new(_gate);
        Task<Answer> one = workflow.RunAsync(new Ask(1)).AsTask();
        ValueTask<Answer> refused = workflow.RunAsync(new Ask(2));
        FlowLimitException error = await Assert.ThrowsAsync<FlowLimitException>(() => refused.Soon());
        Assert.Equal("One or none", error.WorkflowId);
        _gate.Open();

        Assert.Equal("1", (await one.Soon()).Text);
        Assert.Equal("3", (await workflow.RunAsync(new Ask(3)).Soon()).Text);
    }

    [Fact]
    public async Task After_any_outcome_the_next_run_is_let_in()
    {
        OneRun workflow = new(_gate);
        using CancellationTokenSource cts = new();
        await Assert.ThrowsAsync<BoomException>(() => workflow.RunAsync(new Ask(-1)).Soon());
        Task<Answer> cancelled = workflow.RunAsync(new Ask(1), cts.Token).AsTask();
        await cts.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.Soon());
        _gate.Open();
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal($"{i}", (await workflow.RunAsync(new Ask(i)).Soon()).Text);
        }
    }

    [Fact]
    public async Task Another_object_has_places_of_its_own()
    {
        Task<Answer> one = new OneRun(_gate).RunAsync(new Ask(1)).AsTask();
        Task<Answer> two = new OneRun(_gate).RunAsync(new Ask(2)).AsTask();
        _gate.Open();

        Assert.Equal(["1", "2"], (await Task.WhenAll(one, two).Soon()).Select(a => a.Text));
    }

    [Fact]
    public async Task Parts_do_not_count()
    {
        OneRun part = new(_gate);
        Task<Answer> one = part.RunAsync(new Ask(1)).AsTask();
        Task<Answer> three = new ThreeParts(part).RunAsync([new(1), new(2), new(3)]).AsTask();
        Assert.Equal(4, _gate.Waiting);
        _gate.Open();

        Assert.Equal(["1", "3"], (await Task.WhenAll(one, three).Soon()).Select(a => a.Text));
    }

    [Fact]
    public async Task A_held_run_waits_too_and_can_be_cancelled()
    {
        TwoRuns workflow = new(_gate);
        Task<Answer> one = workflow.RunAsync(new Ask(1)).AsTask();
        Task<Answer> two = workflow.RunAsync(new Ask(2)).AsTask();
        await using (TwoRuns.Handle held = workflow.Start(new Ask(3)))
        {
            Assert.Equal(RunStatus.Pending, held.Status);
            Assert.True(held.Cancel());
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => held.Completion.Soon());
            Assert.Equal(RunStatus.Cancelled, held.Status);
        }

        _gate.Open();
        Assert.Equal(["1", "2"], (await Task.WhenAll(one, two).Soon()).Select(a => a.Text));
    }

    [Fact]
    public async Task Many_threads_may_come_at_once()
    {
        Gate open = new();
        open.Open();
        TwoRuns workflow = new(open);
        await Crowd.Run(4, number =>
        {
            for (int i = 0; i < 200; i++)
            {
                Assert.Equal($"{number}", workflow.RunAsync(new Ask(number)).Soon().GetAwaiter().GetResult().Text);
            }
        });

        Assert.Equal(800, open.Arrivals);
    }
}
