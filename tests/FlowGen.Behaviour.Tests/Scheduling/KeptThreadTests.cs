namespace Behaviour.Scheduling;

/// <summary>Two chains on the pool, of which one waits until the test lets it: the thread of the other goes from node to node.</summary>
[Workflow]
internal sealed partial class TwoChains(AsyncLocal<string?> ambient, Action<string> visit, Gate gate)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node(RunOn = RunOn.ThreadPool)]
    One First(Ask ask) => new(Visit("First", ask.Number));

    [Node(RunOn = RunOn.ThreadPool)]
    Two Second(One one) => new(Visit("Second", one.Number));

    [Node(RunOn = RunOn.ThreadPool)]
    Three Third(Two two) => new(Visit("Third", two.Number));

    [Node(RunOn = RunOn.ThreadPool)]
    async ValueTask<Four> Beside(Ask ask, CancellationToken ct)
    {
        await gate.Wait(ct);
        return new Four(ask.Number);
    }

    [Node]
    Answer Join(Three three, Four four) => new($"{three.Number + four.Number}");

    private int Visit(string node, int number)
    {
        visit($"{node} on pool {Thread.CurrentThread.IsThreadPoolThread}, ambient {ambient.Value}");
        ambient.Value = node;
        return number + 1;
    }
}

[Workflow]
internal sealed partial class FourInARow
{
    [return: From(nameof(Sum))]
    public partial ValueTask<int> RunAsync(int number);

    [Node(RunOn = RunOn.ThreadPool)]
    int A([Input] int number) => number + 1;

    [Node(RunOn = RunOn.ThreadPool)]
    int B([From(nameof(A))] int number) => number + 1;

    [Node(RunOn = RunOn.ThreadPool)]
    int C([From(nameof(B))] int number) => number + 1;

    [Node(RunOn = RunOn.ThreadPool)]
    int D([From(nameof(C))] int number) => number + 1;

    [Node(RunOn = RunOn.ThreadPool)]
    int Beside([Input] int number) => number;

    [Node]
    int Sum([From(nameof(D))] int four, [From(nameof(Beside))] int beside) => four + beside - beside;
}

/// <summary>More nodes on the pool after each other than a thread takes in a row.</summary>
[Workflow]
internal sealed partial class FortyInARow
{
    [return: From(nameof(S10))]
    public partial ValueTask<int> RunAsync(int number);

    [SubWorkflow<FourInARow>]
    private partial ValueTask<int> S1(int number);

    [SubWorkflow<FourInARow>]
    private partial ValueTask<int> S2([From(nameof(S1))] int number);

    [SubWorkflow<FourInARow>]
    private partial ValueTask<int> S3([From(nameof(S2))] int number);

    [SubWorkflow<FourInARow>]
    private partial ValueTask<int> S4([From(nameof(S3))] int number);

    [SubWorkflow<FourInARow>]
    private partial ValueTask<int> S5([From(nameof(S4))] int number);

    [SubWorkflow<FourInARow>]
    private partial ValueTask<int> S6([From(nameof(S5))] int number);

    [SubWorkflow<FourInARow>]
    private partial ValueTask<int> S7([From(nameof(S6))] int number);

    [SubWorkflow<FourInARow>]
    private partial ValueTask<int> S8([From(nameof(S7))] int number);

    [SubWorkflow<FourInARow>]
    private partial ValueTask<int> S9([From(nameof(S8))] int number);

    [SubWorkflow<FourInARow>]
    private partial ValueTask<int> S10([From(nameof(S9))] int number);
}

/// <summary>A thread of the pool that has completed a node takes the next one of its run, where it would only hand it to another thread.</summary>
public sealed class KeptThreadTests
{
    private readonly AsyncLocal<string?> _ambient = new();
    private readonly Journal _journal = new();
    private readonly Gate _gate = new();

