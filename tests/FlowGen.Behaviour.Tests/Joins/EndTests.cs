namespace Behaviour.Joins;

/// <summary>Explicit termination.</summary>
public sealed class EndTests
{
    private readonly Gate[] _gates = [new(), new(), new(), new()];
    private readonly Journal _journal = new();
    private readonly RecordingObserver _observer = new();

    [Fact]
    public async Task What_executes_is_cancelled_and_awaited_and_nothing_else_starts()
    {
        Task<Answer> run = new EndsEarly(_gates, _journal).RunAsync(new Ask(3)).AsTask();
        _gates[0].Release();
        _gates[1].Release();
        Assert.Equal(["leaves"], _journal.Entries);
        Assert.False(run.IsCompleted);
        _gates[3].Release();

        Assert.Equal("stopped 3", (await run.Soon()).Text);
        Assert.Equal(["leaves"], _journal.Entries);
    }

    [Fact]
    public async Task Where_it_is_skipped_everything_runs()
    {
        Task<Answer> run = new EndsEarly(_gates, _journal).RunAsync(new Ask(4)).AsTask();
        _gates[0].Release();
        _gates[2].Release();

        Assert.Equal("8", (await run.Soon()).Text);
    }

    [Fact]
    public async Task The_run_has_completed_and_its_rest_is_cancelled()
    {
        EndsEarly workflow = new(_gates, _journal) { Runtime = _observer.Watch() };
        _gates[3].Open();
        Task<Answer> run = workflow.RunAsync(new Ask(3)).AsTask();
        _gates[0].Release();
        _gates[1].Release();

        await run.Soon();
        Assert.Equal("run Completed", _observer.Lines[^1]);
        Assert.Equal("Executing Cancelled", _observer.StatesOf("Long"));
        Assert.Equal("Executing Completed", _observer.StatesOf("Stop"));
        Assert.DoesNotContain("Executing", _observer.StatesOf("Close"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_fails_on_its_way_out_does_not_matter()
    {
        Task<Answer> run = new EndsEarly(_gates, _journal).RunAsync(new Ask(3)).AsTask();
        _gates[0].Release();
        _gates[1].Release();
        _gates[3].Fail(new BoomException("late"));

        Assert.Equal("stopped 3", (await run.Soon()).Text);
        Assert.Equal(["leaves"], _journal.Entries);
    }

    [Fact]
    public async Task A_failure_that_came_first_decides()
    {
        Task<Answer> run = new TwoEnds(_gates).RunAsync(new Ask(1)).AsTask();
        _gates[2].Fail(new BoomException("beside"));
        _gates[0].Release();
        _gates[1].Release();

        Assert.Equal("beside", (await Assert.ThrowsAsync<BoomException>(() => run.Soon())).Message);
    }

    [Theory]
    [InlineData(0, "first 1")]
    [InlineData(1, "second 1")]
    public async Task Of_two_ends_the_first_decides(int first, string expected)
    {
        Task<Answer> run = new TwoEnds(_gates).RunAsync(new Ask(1)).AsTask();
        _gates[first].Release();
        _gates[1 - first].Release();
        Assert.False(run.IsCompleted);
        _gates[2].Release();

        Assert.Equal(expected, (await run.Soon()).Text);
    }

    [Fact]
    public async Task An_end_is_heard_of_while_what_would_be_joined_takes_longer()
    {
        Gate[] gates = [new(), new()];
        Task<Answer> run = new EndsBeforeAJoin(gates).RunAsync(new Ask(1)).AsTask();
        gates[0].Release();

        Assert.Equal("end 1", (await run.Soon()).Text);
        Assert.Equal(0, gates[1].Waiting);
    }

    [Fact]
    public async Task The_failure_of_an_end_is_a_failure()
    {
        Task<Answer> run = new EndsEarly(_gates, _journal).RunAsync(new Ask(3)).AsTask();
        _gates[3].Open();
        _gates[0].Release();
        _gates[1].Fail(new BoomException("stop"));

        Assert.Equal("stop", (await Assert.ThrowsAsync<BoomException>(() => run.Soon())).Message);
        Assert.Equal(["leaves", "uncheck"], _journal.Entries);
    }

    [Fact]
    public async Task Cancellation_comes_before_an_end_that_hears_of_it()
    {
        using CancellationTokenSource cts = new();
        Task<Answer> run = new EndsEarly(_gates, _journal).RunAsync(new Ask(3), cts.Token).AsTask();
        _gates[3].Open();
        _gates[0].Release();
        await cts.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(["leaves", "uncheck"], _journal.Entries);
    }

    [Theory]
    [InlineData(3, "stopped 3", "")]
    [InlineData(4, "4", "last")]
    public async Task One_node_after_the_other(int number, string expected, string journal)
    {
        Task<Answer> run = new EndsInARow(_gates[0], _journal).RunAsync(new Ask(number)).AsTask();
        _gates[0].Release();

        Assert.Equal(expected, (await run.Soon()).Text);
        Assert.Equal(journal, _journal.ToString());
        _gates[0].Open();
        Assert.Equal(expected, (await new EndsInARow(_gates[0], _journal).RunAsync(new Ask(number)).Soon()).Text);
    }

    [Fact]
    public void Where_nothing_suspends()
    {
        EndsAtOnce workflow = new(_journal);
        workflow.Run(new Ask(1));
        workflow.Run(new Ask(2));

        Assert.Equal(["stop", "last"], _journal.Entries);
    }

    [Theory]
    [InlineData(3, "stopped 3 9", "next stopped 3")]
    [InlineData(4, "4 1", "last next 4")]
    public async Task In_a_part_it_ends_the_part(int number, string expected, string journal)
    {
        EndsInPart workflow = new(new EndsInARow(_gates[0], _journal), _journal, _gates[1]) { Runtime = _observer.Watch() };
        Task<Answer> run = workflow.RunAsync(new Ask(number)).AsTask();
        _gates[0].Release();
        Assert.Equal([">Part", "<Part Completed"], _observer.Boundaries);
        _gates[1].Release();

        Assert.Equal(expected, (await run.Soon()).Text);
        Assert.Equal(journal, _journal.ToString());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4_000)]
    public async Task A_part_that_ended_early_is_undone_when_the_whole_fails(int number)
    {
        await Assert.ThrowsAsync<BoomException>(() => new FailsAfterAPart(new BooksAndEnds(_journal)).RunAsync(new Ask(number)).Soon());

        Assert.Equal([$"book {number}", $"cancel {number}"], _journal.Entries);
    }

    [Fact]
    public async Task A_part_that_ended_early_is_not_undone_when_the_whole_completes()
    {
        Assert.Equal("2 1", (await new FailsAfterAPart(new BooksAndEnds(_journal)).RunAsync(new Ask(2)).Soon()).Text);
        Assert.Equal("stopped 3", (await new BooksAndEnds(_journal).RunAsync(new Ask(3)).Soon()).Text);

        Assert.Equal(["book 2", "book 3"], _journal.Entries);
    }

    [Fact]
    public async Task In_an_element_it_ends_the_element()
    {
        Task<Answer> run = new EndsForEach(new EndsInARow(_gates[0], _journal)).RunAsync([new(1), new(2), new(3)]).AsTask();
        _gates[0].Open();

        Assert.Equal("stopped 1|2|stopped 3", (await run.Soon()).Text);
        Assert.Equal(["last"], _journal.Entries);
    }

    [Fact]
    public async Task An_end_that_comes_too_late_does_not_count()
    {
        FakeTimeProvider clock = new();
        EndsTooLate workflow = new(_gates[0]) { Runtime = new FlowRuntime(new FlowRuntimeOptions { TimeProvider = clock }) };
        Task<Answer> run = workflow.RunAsync(new Ask(1)).AsTask();
        clock.Advance(TimeSpan.FromSeconds(2));
        _gates[0].Release();

        await Assert.ThrowsAsync<TimeoutException>(() => run.Soon());
    }

    [Fact]
    public async Task The_same_object_ends_early_again_and_again()
    {
        EndsEarly workflow = new(_gates, _journal);
        _gates[3].Open();
        for (int i = 0; i < 3; i++)
        {
            Task<Answer> odd = workflow.RunAsync(new Ask(1)).AsTask();
            Task<Answer> even = workflow.RunAsync(new Ask(2)).AsTask();
            _gates[0].Release(2);
            _gates[1].Release();
            Assert.Equal("stopped 1", (await odd.Soon()).Text);
            _gates[2].Release();
            Assert.Equal("4", (await even.Soon()).Text);
        }
    }
}
