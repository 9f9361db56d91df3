using System.Collections.Concurrent;

namespace Behaviour.Crowds;

/// <summary>Gates that the test's own threads open in random order.</summary>
internal sealed class Lottery
{
    private readonly ConcurrentDictionary<int, Gate> _gates = new();
    private int _next;

    /// <summary>One time in three it goes on at once; otherwise it waits for somebody to draw it.</summary>
    public ValueTask<T> Wait<T>(T value, CancellationToken ct)
    {
        int number = Interlocked.Increment(ref _next);
        if (number % 3 == 0)
        {
            return new ValueTask<T>(value);
        }

        Gate gate = new();
        ValueTask<T> wait = gate.Wait(value, ct);
        _gates[number] = gate;
        return wait;
    }

    /// <summary>Opens whatever waits until <paramref name="done"/> is.</summary>
    public void DrawUntil(Task done, Random random)
    {
        long deadline = Environment.TickCount64 + (long)Patience.Limit.TotalMilliseconds;
        while (!done.IsCompleted && Environment.TickCount64 < deadline)
        {
            int[] waiting = [.. _gates.Keys];
            if (waiting.Length == 0)
            {
                Thread.Yield();
                continue;
            }

            if (_gates.TryRemove(waiting[random.Next(waiting.Length)], out Gate? gate))
            {
                gate.Open();
            }
        }
    }
}

internal sealed class Adder(Lottery lottery) : ICleanup
{
    private int _sum;

    public async ValueTask<Two> ExecuteAsync(One one, CancellationToken ct)
    {
        _sum += one.Number;
        await lottery.Wait(0, ct);
        return new Two(_sum);
    }

    public void Cleanup() => _sum = 0;
}

[State]
internal sealed class Tally : ICleanup
{
    public int Value { get; set; }

    public void Cleanup() => Value = 0;
}

[Workflow]
internal sealed partial class LeafLoad(Lottery lottery)
{
    public partial ValueTask<Two> RunAsync(One one, CancellationToken ct = default);

    [Node<Adder>]
    private partial ValueTask<Two> Add(One one);

    [Node]
    Three Note(One one, Tally tally)
    {
        tally.Value += one.Number;
        return new Three(tally.Value);
    }

    [Node]
    ValueTask<Four> Check(Three three, Tally tally, CancellationToken ct) => lottery.Wait(new Four(tally.Value - three.Number), ct);

    [Node]
    Two Both([From(nameof(Add))] Two two, Four four) => new(two.Number + four.Number);
}

/// <summary>Two children, two branches, a condition, a loop, a failure that is tolerated: a bit of everything.</summary>
[Workflow]
internal sealed partial class Load(LeafLoad leaf, Lottery lottery)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    static bool IsOdd(Ask ask) => ask.Number % 2 == 1;

    [Node]
    ValueTask<One> Begin(Ask ask, CancellationToken ct) => lottery.Wait(new One(ask.Number), ct);

    [SubWorkflow(nameof(leaf))]
    private partial ValueTask<Two> Left(One one);

    [SubWorkflow(nameof(leaf)), When(nameof(IsOdd))]
    private partial ValueTask<Two> Right(One one);

    [Node]
    int[] Numbers(One one) => [.. Enumerable.Range(one.Number, 5)];

    [Node]
    ValueTask<Four> Loop([Each(nameof(Numbers), MaxParallelism = 3)] int number, CancellationToken ct) => lottery.Wait(new Four(number), ct);

    [Node, BestEffort]
    async ValueTask<Three> Try(Ask ask, CancellationToken ct)
    {
        await lottery.Wait(0, ct);
        return ask.Number % 5 == 0 ? throw new BoomException("tolerated") : new Three(ask.Number);
    }

    [Node]
    Answer Show(Two left, Two? right, Four[] fours, Three? three, Ask ask)
        => ask.Number % 7 == 0
            ? throw new BoomException($"{ask.Number}")
            : new($"{left.Number} {right?.Number ?? -1} {fours.Sum(f => f.Number)} {three?.Number ?? -1}");
}

/// <summary>A node that runs the same workflow object again.</summary>
internal sealed class Myself
{
    public CountsDown? Workflow { get; set; }
}

