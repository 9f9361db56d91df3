namespace Behaviour.Entries;

[Workflow]
internal sealed partial class Sum(Journal journal)
{
    public partial Answer Run(Ask ask);

    [Node]
    One Left(Ask ask) => journal.Add("Left", new One(ask.Number + 1));

    [Node]
    Two Right(Ask ask) => journal.Add("Right", new Two(ask.Number + 2));

    [Node]
    Answer Add(One one, Two two) => journal.Add("Add", new Answer($"{one.Number + two.Number}"));
}

[Workflow]
internal sealed partial class Note(Journal journal)
{
    public partial void Run(Ask ask);

    [Node]
    void Write(Ask ask) => journal.Add($"{ask.Number}");
}

[Workflow]
internal sealed partial class Ratio(Journal journal)
{
    public partial Answer Run(Ask ask);

    [Node]
    One Divide(Ask ask) => new(100 / ask.Number);

    [Node]
    void Write(One one) => journal.Add($"{one.Number}");

    [Node]
    Answer Show(One one) => new($"{one.Number}");
}

[Workflow]
internal sealed partial class NestedSum(Sum sum)
{
    public partial Answer Run(Ask ask);

    [SubWorkflow(nameof(sum))]
    private partial Answer Inner(Ask ask);
}

/// <summary>Cancels its own caller, and gives failures as values.</summary>
[Workflow]
internal sealed partial class Told(CancellationTokenSource caller)
{
    [return: From(nameof(Show))]
    public partial Outcome<Answer> Run(Ask ask, CancellationToken stop = default);

    [Node]
    One Cancel(Ask ask)
    {
        if (ask.Number == 0)
        {
            caller.Cancel();
        }

        return new One(ask.Number);
    }

    [Node]
    Answer Show(One one) => one.Number < 0 ? throw new BoomException("negative") : new Answer($"{one.Number}");
}

public sealed class SynchronousTests
{
    private readonly Journal _journal = new();

    [Fact]
    public void An_outcome_is_a_failure_as_a_value_but_cancellation_is_thrown()
    {
        using CancellationTokenSource caller = new();
        Told workflow = new(caller);
        Assert.Equal("1", workflow.Run(new Ask(1), caller.Token).Value?.Text);
        Assert.Equal("negative", workflow.Run(new Ask(-1), caller.Token).Error?.Message);

        OperationCanceledException cancelled = Assert.Throws<OperationCanceledException>(() => workflow.Run(new Ask(0), caller.Token));
        Assert.Equal(caller.Token, cancelled.CancellationToken);
    }

    [Fact]
    public void Run_returns_the_value()
    {
        Assert.Equal(new Answer("13"), new Sum(_journal).Run(new Ask(5)));
        Assert.Equal(["Left", "Right", "Add"], _journal.Entries);
    }

    [Fact]
    public void Run_may_return_nothing()
    {
        new Note(_journal).Run(new Ask(5));

        Assert.Equal(["5"], _journal.Entries);
    }

    [Fact]
    public void Run_throws_the_node_s_own_exception()
    {
        DivideByZeroException error = Assert.Throws<DivideByZeroException>(() => new Ratio(_journal).Run(new Ask(0)));

        Assert.Contains(nameof(Ratio) + ".Divide", error.StackTrace, StringComparison.Ordinal);
        Assert.Empty(_journal.Entries);
    }

    [Fact]
    public void A_run_after_a_failed_one_is_whole()
    {
        Ratio workflow = new(_journal);
        Assert.Throws<DivideByZeroException>(() => workflow.Run(new Ask(0)));

        Assert.Equal("25", workflow.Run(new Ask(4)).Text);
    }

    [Fact]
    public void Run_tells_the_observer_as_RunAsync_does()
    {
        RecordingObserver observer = new();
        Ratio workflow = new(_journal) { Runtime = observer.Watch() };
        workflow.Run(new Ask(4));

        Assert.Equal(
            [
                "run started", "Divide Executing", "Divide Completed", "Write Executing", "Write Completed", "Show Executing", "Show Completed",
                "run Completed",
            ],
            observer.Lines);
    }

    [Fact]
    public void A_synchronous_workflow_may_contain_another()
    {
        RecordingObserver observer = new();

        Assert.Equal("13", new NestedSum(new Sum(_journal)) { Runtime = observer.Watch() }.Run(new Ask(5)).Text);
        Assert.Equal([">Inner", "<Inner Completed"], observer.Boundaries);
    }
}
