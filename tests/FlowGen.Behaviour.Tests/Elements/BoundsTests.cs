namespace Behaviour.Elements;

[Workflow]
internal sealed partial class ThreeAtOnce(Gate gate)
{
    public partial ValueTask<Done[]> RunAsync(IEnumerable<Item> items, CancellationToken ct = default);

    [Node]
    ValueTask<Done> Work([Each(MaxParallelism = 3)] Item item, CancellationToken ct) => gate.Wait(new Done(item.Number), ct);
}

[Workflow]
internal sealed partial class AllAtOnce(Gate gate)
{
    public partial ValueTask<Done[]> RunAsync(Item[] items, CancellationToken ct = default);

    [Node]
    ValueTask<Done> Work([Each(MaxParallelism = 0)] Item item, CancellationToken ct) => gate.Wait(new Done(item.Number), ct);
}

[Workflow]
internal sealed partial class AsManyAsAsked(Gate gate)
{
    public partial ValueTask<Done[]> RunAsync(Item[] items, int workers, CancellationToken ct = default);

    [Node]
    ValueTask<Done> Work([Each(MaxParallelismFrom = nameof(workers))] Item item, int workers, CancellationToken ct)
        => gate.Wait(new Done(item.Number + (workers * 100)), ct);
}

[Workflow]
internal sealed partial class OnThePoolAtOnce(InFlight inFlight)
{
    public partial ValueTask<int[]> RunAsync(Item[] items, CancellationToken ct = default);

    [Node(RunOn = RunOn.ThreadPool)]
    int Work([Each(MaxParallelism = 2)] Item item)
    {
        inFlight.Enter();
        int found = Enumerable.Range(1, 2_000).Count(n => n % item.Number == 0);
        inFlight.Leave();
        return found;
    }
}

/// <summary>The workflow's own limit holds over the elements too.</summary>
[Workflow(MaxParallelism = 2)]
internal sealed partial class LimitedTwice(Gate gate)
{
    public partial ValueTask<Done[]> RunAsync(Item[] items, CancellationToken ct = default);

    [Node]
    ValueTask<Done> Work([Each(MaxParallelism = 5)] Item item, CancellationToken ct) => gate.Wait(new Done(item.Number), ct);
}

/// <summary>Two nodes over the same elements, side by side.</summary>
[Workflow]
internal sealed partial class TwoLoops(Gate left, Gate right)
{
    public partial ValueTask<Answer> RunAsync(Item[] items, CancellationToken ct = default);

    [Node]
    ValueTask<One> Left([Each] Item item, CancellationToken ct) => left.Wait(new One(item.Number), ct);

    [Node]
    ValueTask<Two> Right([Each] Item item, CancellationToken ct) => right.Wait(new Two(item.Number * 2), ct);

    [Node]
    Answer Join(IReadOnlyList<One> ones, Two[] twos) => new($"{ones.Sum(o => o.Number)} {twos.Sum(t => t.Number)}");
}

public sealed class BoundsTests
{
    private readonly Gate _gate = new();

    [Fact]
    public async Task Never_more_than_the_bound_and_never_less_while_elements_are_left()
    {
        ValueTask<Done[]> run = new ThreeAtOnce(_gate).RunAsync(Items(10));
        for (int done = 0; done < 10; done++)
        {
            await _gate.ReachedBy(Math.Min(10, done + 3));
            Assert.Equal(Math.Min(3, 10 - done), _gate.Waiting);
            _gate.Release();
        }

        Assert.Equal(Enumerable.Range(1, 10), (await run.Soon()).Select(d => d.Number));
        Assert.Equal(3, _gate.MostWaiting);
    }