[Workflow]
internal sealed partial class CountsDown(Myself myself, Gate gate)
{
    public partial ValueTask<int> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    async ValueTask<int> Deeper(Ask ask, Tally tally, CancellationToken ct)
    {
        tally.Value += ask.Number;
        if (ask.Number == 0)
        {
            await gate.Wait(ct);
            return 0;
        }

        int below = await myself.Workflow!.RunAsync(new Ask(ask.Number - 1), ct);
        return below + tally.Value;
    }
}

[Workflow]
internal sealed partial class CountsDownInline(Func<Ask, int> again)
{
    public partial int Run(Ask ask);

    [Node]
    One Note(Ask ask, Tally tally)
    {
        tally.Value += ask.Number;
        return new One(ask.Number);
    }

    [Node]
    int Deeper(One one, Tally tally) => one.Number == 0 ? tally.Value : tally.Value + again(new Ask(one.Number - 1));
}

public sealed class LoadTests
{
    [Fact]
    public async Task Sixty_four_threads_of_many_runs_with_random_suspensions()
    {
        Lottery lottery = new();
        Load workflow = new(new LeafLoad(lottery), lottery);
        ConcurrentBag<Task> runs = [];
        Task started = Crowd.Run(64, thread =>
        {
            for (int i = 0; i < 50; i++)
            {
                runs.Add(Check((thread * 50) + i + 1));
            }
        });
        await started;
        Task all = Task.WhenAll(runs);
        Task[] drawers = [.. Enumerable.Range(0, 4).Select(seed => Task.Run(() => lottery.DrawUntil(all, new Random(seed))))];
        await all.Soon();
        await Task.WhenAll(drawers).Soon();

        async Task Check(int number)
        {
            ValueTask<Answer> run = workflow.RunAsync(new Ask(number));
            if (number % 7 == 0)
            {
                BoomException error = await Assert.ThrowsAsync<BoomException>(async () => await run);
                Assert.Equal($"{number}", error.Message);
            }
            else
            {
                int right = number % 2 == 1 ? number : -1;
                int three = number % 5 == 0 ? -1 : number;
                Assert.Equal($"{number} {right} {(5 * number) + 10} {three}", (await run).Text);
            }
        }
    }

    [Fact]
    public async Task Cancelling_half_of_many_runs_leaves_the_other_half_alone()
    {
        Lottery lottery = new();
        Load workflow = new(new LeafLoad(lottery), lottery);
        using CancellationTokenSource cts = new();
        List<Task> kept = [];
        List<Task> cancelled = [];
        for (int i = 1; i <= 500; i++)
        {
            int number = (i * 7) + 1;
            if (i % 2 == 0)
            {
                kept.Add(workflow.RunAsync(new Ask(number)).AsTask());
            }
            else
            {
                cancelled.Add(workflow.RunAsync(new Ask(number), cts.Token).AsTask());
            }
        }

        Task cancelling = Task.Run(cts.Cancel);
        Task all = Task.WhenAll(kept);
        Task drawer = Task.Run(() => lottery.DrawUntil(Task.WhenAll([all, .. cancelled]), new Random(1)));
        await all.Soon();
        await cancelling;
        await drawer.Soon();

        Assert.All(cancelled, run => Assert.True(run.IsCanceled || run.IsCompletedSuccessfully));
        Assert.Contains(cancelled, run => run.IsCanceled);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_node_may_run_its_own_workflow_again(bool openFirst)
    {
        Gate gate = new();
        Myself myself = new();
        myself.Workflow = new CountsDown(myself, gate);
        if (openFirst)
        {
            gate.Open();
        }

        ValueTask<int> run = myself.Workflow.RunAsync(new Ask(40));
        await gate.Reached;
        gate.Open();

        Assert.Equal(40 * 41 / 2, await run.Soon());
    }

    [Fact]
    public void A_synchronous_node_may_run_its_own_workflow_again()
    {
        CountsDownInline workflow = null!;
        workflow = new CountsDownInline(ask => workflow.Run(ask));

        Assert.Equal(40 * 41 / 2, workflow.Run(new Ask(40)));
    }
}
