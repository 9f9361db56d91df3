namespace Behaviour.Elements;

[Workflow]
internal sealed partial class SkipsFailed(Gate[] gates)
{
    public partial ValueTask<Answer> RunAsync(IEnumerable<Item> items, CancellationToken ct = default);

    [Node]
    ValueTask<Done> Work([Each(MaxParallelism = 2, OnError = EachError.Skip)] Item item, CancellationToken ct)
        => item.Number < 0 ? throw new BoomException("negative") : gates[item.Number].Wait(new Done(item.Number), ct);

    [Node]
    static Answer Show(Done[] done) => new(string.Join(' ', done.Select(d => d.Number)));
}

[Workflow]
internal sealed partial class CollectsFailed(Gate[] gates)
{
    public partial ValueTask<Answer> RunAsync(IAsyncEnumerable<Item> items, CancellationToken ct = default);

    [Node]
    ValueTask<Done> Work([Each(MaxParallelism = 2, OnError = EachError.Collect)] Item item, CancellationToken ct)
        => item.Number < 0 ? throw new BoomException("negative") : gates[item.Number].Wait(new Done(item.Number), ct);

    [Node]
    static Answer Show(Outcome<Done>[] done) => new(string.Join(' ', done.Select(d => d.Succeeded ? $"{d.Value!.Number}" : $"{d.State}:{d.Error!.Message}")));
}

/// <summary>Failed activations, with state and something to undo.</summary>
[Workflow]
internal sealed partial class MayFail(Gate[] gates, Journal journal)
{
    public partial ValueTask<Done> RunAsync(Item item, CancellationToken ct = default);

    [Node]
    One Book(Item item, Slate slate)
    {
        slate.Number = item.Number;
        return journal.Add($"book {item.Number}", new One(item.Number));
    }

    [Compensate(nameof(Book))]
    void Cancel(One one) => journal.Add($"cancel {one.Number}");

    [Node]
    async ValueTask<Done> Work(One one, Slate slate, CancellationToken ct)
    {
        await gates[one.Number].Wait(ct);
        return new Done(slate.Number);
    }
}

[Workflow]
internal sealed partial class SkipsFailedParts(MayFail part)
{
    public partial ValueTask<Answer> RunAsync(Item[] items, CancellationToken ct = default);

    [SubWorkflow(nameof(part))]
    private partial ValueTask<Done> Part([Each(MaxParallelism = 2, OnError = EachError.Skip)] Item item);

    [Node]
    static Answer Show(Done[] done) => new(string.Join(' ', done.Select(d => d.Number)));
}

/// <summary>Yields nothing: what is skipped leaves no trace.</summary>
[Workflow]
internal sealed partial class SkipsWithoutValue(Journal journal)
{
    public partial ValueTask RunAsync(int[] numbers, CancellationToken ct = default);

    [Node]
    ValueTask Work([Each(OnError = EachError.Skip)] int numbers)
        => numbers < 0 ? throw new BoomException("negative") : journal.Add($"{numbers}", ValueTask.CompletedTask);
}

/// <summary>Tried twice, half a second each, element by element.</summary>
[Workflow]
internal sealed partial class GuardedElements(Gate[] gates, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Item[] items, CancellationToken ct = default);

    [Node, Retry(1, DelayMs = 1_000, Jitter = false), Timeout(Milliseconds = 500)]
    async ValueTask<Done> Work([Each(MaxParallelism = 2, OnError = EachError.Collect)] Item item, CancellationToken ct)
    {
        journal.Add($"{item.Number}");
        await gates[item.Number].Wait(ct);
        return new Done(item.Number);
    }

    [Node]
    static Answer Show(Outcome<Done>[] done) => new(string.Join(' ', done.Select(d => d.Succeeded ? $"{d.Value!.Number}" : d.Error!.GetType().Name)));
}

/// <summary>What the failure of an element means, and policies of each.</summary>
public sealed class OnErrorTests
{
    private readonly Gate[] _gates = [new(), new(), new(), new(), new()];
    private readonly Journal _journal = new();

    [Fact]
    public async Task Skipped_elements_are_left_out_and_the_order_is_kept()
    {
        Task<Answer> run = new SkipsFailed(_gates).RunAsync(Items(0, -1, 1, 2, -2, 3)).AsTask();
        _gates[1].Fail(new BoomException("one"));
        _gates[2].Release();
        _gates[3].Release();
        _gates[0].Release();

        Assert.Equal("0 2 3", (await run.Soon()).Text);
    }

    [Fact]
    public async Task All_may_be_skipped()
        => Assert.Equal("", (await new SkipsFailed(_gates).RunAsync(Items(-1, -2, -3)).Soon()).Text);