    [Fact]
    public async Task What_a_node_sets_does_not_reach_the_next_on_its_thread()
    {
        _ambient.Value = "caller";
        ValueTask<Answer> run = Chains().RunAsync(new Ask(1));
        _gate.Open();

        Assert.Equal("5", (await run.Soon()).Text);
        Assert.Equal("caller", _ambient.Value);
        Assert.Equal(
            ["First on pool True, ambient caller", "Second on pool True, ambient caller", "Third on pool True, ambient caller"],
            _journal.Entries);
    }

    [Fact]
    public async Task What_fails_there_fails_the_run_and_cancels_the_others()
    {
        TwoChains workflow = Chains(node => { if (node.StartsWith("Third", StringComparison.Ordinal)) throw new BoomException("third"); });
        ValueTask<Answer> run = workflow.RunAsync(new Ask(1));

        await Assert.ThrowsAsync<BoomException>(() => run.Soon());
        Assert.Equal(0, _gate.Waiting);

        // The frame is as good as new.
        _gate.Open();
        Assert.Equal("5", (await Chains().RunAsync(new Ask(1)).Soon()).Text);
    }

    [Fact]
    public async Task Nothing_starts_there_after_the_caller_has_cancelled()
    {
        using CancellationTokenSource caller = new();
        TwoChains workflow = Chains(node => { if (node.StartsWith("First", StringComparison.Ordinal)) caller.Cancel(); });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => workflow.RunAsync(new Ask(1), caller.Token).Soon());
        Assert.Equal(["First on pool True, ambient "], _journal.Entries);
    }

    [Fact]
    public async Task A_thread_takes_only_so_many_in_a_row()
    {
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal(40 + i, await new FortyInARow().RunAsync(i).Soon());
        }
    }

    [Fact]
    public async Task Whoever_waits_for_the_run_may_block_its_thread_with_another()
    {
        _gate.Open();
        TwoChains workflow = Chains();

        // The second run is started, and blocked on, where the first has ended; it has the same frame.
        Task<Answer> second = workflow.RunAsync(new Ask(1)).AsTask().ContinueWith(
            first => workflow.RunAsync(new Ask(first.Result.Text.Length)).AsTask().Soon().GetAwaiter().GetResult(),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);

        Assert.Equal("5", (await second.Soon()).Text);
    }

    [Fact]
    public async Task A_node_may_block_its_thread_until_a_node_of_another_run_has_run()
    {
        using ManualResetEventSlim thirdRan = new();
        TwoChains other = Chains(node => { if (node.StartsWith("Third", StringComparison.Ordinal)) thirdRan.Set(); });
        TaskCompletionSource<int> start = new();

        // Completing the source lets the other run go on inside the node, which then waits for it.
        Waiting waiting = new(start, other);
        Blocking blocking = new(start, thirdRan);
        Task<Answer> waited = waiting.RunAsync(new Ask(1)).AsTask();
        Answer ran = await blocking.RunAsync(new Ask(1)).Soon();
        _gate.Open();

        Assert.Equal("True", ran.Text);
        Assert.Equal("5", (await waited.Soon()).Text);
    }

    private TwoChains Chains(Action<string>? visit = null) => new(_ambient, node => { _journal.Add(node); visit?.Invoke(node); }, _gate);
}

/// <summary>A run that goes on where somebody else completes what it waits for.</summary>
[Workflow]
internal sealed partial class Waiting(TaskCompletionSource<int> start, TwoChains chains)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    Task<int> Await(Ask ask) => start.Task;

    [SubWorkflow(nameof(chains)), Needs(nameof(Await))]
    private partial ValueTask<Answer> Go(Ask ask);
}

[Workflow]
internal sealed partial class Blocking(TaskCompletionSource<int> start, ManualResetEventSlim ran)
{
    public partial ValueTask<Answer> RunAsync(Ask ask);

    [Node(RunOn = RunOn.ThreadPool)]
    One Release(Ask ask)
    {
        start.SetResult(ask.Number);
        return new(ran.Wait(Patience.Limit) ? 1 : 0);
    }

    [Node(RunOn = RunOn.ThreadPool)]
    Two Beside(Ask ask) => new(ask.Number);

    [Node]
    Answer Join(One one, Two two) => new($"{one.Number == two.Number}");
}
