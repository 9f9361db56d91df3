namespace Behaviour.Policies;

/// <summary>Nodes with policies run without a frame as long as none fails or has to wait. What then takes over knows everything that has been done.</summary>
public sealed class HandedOverTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly Gate _gate = new();
    private readonly Journal _journal = new();

    [Theory]
    [InlineData(4, "try 4 5 ")]
    [InlineData(5, "try 5 6 7")]
    public async Task Nothing_fails(int number, string attempt)
    {
        Assert.Equal($"{number + 1} {number + 1}", (await Run(number)).Text);
        Assert.Equal([attempt], _journal.Entries);
    }

    [Theory]
    [InlineData(4, "try 4 5 ")]
    [InlineData(5, "try 5 6 7")]
    public async Task Another_try_has_the_arguments_of_the_first(int number, string attempt)
    {
        Assert.Equal($"{number + 1} {number + 1}", (await Run(number, new BoomException("boom"))).Text);
        Assert.Equal([attempt, attempt], _journal.Entries);
    }

    [Fact]
    public async Task A_handler_has_what_came_before()
    {
        Assert.Equal("-1 6", (await Run(5, new BoomException("first"), new IOException("second"))).Text);
        Assert.Equal(["try 5 6 7", "try 5 6 7", "instead second 7"], _journal.Entries);
    }

    [Theory]
    [InlineData(4, "undo always 5")]
    [InlineData(5, "undo sometimes 7", "undo always 6")]
    public async Task What_has_completed_is_undone_when_the_last_try_fails(int number, params string[] undone)
    {
        BoomException error = await Assert.ThrowsAsync<BoomException>(() => Run(number, new BoomException("first"), new BoomException("second")));

        Assert.Equal("second", error.Message);
        Assert.Equal(undone, _journal.Entries.Skip(2));
    }

    [Fact]
    public async Task What_has_completed_is_undone_when_a_node_without_policies_fails()
    {
        BoomException error = await Assert.ThrowsAsync<BoomException>(async () => await new HandsOver(new Trouble(), Trouble.Times(1), _journal).RunAsync(new Ask(5)));

        Assert.Equal("boom 1", error.Message);
        Assert.Equal(["try 5 6 7", "undo work 6", "undo sometimes 7", "undo always 6"], _journal.Entries);
    }

    [Fact]
    public async Task A_cancelled_run_is_not_retried_and_is_undone()
    {
        using CancellationTokenSource source = new();
        IsCancelledWithin workflow = new(source, _journal);

        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await workflow.RunAsync(new Ask(5), source.Token));

        Assert.Equal(source.Token, error.CancellationToken);
        Assert.Equal(["work", "undo 5"], _journal.Entries);
    }

    [Fact]
    public async Task A_failure_below_is_handled_above()
    {
        Assert.Equal("-1 3", (await new HandsOverBelow(new InnerWork(Trouble.Times(1)), _journal).RunAsync(new Ask(3))).Text);
        Assert.Equal(["instead boom 1 3"], _journal.Entries);
    }

    [Fact]
    public async Task A_limit_cancels_the_token_of_its_own_node_only()
    {
        KeepsItsToken workflow = new(_gate, _journal) { Runtime = Clocked() };
        ValueTask<Answer> run = workflow.RunAsync(new Ask(7));
        _clock.Advance(TimeSpan.FromSeconds(1));
        _gate.Release();

        Assert.Equal("7", (await run.Soon()).Text);
        Assert.Equal(["kept False", "kept False"], _journal.Entries);
    }

    [Fact]
    public async Task What_a_body_leaves_on_its_token_hears_of_no_later_run()
    {
        LeavesItsMark workflow = new(_gate, _journal) { Runtime = Clocked() };
        for (int i = 0; i < 3; i++)
        {
            await workflow.RunAsync(new Ask(i));
        }

        ValueTask<Answer> run = workflow.RunAsync(new Ask(3));
        _clock.Advance(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAsync<TimeoutException>(() => run.Soon());
        Assert.Equal(["heard 3"], _journal.Entries);
    }

    [Fact]
    public async Task The_caller_cancels_the_token_of_the_node_that_executes_and_no_other()
    {
        using CancellationTokenSource source = new();
        HearsItsCaller workflow = new(source, _gate, _journal);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await workflow.RunAsync(new Ask(1), source.Token));
        Assert.Equal(["second hears 1", "False True"], _journal.Entries);

        // Nothing of that is left behind for the next run.
        using CancellationTokenSource other = new();
        Assert.Equal("0", (await workflow.RunAsync(new Ask(0), other.Token)).Text);
        Assert.Equal(["second hears 1", "False True", "False False"], _journal.Entries);
    }

    [Fact]
    public async Task The_caller_cancels_the_token_of_the_node_that_waits_and_no_other()
    {
        using CancellationTokenSource source = new();
        ValueTask<Answer> run = new HearsItsCaller(source, _gate, _journal).RunAsync(new Ask(2), source.Token);
        Assert.False(run.IsCompleted);
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(["second hears 2"], _journal.Entries);
    }

    [Fact]
    public async Task A_caller_that_cancels_when_the_run_is_over_is_not_heard()
    {
        using CancellationTokenSource source = new();
        HearsItsCaller workflow = new(source, _gate, _journal);
        await workflow.RunAsync(new Ask(0), source.Token);
        await source.CancelAsync();

        Assert.Equal(["False False"], _journal.Entries);
    }

    [Fact]
    public async Task A_caller_that_cancels_at_any_moment_is_heard_by_no_later_run()
    {
        HearsItsCaller workflow = new(new CancellationTokenSource(), _gate, _journal);
        for (int i = 0; i < 2_000; i++)
        {
            using CancellationTokenSource source = new();
            Task cancelling = Task.Run(source.Cancel);
            try
            {
                await workflow.RunAsync(new Ask(0), source.Token);
            }
            catch (OperationCanceledException error) when (error.CancellationToken == source.Token)
            {
                // It came in time.
            }

            using CancellationTokenSource other = new();
            int before = _journal.Entries.Count;
            Assert.Equal("0", (await workflow.RunAsync(new Ask(0), other.Token)).Text);
            await cancelling;

            // The first run's callbacks may still come; the second run's tokens stay as they are.
            Assert.Equal("0", (await workflow.RunAsync(new Ask(0), other.Token)).Text);
            Assert.All(_journal.Entries.Skip(before).Where(entry => entry[0] == 'F'), entry => Assert.Equal("False False", entry));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task The_context_is_that_of_the_run(int failures)
    {
        string last = (await new KeepsContext(Trouble.Times(failures), _journal).RunAsync(new Ask(7))).Text;

        Assert.Equal(failures == 1 ? "7" : "-1", last);
        Assert.Equal(failures == 1 ? ["work inside", "work inside"] : ["work inside", "work inside", "instead inside boom 2"], _journal.Entries);
        Assert.Null(KeepsContext.Place);
    }

    [Theory]
    [InlineData(0, "first 7 True", "second 7", "third 7", "fourth 7", "last 7")]
    [InlineData(1, "first 7 True", "first 7 True", "second 7", "third 7", "fourth 7", "last 7")]
    public async Task Nodes_without_values(int failures, params string[] entries)
    {
        ValueTask run = new HandsOverNothing(Trouble.Times(failures), _gate, _journal).RunAsync(new Ask(7));
        Assert.False(run.IsCompleted);
        _gate.Release();
        await run.AsTask().Soon();

        Assert.Equal(entries, _journal.Entries);
    }

    [Fact]
    public async Task Nodes_without_values_that_fail_in_turn()
    {
        Trouble trouble = new(new BoomException("1"), new BoomException("2"));
        BoomException error = await Assert.ThrowsAsync<BoomException>(async () => await new HandsOverNothing(trouble, _gate, _journal).RunAsync(new Ask(7)));

        Assert.Equal("2", error.Message);
        Assert.Equal(["first 7 True", "first 7 True"], _journal.Entries);
    }

    private async Task<Answer> Run(int number, params Exception[] errors) => await new HandsOver(new Trouble(errors), Trouble.Times(0), _journal).RunAsync(new Ask(number));

    private FlowRuntime Clocked() => new(new FlowRuntimeOptions { TimeProvider = _clock });
}