    [Fact]
    public async Task Cancellation_is_not_skipped()
    {
        using CancellationTokenSource cts = new();
        Task<Answer> run = new SkipsFailed(_gates).RunAsync(Items(0, 1, 2), cts.Token).AsTask();
        _gates[0].Release();
        await cts.CancelAsync();

        Assert.Equal(cts.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon())).CancellationToken);
    }

    [Fact]
    public async Task A_cancellation_of_its_own_is_a_failure()
    {
        Task<Answer> run = new SkipsFailed(_gates).RunAsync(Items(0, 1)).AsTask();
        _gates[0].Fail(new OperationCanceledException("its own"));
        _gates[1].Release();

        Assert.Equal("1", (await run.Soon()).Text);
    }

    [Fact]
    public async Task Collected_failures_are_values()
    {
        Task<Answer> run = new CollectsFailed(_gates).RunAsync(Later(0, -1, 1, 2)).AsTask();
        _gates[1].Fail(new BoomException("one"));
        await _gates[2].Reached;
        _gates[2].Release();
        _gates[0].Release();

        Assert.Equal("0 Failed:negative Failed:one 2", (await run.Soon()).Text);
    }

    [Fact]
    public async Task Cancellation_is_not_collected()
    {
        using CancellationTokenSource cts = new();
        Task<Answer> run = new CollectsFailed(_gates).RunAsync(Later(0, 1), cts.Token).AsTask();
        await _gates[1].Reached;
        await cts.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
    }

    [Fact]
    public async Task An_error_of_the_source_is_neither_skipped_nor_collected()
    {
        Assert.Equal("source", (await Assert.ThrowsAsync<BoomException>(() => new SkipsFailed(_gates).RunAsync(Broken()).Soon())).Message);
    }

    [Fact]
    public async Task A_skipped_activation_undoes_its_own_and_its_state_is_clean_for_the_next()
    {
        Task<Answer> run = new SkipsFailedParts(new MayFail(_gates, _journal)).RunAsync(Items(0, 1, 2)).AsTask();
        _gates[0].Fail(new BoomException("zero"));
        Assert.Equal("book 0 book 1 cancel 0 book 2", _journal.ToString());
        _gates[1].Release();
        _gates[2].Release();

        Assert.Equal("1 2", (await run.Soon()).Text);
        Assert.Equal("book 0 book 1 cancel 0 book 2", _journal.ToString());
    }

    [Fact]
    public async Task What_yields_nothing_may_be_skipped_too()
    {
        await new SkipsWithoutValue(_journal).RunAsync([1, -1, 2]).Soon();

        Assert.Equal(["1", "2"], _journal.Entries);
    }

    [Fact]
    public async Task Each_element_has_its_tries_and_its_time()
    {
        FakeTimeProvider clock = new();
        GuardedElements workflow = new(_gates, _journal) { Runtime = new FlowRuntime(new FlowRuntimeOptions { TimeProvider = clock }) };
        Task<Answer> run = workflow.RunAsync(Items(0, 1, 2)).AsTask();
        _gates[1].Release();
        Assert.Equal(["0", "1", "2"], _journal.Entries);

        // The first and the third run out of time and are tried again; the first runs out once more.
        clock.Advance(TimeSpan.FromMilliseconds(500));
        Assert.Equal(0, _gates[0].Waiting + _gates[2].Waiting);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["0", "1", "2", "0", "2"], _journal.Entries);
        _gates[2].Release();
        clock.Advance(TimeSpan.FromMilliseconds(500));

        Assert.Equal("TimeoutException 1 2", (await run.Soon()).Text);
    }

    [Fact]
    public async Task Cancellation_ends_the_delay_of_an_element()
    {
        using CancellationTokenSource cts = new();
        FakeTimeProvider clock = new();
        GuardedElements workflow = new(_gates, _journal) { Runtime = new FlowRuntime(new FlowRuntimeOptions { TimeProvider = clock }) };
        Task<Answer> run = workflow.RunAsync(Items(0, 1), cts.Token).AsTask();
        clock.Advance(TimeSpan.FromMilliseconds(500));
        await cts.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(["0", "1"], _journal.Entries);
    }

    [Fact]
    public async Task The_same_object_skips_anew()
    {
        SkipsFailed workflow = new(_gates);
        foreach (Gate gate in _gates)
        {
            gate.Open();
        }

        for (int i = 0; i < 3; i++)
        {
            Assert.Equal($"{i}", (await workflow.RunAsync(Items(-1, i, -1)).Soon()).Text);
            Assert.Equal("0 1 2 3", (await workflow.RunAsync(Items(0, 1, 2, 3)).Soon()).Text);
        }
    }

    private static Item[] Items(params int[] numbers) => [.. numbers.Select(n => new Item(n))];

    private static async IAsyncEnumerable<Item> Later(params int[] numbers)
    {
        foreach (int number in numbers)
        {
            await Task.Yield();
            yield return new Item(number);
        }
    }

    private static IEnumerable<Item> Broken()
    {
        yield return new Item(-1);
        throw new BoomException("source");
    }
}
