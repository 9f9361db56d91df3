namespace Behaviour.Elements;

/// <summary>An element adds the two below it; what it adds with is shown to the test.</summary>
[Workflow]
internal sealed partial class Grows(Gate? gate, Journal journal, List<More<Item>>? kept = null)
{
    public partial ValueTask<Answer> RunAsync(IEnumerable<Item> items, int workers, CancellationToken ct = default);

    [Node]
    async ValueTask<Done> Work([Each(MaxParallelismFrom = nameof(workers))] Item item, int workers, More<Item> more, CancellationToken ct)
    {
        kept?.Add(more);
        if (item.Number > 1)
        {
            journal.Add($"{more.TryAdd(new Item(item.Number / 2))}");
            journal.Add($"{more.TryAdd(new Item(item.Number - (item.Number / 2)))}");
        }

        await (gate?.Wait(ct) ?? default);
        return new Done(item.Number);
    }

    [Node]
    static Answer Show(Done[] done) => new(string.Join(' ', done.Select(d => d.Number)));
}

/// <summary>Over a source that is awaited.</summary>
[Workflow]
internal sealed partial class GrowsAwaited(List<More<Item>> kept)
{
    public partial ValueTask<Answer> RunAsync(IAsyncEnumerable<Item> items, CancellationToken ct = default);

    [Node]
    Done Work([Each(MaxParallelism = 2)] Item item, More<Item> more)
    {
        kept.Add(more);
        if (item.Number == 1)
        {
            more.TryAdd(new Item(100));
        }

        return new Done(item.Number);
    }

    [Node]
    static Answer Show(Done[] done) => new(string.Join(' ', done.Select(d => d.Number)));
}

/// <summary>Enough is enough: nothing can be added afterwards.</summary>
[Workflow]
internal sealed partial class GrowsUntil(Gate gate, List<More<Item>> kept)
{
    public partial ValueTask<Answer> RunAsync(Item[] items, CancellationToken ct = default);

    static bool AreThree(EachProgress progress) => progress.Completed == 3;

    [Node]
    ValueTask<Done> Work([Each(MaxParallelism = 2, Until = nameof(AreThree), Rest = EachRest.Finish)] Item item, More<Item> more, CancellationToken ct)
    {
        kept.Add(more);
        more.TryAdd(new Item(item.Number + 1));
        return gate.Wait(new Done(item.Number), ct);
    }

    [Node]
    static Answer Show(Done[] done) => new(string.Join(' ', done.Select(d => d.Number)));
}

