namespace Behaviour.Elements;

/// <summary>With Rest = Ignore the node completes, and what it ignores is awaited before the activation ends.</summary>
public sealed class LingeringTests
{
    private readonly Gate[] _gates = [new(), new(), new(), new()];
    private readonly Journal _journal = new();

    [Fact]
    public async Task The_run_awaits_what_lingers_when_everything_else_is_done()
    {
        Task<Answer> run = new TakesTheFirst(_gates, _journal).RunAsync(Items()).AsTask();
        _gates[2].Open();
        Assert.Equal(["done 2", "show"], _journal.Entries);
        Assert.False(run.IsCompleted);
        _gates[0].Open();
        Assert.False(run.IsCompleted);
        _gates[1].Open();
        Assert.False(run.IsCompleted);
        _gates[3].Open();

        Assert.Equal("2", (await run.Soon()).Text);
        Assert.Equal(["done 2", "show", "done 0", "done 1", "done 3"], _journal.Entries);
    }

    [Fact]
    public async Task What_lingers_may_end_before_the_rest_of_the_run()
    {
        Gate showing = new();
        Task<Answer> run = new TakesTheFirst(_gates, _journal, showing).RunAsync(Items()).AsTask();
        _gates[1].Open();
        OpenAll();
        Assert.False(run.IsCompleted);
        showing.Open();

        Assert.Equal("1", (await run.Soon()).Text);
    }

    [Fact]
    public async Task A_first_element_that_completes_at_once_starts_no_other()
    {
        _gates[0].Open();

        Assert.Equal("0", (await new TakesTheFirst(_gates, _journal).RunAsync(Items()).Soon()).Text);
        Assert.Equal(["done 0", "show"], _journal.Entries);
    }

    [Fact]
    public async Task A_flattened_child_awaits_what_lingers_before_its_parent_goes_on()
    {
        Task<Answer> run = new AsksInPart(new TakesTheFirst(_gates, _journal), _journal).RunAsync(Items()).AsTask();
        _gates[2].Open();
        Assert.Equal(["done 2", "show"], _journal.Entries);
        OpenAll();

        Assert.Equal("2 1", (await run.Soon()).Text);
        Assert.Equal("after", _journal.Entries[^1]);
    }

    [Fact]
    public async Task A_child_s_boundary_closes_after_what_lingers_in_it()
    {
        RecordingObserver observer = new();
        AsksDeeper workflow = new(new AsksInPart(new TakesTheFirst(_gates, _journal), _journal), _journal) { Runtime = observer.Watch() };
        Task<One> run = workflow.RunAsync(Items()).AsTask();
        _gates[2].Open();
        Assert.Equal([">Part", ">Part.Part"], observer.Boundaries);
        OpenAll();

        Assert.Equal(3, (await run.Soon()).Number);
        Assert.Equal([">Part", ">Part.Part", "<Part.Part Completed", "<Part Completed"], observer.Boundaries);
    }

    [Fact]
    public async Task Each_element_awaits_what_lingers_in_it()
    {
        Task<Answer> run = new AsksForEach(new TakesTheFirst(_gates, _journal)).RunAsync([[new(0), new(1)], [new(2), new(3)]]).AsTask();
        _gates[0].Open();
        _gates[3].Open();
        Assert.False(run.IsCompleted);
        _gates[1].Open();
        Assert.False(run.IsCompleted);
        _gates[2].Open();

        Assert.Equal("0|3", (await run.Soon()).Text);
    }

    [Fact]
    public async Task Activations_that_linger_are_awaited_and_own_their_state()
    {
        Task<Answer> run = new LetsPartsLinger(new Slow(_gates, _journal), _journal).RunAsync(Items()).AsTask();
        _gates[1].Open();
        Assert.Equal(["end 1", "close"], _journal.Entries);
        Assert.False(run.IsCompleted);
        OpenAll();

        Assert.Equal("1", (await run.Soon()).Text);
        Assert.Equal(["end 1", "close", "end 0", "end 2", "end 3"], _journal.Entries);
    }

