namespace Behaviour.Scheduling;

/// <summary>Where its nodes ran: on the thread that called, or on the pool.</summary>
[Workflow]
internal sealed partial class OnThePool(ManualResetEventSlim siblingRan, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    /// <summary>Occupies its thread until the sibling has run: on the calling thread that would never be.</summary>
    [Node(RunOn = RunOn.ThreadPool)]
    One Heavy(Ask ask, CancellationToken ct)
    {
        siblingRan.Wait(ct);
        journal.Add($"Heavy on pool {Thread.CurrentThread.IsThreadPoolThread}");
        return new One(ask.Number);
    }

    [Node]
    Two Light(Ask ask)
    {
        journal.Add($"Light on pool {Thread.CurrentThread.IsThreadPoolThread}");
        siblingRan.Set();
        return new Two(ask.Number);
    }

    [Node]
    Answer Join(One one, Two two) => new($"{one.Number + two.Number}");
}

[Workflow]
internal sealed partial class FailsOnThePool(Gate gate)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node(RunOn = RunOn.ThreadPool)]
    One Divide(Ask ask) => new(100 / ask.Number);

    [Node(RunOn = RunOn.ThreadPool)]
    async ValueTask<Two> Hold(Ask ask, CancellationToken ct)
    {
        await gate.Wait(ct);
        return new Two(ask.Number);
    }

    [Node]
    Answer Join(One one, Two two) => new($"{one.Number + two.Number}");
}

/// <summary>A node class may say for itself where it runs.</summary>
[Node(RunOn = RunOn.ThreadPool)]
internal sealed class HeavyClass
{
    public bool Execute(Ask ask) => Thread.CurrentThread.IsThreadPoolThread && ask.Number >= 0;
}

internal sealed class PlainClass
{
    public bool Execute(Ask ask) => Thread.CurrentThread.IsThreadPoolThread && ask.Number >= 0;
}

[Workflow]
internal sealed partial class ClassesOnThePool
{
    public partial ValueTask<Answer> RunAsync(Ask ask);

    [Node<HeavyClass>]
    private partial bool ByClass(Ask ask);

    [Node<PlainClass>(RunOn = RunOn.ThreadPool)]
    private partial bool ByNode(Ask ask);

    [Node<PlainClass>]
    private partial bool Neither(Ask ask);

    [Node]
    Answer Show(bool byClass, bool byNode, bool neither) => new($"{byClass} {byNode} {neither}");
}

public sealed class ThreadPoolTests
{
    [Fact]
    public async Task A_node_on_the_pool_lets_its_siblings_run()
    {
        Journal journal = new();
        using ManualResetEventSlim siblingRan = new();
        OnThePool workflow = new(siblingRan, journal);
        Task<Answer>? run = null;

        // A thread of its own, so that "not on the pool" means on the calling thread.
        await Crowd.Run(1, _ => run = workflow.RunAsync(new Ask(2)).AsTask());

        Assert.Equal("4", (await run!.Soon()).Text);
        Assert.Equal(["Light on pool False", "Heavy on pool True"], journal.Entries);
    }

    [Fact]
    public async Task It_fails_like_any_node()
    {
        Gate gate = new();
        ValueTask<Answer> run = new FailsOnThePool(gate).RunAsync(new Ask(0));

        await Assert.ThrowsAsync<DivideByZeroException>(() => run.Soon());
    }

    [Fact]
    public async Task It_suspends_like_any_node()
    {
        Gate gate = new();
        ValueTask<Answer> run = new FailsOnThePool(gate).RunAsync(new Ask(5));
        await gate.Reached;
        await gate.OpenElsewhere();

        Assert.Equal("25", (await run.Soon()).Text);
    }

    [Fact]
    public async Task It_is_cancelled_like_any_node()
    {
        Gate gate = new();
        using CancellationTokenSource cts = new();
        ValueTask<Answer> run = new FailsOnThePool(gate).RunAsync(new Ask(5), cts.Token);
        await gate.Reached;
        await cts.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
    }

    [Fact]
    public async Task A_node_class_or_its_node_may_ask_for_the_pool()
    {
        Task<Answer>? run = null;
        await Crowd.Run(1, _ => run = new ClassesOnThePool().RunAsync(new Ask(1)).AsTask());

        Assert.Equal("True True False", (await run!.Soon()).Text);
    }
}
