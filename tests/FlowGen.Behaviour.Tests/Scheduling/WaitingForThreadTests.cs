namespace Behaviour.Scheduling;

[Workflow]
internal sealed partial class OneOnThePool(Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node(RunOn = RunOn.ThreadPool)]
    Answer Heavy(Ask ask)
    {
        journal.Add("Heavy");
        return new($"{ask.Number}");
    }
}

[Workflow]
internal sealed partial class PoolBesideTrouble(Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node(RunOn = RunOn.ThreadPool)]
    One Heavy(Ask ask)
    {
        journal.Add("Heavy");
        return new(ask.Number);
    }

    [Node]
    Two Divide(Ask ask) => new(100 / ask.Number);

    [Node]
    Answer Join(One one, Two two) => new($"{one.Number + two.Number}");
}

[Workflow(OnError = ErrorMode.WaitSiblings)]
internal sealed partial class PoolBesidePatience(Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node(RunOn = RunOn.ThreadPool)]
    One Heavy(Ask ask)
    {
        journal.Add("Heavy");
        return new(ask.Number);
    }

    [Node]
    Two Divide(Ask ask) => new(100 / ask.Number);

    [Node]
    Answer Join(One one, Two two) => new($"{one.Number + two.Number}");
}

/// <summary>What becomes of a node that waits for a thread when there is no point in it any more. Nothing here goes to the pool before the test says so.</summary>
public sealed class WaitingForThreadTests
{
    [Fact]
    public void It_does_not_start_once_the_caller_has_cancelled() => Interleaving.Explore(1, order =>
    {
        Journal journal = new();
        using CancellationTokenSource source = new();
        Task<Answer> run = new OneOnThePool(journal).RunAsync(new Ask(2), source.Token).AsTask();
        source.Cancel();
        order.Play(run);

        Assert.True(run.IsCanceled);
        Assert.Empty(journal.Entries);
    });

    [Fact]
    public void It_does_not_start_once_a_sibling_has_failed() => Interleaving.Explore(1, order =>
    {
        Journal journal = new();
        Task<Answer> run = new PoolBesideTrouble(journal).RunAsync(new Ask(0)).AsTask();
        order.Play(run);

        Assert.IsType<DivideByZeroException>(run.Exception?.InnerException);
        Assert.Empty(journal.Entries);
    });

    [Fact]
    public void It_does_where_siblings_may_finish() => Interleaving.Explore(1, order =>
    {
        Journal journal = new();
        Task<Answer> run = new PoolBesidePatience(journal).RunAsync(new Ask(0)).AsTask();
        order.Play(run);

        Assert.IsType<DivideByZeroException>(run.Exception?.InnerException);
        Assert.Equal(["Heavy"], journal.Entries);
    });
}