    [Fact]
    public async Task A_failure_after_it_cancels_what_lingers_and_awaits_it()
    {
        Gate showing = new();
        Task<Answer> run = new TakesTheFirst(_gates, _journal, showing).RunAsync(Items()).AsTask();
        _gates[1].Open();
        await showing.Reached;
        showing.Fail(new BoomException("show"));

        Assert.Equal("show", (await Assert.ThrowsAsync<BoomException>(() => run.Soon())).Message);
        Assert.Equal(["done 1", "show", "cancelled 0", "cancelled 2", "cancelled 3"], Sorted(2));
    }

    [Fact]
    public async Task Cancellation_reaches_what_lingers()
    {
        using CancellationTokenSource cts = new();
        Gate showing = new();
        Task<Answer> run = new TakesTheFirst(_gates, _journal, showing).RunAsync(Items(), cts.Token).AsTask();
        _gates[1].Open();
        await showing.Reached;
        await cts.CancelAsync();

        Assert.Equal(cts.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon())).CancellationToken);
        Assert.Equal(["done 1", "show", "cancelled 0", "cancelled 2", "cancelled 3"], Sorted(2));
    }

    [Fact]
    public async Task Cancellation_that_finds_nothing_else_does_not_undo_the_result()
    {
        using CancellationTokenSource cts = new();
        Task<Answer> run = new TakesTheFirst(_gates, _journal).RunAsync(Items(), cts.Token).AsTask();
        _gates[1].Open();
        await cts.CancelAsync();

        Assert.Equal("1", (await run.Soon()).Text);
        Assert.Equal(["done 1", "show", "cancelled 0", "cancelled 2", "cancelled 3"], Sorted(2));
    }

    [Fact]
    public async Task The_failure_of_what_lingers_is_ignored()
    {
        Task<Answer> run = new TakesTheFirst(_gates, _journal).RunAsync(Items()).AsTask();
        _gates[1].Open();
        _gates[0].Fail(new BoomException("late"));
        _gates[2].Fail(new BoomException("later"));
        Assert.False(run.IsCompleted);
        _gates[3].Open();

        Assert.Equal("1", (await run.Soon()).Text);
    }

    [Fact]
    public async Task An_end_cancels_what_lingers_and_awaits_it()
    {
        Task<Answer> run = new EndsOverLingering(_gates, _journal).RunAsync(Items()).AsTask();
        _gates[3].Open();

        Assert.Equal("3", (await run.Soon()).Text);
        Assert.Equal(["cancelled 0", "cancelled 1", "cancelled 2"], Sorted(0));
    }

    [Fact]
    public async Task The_same_object_lingers_again_and_in_two_runs_at_once()
    {
        TakesTheFirst workflow = new(_gates, _journal);
        for (int round = 0; round < 3; round++)
        {
            Gate[] gates = [new(), new(), new(), new()];
            gates.CopyTo(_gates, 0);
            Task<Answer> one = workflow.RunAsync(Items()).AsTask();
            Task<Answer> two = workflow.RunAsync(Items()).AsTask();
            gates[round].Open();
            Assert.False(one.IsCompleted || two.IsCompleted);
            OpenAll();
            Assert.Equal([$"{round}", $"{round}"], (await Task.WhenAll(one, two).Soon()).Select(a => a.Text));
        }
    }

    [Fact]
    public async Task What_lingers_may_end_on_many_threads_at_once()
    {
        for (int i = 0; i < 50; i++)
        {
            Gate[] gates = [new(), new(), new(), new()];
            Task<Answer> run = new TakesTheFirst(gates, _journal).RunAsync(Items()).AsTask();
            await Crowd.Run(4, number => gates[number].Open());
            Assert.Contains((await run.Soon()).Text, new[] { "0", "1", "2", "3" });
        }
    }

    private static Item[] Items() => [new(0), new(1), new(2), new(3)];

    /// <summary>What came first, and what came in whatever order.</summary>
    private string[] Sorted(int first) => [.. _journal.Entries.Take(first), .. _journal.Entries.Skip(first).Order(StringComparer.Ordinal)];

    private void OpenAll()
    {
        foreach (Gate gate in _gates)
        {
            gate.Open();
        }
    }
}