/// <summary>Elements that are added while the loop runs.</summary>
public sealed class MoreTests
{
    private readonly Gate _gate = new();
    private readonly Journal _journal = new();
    private readonly List<More<Item>> _kept = [];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(0)]
    public async Task Results_of_added_elements_stand_behind_those_that_were_there(int workers)
    {
        _gate.Open();

        Assert.Equal("4 3 2 2 1 2 1 1 1 1 1 1", (await new Grows(_gate, _journal).RunAsync(Items(4, 3), workers).Soon()).Text);
        Assert.DoesNotContain("False", _journal.Entries);
    }

    [Fact]
    public async Task An_enumerated_source_comes_first()
    {
        Assert.Equal("4 3 2 2 1 2 1 1 1 1 1 1", (await new Grows(gate: null, _journal).RunAsync(Items(4, 3).Where(_ => true), 1).Soon()).Text);
    }

    [Fact]
    public async Task Added_elements_keep_to_the_bound()
    {
        Task<Answer> run = new Grows(_gate, _journal).RunAsync(Items(8), 3).AsTask();
        int ended = 0;
        while (!run.IsCompleted && ended < 15)
        {
            await _gate.ReachedBy(ended + 1);
            Assert.InRange(_gate.Waiting, 1, 3);
            _gate.Release();
            ended++;
        }

        Assert.Equal(15, (await run.Soon()).Text.Split(' ').Length);
        Assert.InRange(_gate.MostWaiting, 2, 3);
    }

    [Fact]
    public async Task An_idle_worker_takes_what_is_added_from_outside()
    {
        Task<Answer> run = new Grows(_gate, _journal, _kept).RunAsync(Items(1), 2).AsTask();
        Assert.Equal(1, _gate.Waiting);
        Assert.True(_kept[0].TryAdd(new Item(1)));
        await _gate.ReachedBy(2);
        _gate.Release();
        _gate.Release();

        Assert.Equal("1 1", (await run.Soon()).Text);
    }

    [Fact]
    public async Task After_the_loop_has_ended_nothing_can_be_added()
    {
        Grows workflow = new(_gate, _journal, _kept);
        _gate.Open();
        await workflow.RunAsync(Items(1), 1).Soon();
        Assert.False(_kept[0].TryAdd(new Item(5)));

        // Nor to the loop of another run that uses the same memory.
        Gate shut = new();
        Grows other = new(shut, _journal, _kept);
        Task<Answer> run = other.RunAsync(Items(1), 1).AsTask();
        Assert.False(_kept[0].TryAdd(new Item(5)));
        shut.Open();
        Assert.Equal("1", (await run.Soon()).Text);
        Assert.False(default(More<Item>).TryAdd(new Item(1)));
    }

    [Fact]
    public async Task A_loop_that_fails_takes_no_more()
    {
        Task<Answer> run = new Grows(_gate, _journal, _kept).RunAsync(Items(1, 1), 2).AsTask();
        _gate.Fail(new BoomException("one"));

        await Assert.ThrowsAsync<BoomException>(() => run.Soon());
        Assert.False(_kept[0].TryAdd(new Item(1)));
    }

    [Fact]
    public async Task With_enough_elements_nothing_can_be_added()
    {
        Task<Answer> run = new GrowsUntil(_gate, _kept).RunAsync(Items(10, 20)).AsTask();
        for (int i = 0; i < 3; i++)
        {
            await _gate.ReachedBy(i + 2);
            _gate.Release();
        }

        Assert.Equal(1, _gate.Waiting);
        Assert.False(_kept[^1].TryAdd(new Item(99)));
        _gate.Release();

        Assert.Equal("10 20 11 21", (await run.Soon()).Text);
    }

    [Fact]
    public async Task Elements_may_be_added_to_an_awaited_source()
    {
        Gate source = new();
        Task<Answer> run = new GrowsAwaited(_kept).RunAsync(Awaited(source)).AsTask();
        source.Release();
        source.Release();
        source.Release();

        Assert.Equal("1 2 3 100", string.Join(' ', (await run.Soon()).Text.Split(' ').Select(int.Parse).Order()));
    }

    [Fact]
    public async Task Cancellation_ends_a_loop_that_grows()
    {
        using CancellationTokenSource cts = new();
        Task<Answer> run = new Grows(_gate, _journal, _kept).RunAsync(Items(8), 2, cts.Token).AsTask();
        await _gate.ReachedBy(2);
        await cts.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.False(_kept[0].TryAdd(new Item(1)));
    }

    [Fact]
    public async Task Many_threads_may_add_at_once()
    {
        for (int round = 0; round < 20; round++)
        {
            Gate first = new();
            List<More<Item>> kept = [];
            Task<Answer> run = new GrowsBeside(first, kept).RunAsync(Items(-1)).AsTask();
            More<Item> more = kept[0];
            await Crowd.Run(4, number =>
            {
                for (int i = 0; i < 25; i++)
                {
                    Assert.True(more.TryAdd(new Item((number * 25) + i)));
                }
            });
            first.Open();
            Assert.Equal(Enumerable.Range(-1, 101), (await run.Soon()).Text.Split(' ').Select(int.Parse).Order());
        }
    }

    private static Item[] Items(params int[] numbers) => [.. numbers.Select(n => new Item(n))];

    private static async IAsyncEnumerable<Item> Awaited(Gate source)
    {
        for (int i = 1; i <= 3; i++)
        {
            await source.Wait();
            yield return new Item(i);
        }
    }
}

/// <summary>Only the first element waits.</summary>
[Workflow]
internal sealed partial class GrowsBeside(Gate first, List<More<Item>> kept)
{
    public partial ValueTask<Answer> RunAsync(Item[] items, CancellationToken ct = default);

    [Node]
    async ValueTask<Done> Work([Each(MaxParallelism = 3)] Item item, More<Item> more, CancellationToken ct)
    {
        if (item.Number < 0)
        {
            kept.Add(more);
            await first.Wait(ct);
        }

        return new Done(item.Number);
    }

    [Node]
    static Answer Show(Done[] done) => new(string.Join(' ', done.Select(d => d.Number)));
}
