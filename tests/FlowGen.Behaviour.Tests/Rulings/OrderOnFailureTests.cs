using Behaviour.Policies;

namespace Behaviour.Rulings;

/// <summary>"Order on failure: siblings, compensations, workflow [Catch]." Its sentences, one by one.</summary>
public sealed class OrderOnFailureTests
{
    private readonly Tries _tries = new();
    private readonly Gate _gate = new();
    private readonly Gate _handling = new();
    private readonly Journal _journal = new();

    [Fact]
    public async Task Siblings_compensations_workflow_catch()
    {
        Gate leaving = new();
        ValueTask<Answer> run = new HandlesLast(_gate, new Gate(), leaving, _journal) { Runtime = _tries.Watch() }.RunAsync(new Ask(7));
        _gate.Fail(new BoomException("boom"));
        Assert.Equal(["book"], _journal.Entries);
        Assert.False(run.IsCompleted);
        leaving.Open();

        Assert.Equal("boom 7", (await run.Soon()).Text);
        Assert.Equal(["book", "beside left", "cancel 7", "rescue"], _journal.Entries);
        Assert.Equal("run Completed", _tries.Lines[^1]);
    }

    [Fact]
    public async Task A_handler_with_a_value_completes_the_run()
    {
        _handling.Open();
        ValueTask<Answer> run = Handled(7);
        _gate.Fail(new IOException("io"));

        Assert.Equal("rescued 7 from io", (await run.Soon()).Text);
        Assert.Equal("run Completed", _tries.Lines[^1]);
        Assert.Equal(["Executing 1", "Completed 1"], _tries.Of("Rescue"));
        Assert.Equal(["rescue"], _journal.Entries);
    }

    [Fact]
    public async Task A_void_handler_rethrows()
    {
        BoomException boom = new("boom");
        ValueTask<Answer> run = Handled(7);
        _gate.Fail(boom);

        Assert.Same(boom, await Assert.ThrowsAsync<BoomException>(() => run.Soon()));
        Assert.Equal(["note boom"], _journal.Entries);
        Assert.Equal("run Failed", _tries.Lines[^1]);
    }

    [Fact]
    public async Task A_throwing_handler_replaces_the_error_and_the_original_is_suppressed_into_it()
    {
        IOException io = new("io");
        BoomException worse = new("worse");
        ValueTask<Answer> run = Handled(7);
        _gate.Fail(io);
        Assert.False(run.IsCompleted);
        _handling.Fail(worse);

        Assert.Same(worse, await Assert.ThrowsAsync<BoomException>(() => run.Soon()));
        Assert.Equal([io], Suppressed.With(worse));
        Assert.Equal("Failed 1", _tries.Of("Rescue")[^1]);
        Assert.Equal("run Failed", _tries.Lines[^1]);
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(0, false)]
    public async Task A_skipped_handler_leaves_it_unhandled(int number, bool isHandled)
    {
        TimeoutException late = new("late");
        ValueTask<Answer> run = Handled(number);
        _gate.Fail(late);

        if (isHandled)
        {
            Assert.Equal("helped 3: late", (await run.Soon()).Text);
            return;
        }

        Assert.Same(late, await Assert.ThrowsAsync<TimeoutException>(() => run.Soon()));
        Assert.Equal("Skipped 1", _tries.Of("Helped")[^1]);
        Assert.Empty(_journal.Entries);
    }

    private ValueTask<Answer> Handled(int number)
        => new HandlesItself(_gate, _handling, _journal) { Runtime = _tries.Watch() }.RunAsync(new Ask(number));
}