    [Fact]
    public async Task The_order_of_the_source_is_kept_whatever_completes_first()
    {
        ValueTask<Done[]> run = new AllAtOnce(_gate).RunAsync(Items(10));
        Assert.Equal(10, _gate.Waiting);
        while (_gate.Waiting > 0)
        {
            _gate.ReleaseAt(_gate.Waiting - 1);
        }

        Assert.Equal(Enumerable.Range(1, 10), (await run.Soon()).Select(d => d.Number));
    }

    [Fact]
    public async Task Within_a_bound_the_order_is_kept_too()
    {
        Random random = new(17);
        ValueTask<Done[]> run = new ThreeAtOnce(_gate).RunAsync(Items(50));
        for (int done = 0; done < 50; done++)
        {
            await _gate.ReachedBy(Math.Min(50, done + 3));
            _gate.ReleaseAt(random.Next(_gate.Waiting));
        }

        Assert.Equal(Enumerable.Range(1, 50), (await run.Soon()).Select(d => d.Number));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(100)]
    public async Task The_bound_may_come_from_a_parameter(int workers)
    {
        ValueTask<Done[]> run = new AsManyAsAsked(_gate).RunAsync(Items(8), workers);
        Assert.Equal(Math.Min(8, workers), _gate.Waiting);
        _gate.Open();

        Assert.Equal(Enumerable.Range(1, 8).Select(n => n + (workers * 100)), (await run.Soon()).Select(d => d.Number));
    }

    [Fact]
    public async Task A_bound_from_a_parameter_may_be_without_limit()
    {
        ValueTask<Done[]> run = new AsManyAsAsked(_gate).RunAsync(Items(20), 0);
        Assert.Equal(20, _gate.Waiting);
        _gate.Open();

        Assert.Equal(20, (await run.Soon()).Length);
    }

    [Fact]
    public async Task Elements_on_the_pool_keep_to_the_bound()
    {
        InFlight inFlight = new();
        int[] found = await new OnThePoolAtOnce(inFlight).RunAsync(Items(100)).Soon();

        Assert.Equal(Enumerable.Range(1, 100).Select(n => 2_000 / n), found);
        Assert.InRange(inFlight.Most, 1, 2);
        Assert.Equal(100, inFlight.Total);
    }

    [Fact]
    public async Task The_workflow_s_limit_holds_over_elements()
    {
        ValueTask<Done[]> run = new LimitedTwice(_gate).RunAsync(Items(6));
        for (int done = 0; done < 6; done++)
        {
            await _gate.ReachedBy(Math.Min(6, done + 2));
            _gate.Release();
        }

        Assert.Equal(Enumerable.Range(1, 6), (await run.Soon()).Select(d => d.Number));
        Assert.Equal(2, _gate.MostWaiting);
    }

    [Fact]
    public async Task Two_loops_run_side_by_side()
    {
        Gate right = new();
        ValueTask<Answer> run = new TwoLoops(_gate, right).RunAsync(Items(4));
        for (int i = 1; i <= 4; i++)
        {
            await _gate.ReachedBy(i);
            await right.ReachedBy(i);
            _gate.Release();
            right.Release();
        }

        Assert.Equal("10 20", (await run.Soon()).Text);
    }

    [Fact]
    public async Task Elements_may_end_on_many_threads_at_once()
    {
        for (int i = 0; i < 50; i++)
        {
            Gate gate = new();
            ValueTask<Done[]> run = new AllAtOnce(gate).RunAsync(Items(16));
            await Crowd.Run(4, _ =>
            {
                for (int k = 0; k < 4; k++)
                {
                    gate.Release();
                }
            });
            Assert.Equal(Enumerable.Range(1, 16), (await run.Soon()).Select(d => d.Number));
        }
    }

    [Fact]
    public async Task A_source_longer_than_any_stack_is_deep()
    {
        _gate.Open();

        Assert.Equal(200_000, (await new ThreeAtOnce(_gate).RunAsync(Items(200_000)).Soon()).Length);
    }

    private static Item[] Items(int count) => [.. Enumerable.Range(1, count).Select(n => new Item(n))];
}
