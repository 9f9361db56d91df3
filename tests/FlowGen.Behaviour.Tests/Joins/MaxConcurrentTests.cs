namespace Behaviour.Joins;

/// <summary>Two at a time, whoever runs it.</summary>
[Workflow]
internal sealed partial class Calls(Gate gate, InFlight calling)
{
    public partial ValueTask<One> RunAsync(Ask ask, CancellationToken ct = default);

    [Node, MaxConcurrent(2)]
    async ValueTask<One> Call(Ask ask, CancellationToken ct)
    {
        calling.Enter();
        try
        {
            return await gate.Wait(ask.Number < 0 ? throw new BoomException("negative") : new One(ask.Number), ct);
        }
        finally
        {
            calling.Leave();
        }
    }
}

/// <summary>The same object twice in one run, and in the runs of others.</summary>
[Workflow]
internal sealed partial class CallsTwice(Calls calls)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow(nameof(calls))]
    private partial ValueTask<One> First(Ask ask);

    [SubWorkflow(nameof(calls))]
    private partial ValueTask<One> Second(Ask ask);

    [Node]
    static Answer Join([From(nameof(First))] One first, [From(nameof(Second))] One second) => new($"{first.Number + second.Number}");
}

[Workflow]
internal sealed partial class CallsEach(Calls calls)
{
    public partial ValueTask<Answer> RunAsync(Ask[] asks, CancellationToken ct = default);

    [SubWorkflow(nameof(calls))]
    private partial ValueTask<One> Part([Each(MaxParallelism = 0)] Ask ask);

    [Node]
    static Answer Join([From(nameof(Part))] One[] parts) => new($"{parts.Sum(p => p.Number)}");
}

/// <summary>Elements of one node, within a bound of the node.</summary>
[Workflow]
internal sealed partial class BoundElements(Gate gate)
{
    public partial ValueTask<int[]> RunAsync(int[] numbers, CancellationToken ct = default);

    [Node, MaxConcurrent(2)]
    ValueTask<int> Work([Each(MaxParallelism = 0)] int numbers, CancellationToken ct) => gate.Wait(numbers, ct);
}

/// <summary>A bound across all runs of one workflow object.</summary>
public sealed class MaxConcurrentTests
{
    private readonly Gate _gate = new();
    private readonly InFlight _calling = new();

    [Fact]
    public async Task The_bound_holds_across_runs_and_in_order()
    {
        Calls workflow = new(_gate, _calling);
        Task<One>[] runs = [.. Enumerable.Range(0, 5).Select(n => workflow.RunAsync(new Ask(n)).AsTask())];
        for (int i = 0; i < 5; i++)
        {
            await _gate.ReachedBy(Math.Min(5, i + 2));
            Assert.Equal(Math.Min(2, 5 - i), _calling.Now);
            _gate.Release();
            await runs[i].Soon();
        }

        Assert.Equal(2, _calling.Most);
    }

    [Fact]
    public async Task Another_object_has_a_bound_of_its_own()
    {
        Task<One>[] runs = [.. Enumerable.Range(0, 4).Select(n => new Calls(_gate, _calling).RunAsync(new Ask(n)).AsTask())];
        Assert.Equal(4, _calling.Now);
        _gate.Open();

        Assert.Equal(6, (await Task.WhenAll(runs).Soon()).Sum(o => o.Number));
    }

    [Fact]
    public async Task A_failure_releases_the_place()
    {
        Calls workflow = new(_gate, _calling);
        for (int i = 0; i < 5; i++)
        {
            await Assert.ThrowsAsync<BoomException>(() => workflow.RunAsync(new Ask(-1)).Soon());
        }

        Task<One> last = workflow.RunAsync(new Ask(3)).AsTask();
        _gate.Release();
        Assert.Equal(3, (await last.Soon()).Number);
    }

    [Fact]
    public async Task One_that_is_cancelled_while_it_waits_takes_no_place()
    {
        using CancellationTokenSource cts = new();
        Calls workflow = new(_gate, _calling);
        Task<One> one = workflow.RunAsync(new Ask(1)).AsTask();
        Task<One> two = workflow.RunAsync(new Ask(2)).AsTask();
        Task<One> three = workflow.RunAsync(new Ask(3), cts.Token).AsTask();
        Task<One> four = workflow.RunAsync(new Ask(4)).AsTask();
        await cts.CancelAsync();
        Assert.Equal(cts.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => three.Soon())).CancellationToken);
        _gate.Release();
        await _gate.ReachedBy(3);
        _gate.Open();

        Assert.Equal([1, 2, 4], (await Task.WhenAll(one, two, four).Soon()).Select(o => o.Number));
        Assert.Equal(3, _calling.Total);
    }

    [Fact]
    public async Task The_bound_holds_wherever_the_object_is_a_part()
    {
        Calls calls = new(_gate, _calling);
        Task<Answer> parts = new CallsTwice(calls).RunAsync(new Ask(1)).AsTask();
        Task<Answer> others = new CallsTwice(calls).RunAsync(new Ask(10)).AsTask();
        Task<Answer> each = new CallsEach(calls).RunAsync([new(100), new(100)]).AsTask();
        Task<One> alone = calls.RunAsync(new Ask(1_000)).AsTask();
        for (int i = 0; i < 7; i++)
        {
            await _gate.ReachedBy(Math.Min(7, i + 2));
            _gate.Release();
        }

        Assert.Equal("2", (await parts.Soon()).Text);
        Assert.Equal("20", (await others.Soon()).Text);
        Assert.Equal("200", (await each.Soon()).Text);
        Assert.Equal(1_000, (await alone.Soon()).Number);
        Assert.Equal(2, _calling.Most);
    }

    [Fact]
    public async Task The_bound_holds_for_elements()
    {
        BoundElements workflow = new(_gate);
        Task<int[]> one = workflow.RunAsync([1, 2, 3]).AsTask();
        Task<int[]> two = workflow.RunAsync([4, 5]).AsTask();
        for (int i = 0; i < 5; i++)
        {
            await _gate.ReachedBy(Math.Min(5, i + 2));
            _gate.Release();
        }

        int[] first = await one.Soon();
        Assert.Equal([1, 2, 3], first);
        int[] second = await two.Soon();
        Assert.Equal([4, 5], second);
        Assert.Equal(2, _gate.MostWaiting);
    }

    [Fact]
    public async Task Many_threads_may_come_at_once()
    {
        Gate open = new();
        open.Open();
        Calls workflow = new(open, _calling);
        await Crowd.Run(4, number =>
        {
            for (int i = 0; i < 200; i++)
            {
                Assert.Equal(number, workflow.RunAsync(new Ask(number)).Soon().GetAwaiter().GetResult().Number);
            }
        });

        Assert.InRange(_calling.Most, 1, 2);
        Assert.Equal(800, _calling.Total);
    }
}
