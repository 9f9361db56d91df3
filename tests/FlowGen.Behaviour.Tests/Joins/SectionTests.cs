namespace Behaviour.Joins;

/// <summary>Critical sections.</summary>
public sealed class SectionTests
{
    private readonly Gate[] _gates = [new(), new(), new(), new()];
    private readonly InFlight _printing = new();
    private readonly RecordingObserver _observer = new();

    [Fact]
    public async Task Nodes_of_a_section_never_overlap_and_come_in_order()
    {
        Task<Answer> run = new Prints(_gates, _printing) { Runtime = _observer.Watch() }.RunAsync(new Ask(1)).AsTask();
        Assert.Equal("Executing Waiting", _observer.StatesOf("B"));
        Assert.Equal(1, _gates[3].Waiting);
        _gates[0].Release();
        await _gates[1].Reached;
        Assert.Equal(0, _gates[2].Arrivals);
        _gates[1].Release();
        await _gates[2].Reached;
        _gates[2].Release();
        _gates[3].Release();

        Assert.Equal("4", (await run.Soon()).Text);
        Assert.Equal(1, _printing.Most);
        Assert.Equal("Executing Waiting Executing Completed", _observer.StatesOf("B"));
    }

    [Fact]
    public async Task Two_runs_do_overlap()
    {
        Prints workflow = new(_gates, _printing);
        Task<Answer> one = workflow.RunAsync(new Ask(1)).AsTask();
        Task<Answer> two = workflow.RunAsync(new Ask(2)).AsTask();
        Assert.Equal(2, _printing.Now);
        foreach (Gate gate in _gates)
        {
            gate.Open();
        }

        Assert.Equal(["4", "8"], (await Task.WhenAll(one, two).Soon()).Select(a => a.Text));
    }

    [Fact]
    public async Task One_that_fails_releases_the_section()
    {
        Task<Answer> run = new PrintsIfItCan(_gates).RunAsync(new Ask(1)).AsTask();
        _gates[0].Fail(new BoomException("A"));
        await _gates[1].Reached;
        _gates[1].Release();

        Assert.Equal(" 1", (await run.Soon()).Text);
    }

    [Fact]
    public async Task The_failure_of_the_run_reaches_those_that_wait()
    {
        Task<Answer> run = new Prints(_gates, _printing) { Runtime = _observer.Watch() }.RunAsync(new Ask(1)).AsTask();
        _gates[3].Fail(new BoomException("D"));

        Assert.Equal("D", (await Assert.ThrowsAsync<BoomException>(() => run.Soon())).Message);
        Assert.Equal(1, _printing.Total);
        Assert.Equal("Executing Waiting Cancelled", _observer.StatesOf("B"));
    }

    [Fact]
    public async Task Cancellation_reaches_those_that_wait()
    {
        using CancellationTokenSource cts = new();
        Prints workflow = new(_gates, _printing);
        Task<Answer> run = workflow.RunAsync(new Ask(1), cts.Token).AsTask();
        await cts.CancelAsync();
        Assert.Equal(cts.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon())).CancellationToken);

        // What was left is free again for the next run of the same object.
        Task<Answer> next = workflow.RunAsync(new Ask(1)).AsTask();
        foreach (Gate gate in _gates)
        {
            gate.Open();
        }

        Assert.Equal("4", (await next.Soon()).Text);
    }

    [Fact]
    public async Task Sections_named_in_any_order_do_not_block_each_other()
    {
        for (int i = 0; i < 100; i++)
        {
            InFlight inFlight = new();
            Gate open = new();
            open.Open();
            PrintsAndCalls workflow = new([open, open], inFlight);
            Assert.Equal("2", (await workflow.RunAsync(new Ask(1)).Soon()).Text);
            Assert.Equal(1, inFlight.Most);
        }

        Task<Answer> run = new PrintsAndCalls(_gates, _printing).RunAsync(new Ask(1)).AsTask();
        Assert.Equal(1, _printing.Now);
        _gates[0].Release();
        await _gates[1].Reached;
        _gates[1].Release();
        Assert.Equal("2", (await run.Soon()).Text);
    }

    [Fact]
    public async Task A_part_holds_its_section_until_it_has_ended_and_is_inside_already()
    {
        Gate gate = new();
        Task<Answer> run = new PrintsParts(new PrintJob(gate, _printing)) { Runtime = _observer.Watch() }.RunAsync(new Ask(1)).AsTask();
        for (int i = 1; i <= 4; i++)
        {
            await gate.ReachedBy(i);
            Assert.Equal(1, gate.Waiting);
            gate.Release();
        }

        Assert.Equal("2", (await run.Soon()).Text);
        Assert.InRange(_observer.IndexOf("<First Completed"), 0, _observer.IndexOf("Second.Page Executing"));
    }

    [Fact]
    public async Task A_section_reaches_into_parts()
    {
        Gate gate = new();
        Task<Answer> run = new PrintsInParts(new PrintJob(gate, _printing)).RunAsync(new Ask(1)).AsTask();
        Assert.Equal(1, gate.Waiting);
        gate.Open();

        Assert.Equal("2", (await run.Soon()).Text);
        Assert.Equal(1, _printing.Most);
        Assert.Equal(2, _printing.Total);
    }

    [Fact]
    public async Task Elements_enter_one_at_a_time()
    {
        Gate gate = new();
        Task<int[]> run = new PrintsEach(gate, _printing).RunAsync([1, 2, 3]).AsTask();
        for (int i = 1; i <= 3; i++)
        {
            await gate.ReachedBy(i);
            gate.Release();
        }

        int[] pages = await run.Soon();
        Assert.Equal([1, 2, 3], pages);
        Assert.Equal(1, _printing.Most);
    }

    [Fact]
    public async Task Elements_that_wait_are_cancelled_with_the_one_that_fails()
    {
        Gate gate = new();
        Task<int[]> run = new PrintsEach(gate, _printing).RunAsync([1, 2, 3]).AsTask();
        gate.Fail(new BoomException("page"));

        Assert.Equal("page", (await Assert.ThrowsAsync<BoomException>(() => run.Soon())).Message);
        Assert.Equal(1, _printing.Total);
    }

    [Fact]
    public async Task Many_threads_may_come_at_once()
    {
        Gate open = new();
        open.Open();
        PrintsEach workflow = new(open, _printing);
        await Crowd.Run(4, _ =>
        {
            for (int i = 0; i < 20; i++)
            {
                InFlight own = new();
                Assert.Equal([1, 2, 3, 4], new PrintsEach(open, own).RunAsync([1, 2, 3, 4]).Soon().GetAwaiter().GetResult());
                Assert.Equal(1, own.Most);
            }
        });
        int[] page = await workflow.RunAsync([1]).Soon();
        Assert.Equal([1], page);
    }
}
