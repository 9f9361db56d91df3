using System.Runtime.CompilerServices;

namespace Behaviour.Elements;

/// <summary>Elements wait at the gate and journal how they ended; a negative one fails once it is let go.</summary>
[Workflow]
internal sealed partial class FailingElements(Gate gate, Gate leaving, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(IEnumerable<Item> items, CancellationToken ct = default);

    [Node]
    async ValueTask<Done> Work([Each(MaxParallelism = 3)] Item item, CancellationToken ct)
    {
        journal.Add($"start {item.Number}");
        try
        {
            await gate.Wait(ct);
        }
        catch (OperationCanceledException)
        {
            await leaving.Wait(CancellationToken.None);
            journal.Add($"left {item.Number}");
            throw;
        }

        return item.Number > 0 ? new Done(item.Number) : throw new BoomException($"{item.Number}");
    }

    [Node]
    Answer Show(Done[] done) => journal.Add("show", new Answer($"{done.Length}"));
}

[Workflow]
internal sealed partial class TryElements(Gate gate)
{
    public partial ValueTask<Answer> RunAsync(IEnumerable<Item> items, CancellationToken ct = default);

    [Node, BestEffort]
    ValueTask<Done> Work([Each(MaxParallelism = 2)] Item item, CancellationToken ct)
        => item.Number > 0 ? gate.Wait(new Done(item.Number), ct) : throw new BoomException($"{item.Number}");

    [Node]
    Answer Show(Done[]? done) => new(done is null ? "nothing" : $"{done.Length}");
}

[Workflow]
internal sealed partial class ObserveElements(Gate gate)
{
    public partial ValueTask<Answer> RunAsync(IEnumerable<Item> items, CancellationToken ct = default);

    [Node]
    ValueTask<Done> Work([Each(MaxParallelism = 2)] Item item, CancellationToken ct)
        => item.Number > 0 ? gate.Wait(new Done(item.Number), ct) : throw new BoomException($"{item.Number}");

    [Node]
    Answer Show(Outcome<Done[]> done) => new(done.Succeeded ? $"{done.Value!.Length}" : $"{done.State} {done.Error?.Message}");
}

[Workflow]
internal sealed partial class AsyncElements(Gate gate)
{
    public partial ValueTask<Done[]> RunAsync(IAsyncEnumerable<Item> items, CancellationToken ct = default);

    [Node]
    ValueTask<Done> Work([Each(MaxParallelism = 2)] Item item, CancellationToken ct)
        => item.Number > 0 ? gate.Wait(new Done(item.Number), ct) : throw new BoomException($"{item.Number}");
}

/// <summary>The source may be missing: then the whole node is skipped.</summary>
[Workflow]
internal sealed partial class MissingSource(Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask);

    static bool Wanted(Ask ask) => ask.Number > 0;

    [Node, When(nameof(Wanted))]
    Item[] Items(Ask ask) => [.. Enumerable.Range(1, ask.Number).Select(n => new Item(n))];

    [Node]
    Done Work([Each] Item item) => journal.Add($"{item.Number}", new Done(item.Number));

    [Node]
    Answer Show(Done[]? done) => new(done is null ? "nothing" : $"{done.Length}");
}

public sealed class ElementFailuresTests
{
    private readonly Gate _gate = new();
    private readonly Gate _leaving = new();
    private readonly Journal _journal = new();

    [Fact]
    public async Task The_first_failure_cancels_the_others_and_awaits_them()
    {
        ValueTask<Answer> run = Start(1, -2, 3, 4, 5);
        await _gate.ReachedBy(3);
        _gate.ReleaseAt(1);
        await _leaving.ReachedBy(2);
        Assert.False(run.IsCompleted);
        _leaving.Open();

        Assert.Equal("-2", (await Assert.ThrowsAsync<BoomException>(() => run.Soon())).Message);
        Assert.Equal(["left 1", "left 3", "start -2", "start 1", "start 3"], _journal.Entries.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task No_element_starts_after_a_failure()
    {
        _gate.Open();
        await Assert.ThrowsAsync<BoomException>(() => Start(1, 2, -3, 4, 5).Soon());

        Assert.Equal(["start 1", "start 2", "start -3"], _journal.Entries);
    }

    [Fact]
    public async Task Cancellation_reaches_every_element_and_starts_no_more()
    {
        using CancellationTokenSource cts = new();
        ValueTask<Answer> run = new FailingElements(_gate, _leaving, _journal).RunAsync(Items(1, 2, 3, 4), cts.Token);
        await _gate.ReachedBy(3);
        await cts.CancelAsync();
        await _leaving.ReachedBy(3);
        Assert.False(run.IsCompleted);
        _leaving.Open();

        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(cts.Token, error.CancellationToken);
        Assert.DoesNotContain("start 4", _journal.Entries);
    }

    [Fact]
    public async Task The_enumerator_is_disposed_on_success()
    {
        _gate.Open();

        Assert.Equal("3", (await new FailingElements(_gate, _leaving, _journal).RunAsync(Watched(1, 2, 3)).Soon()).Text);
        Assert.Equal(1, _journal.Count("disposed"));
    }

    [Fact]
    public async Task The_enumerator_is_disposed_on_failure()
    {
        _gate.Open();
        await Assert.ThrowsAsync<BoomException>(() => new FailingElements(_gate, _leaving, _journal).RunAsync(Watched(1, -2, 3)).Soon());

        Assert.Equal(1, _journal.Count("disposed"));
    }

    [Fact]
    public async Task The_enumerator_is_disposed_on_cancellation()
    {
        using CancellationTokenSource cts = new();
        _leaving.Open();
        ValueTask<Answer> run = new FailingElements(_gate, _leaving, _journal).RunAsync(Watched(1, 2, 3, 4, 5), cts.Token);
        await cts.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(1, _journal.Count("disposed"));
    }

    [Fact]
    public async Task An_asynchronous_enumerator_is_disposed_on_every_outcome()
    {
        _gate.Open();
        await new AsyncElements(_gate).RunAsync(WatchedLater([1, 2, 3])).Soon();
        Assert.Equal(1, _journal.Count("disposed"));

        await Assert.ThrowsAsync<BoomException>(() => new AsyncElements(_gate).RunAsync(WatchedLater([1, -2, 3])).Soon());
        Assert.Equal(2, _journal.Count("disposed"));

        using CancellationTokenSource cts = new();
        Gate shut = new();
        ValueTask<Done[]> run = new AsyncElements(shut).RunAsync(WatchedLater([1, 2, 3]), cts.Token);
        await shut.ReachedBy(2);
        await cts.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(3, _journal.Count("disposed"));
    }

    [Fact]
    public async Task An_asynchronous_source_that_waits_is_cancelled()
    {
        using CancellationTokenSource cts = new();
        Gate source = new();
        ValueTask<Done[]> run = new AsyncElements(_gate).RunAsync(WatchedLater([1, 2, 3], source), cts.Token);
        await source.Reached;
        await cts.CancelAsync();

        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(cts.Token, error.CancellationToken);
        Assert.Equal(1, _journal.Count("disposed"));
    }

    [Fact]
    public async Task An_error_of_the_enumeration_belongs_to_the_node()
    {
        _gate.Open();
        Assert.Equal("source", (await Assert.ThrowsAsync<BoomException>(() => new FailingElements(_gate, _leaving, _journal).RunAsync(Broken()).Soon())).Message);
        Assert.Equal("nothing", (await new TryElements(_gate).RunAsync(Broken()).Soon()).Text);
        Assert.Equal("Failed source", (await new ObserveElements(_gate).RunAsync(Broken()).Soon()).Text);
    }

    [Fact]
    public async Task An_error_of_the_enumeration_waits_for_what_is_in_flight()
    {
        ValueTask<Answer> run = new FailingElements(_gate, _leaving, _journal).RunAsync(Broken());
        await _leaving.ReachedBy(1);
        Assert.False(run.IsCompleted);
        _leaving.Open();

        Assert.Equal("source", (await Assert.ThrowsAsync<BoomException>(() => run.Soon())).Message);
    }

    [Theory]
    [InlineData("1 2 3", "3")]
    [InlineData("1 -2 3", "nothing")]
    public async Task Best_effort_is_the_node_s_not_the_element_s(string numbers, string expected)
    {
        _gate.Open();

        Assert.Equal(expected, (await new TryElements(_gate).RunAsync(Parse(numbers)).Soon()).Text);
    }

    [Theory]
    [InlineData("1 2 3", "3")]
    [InlineData("1 -2 3", "Failed -2")]
    public async Task An_outcome_observes_the_node(string numbers, string expected)
    {
        _gate.Open();

        Assert.Equal(expected, (await new ObserveElements(_gate).RunAsync(Parse(numbers)).Soon()).Text);
    }

    [Fact]
    public async Task A_failure_later_is_observed_after_all_have_ended()
    {
        ValueTask<Answer> run = new ObserveElements(_gate).RunAsync(Items(1, 2, -3));
        await _gate.ReachedBy(2);
        _gate.Release();

        Assert.Equal("Failed -3", (await run.Soon()).Text);
        Assert.Equal(0, _gate.Waiting);
    }

    [Theory]
    [InlineData(0, "nothing")]
    [InlineData(3, "3")]
    public async Task Without_its_source_the_node_is_skipped(int number, string expected)
    {
        Assert.Equal(expected, (await new MissingSource(_journal).RunAsync(new Ask(number)).Soon()).Text);
        Assert.Equal(number, _journal.Entries.Count);
    }

    private static Item[] Items(params int[] numbers) => [.. numbers.Select(n => new Item(n))];

    private static Item[] Parse(string numbers) => Items([.. numbers.Split(' ').Select(int.Parse)]);

    private static IEnumerable<Item> Broken()
    {
        yield return new Item(1);
        throw new BoomException("source");
    }

    private ValueTask<Answer> Start(params int[] numbers) => new FailingElements(_gate, _leaving, _journal).RunAsync(Items(numbers));

    private IEnumerable<Item> Watched(params int[] numbers)
    {
        try
        {
            foreach (int number in numbers)
            {
                yield return new Item(number);
            }
        }
        finally
        {
            _journal.Add("disposed");
        }
    }

    private async IAsyncEnumerable<Item> WatchedLater(int[] numbers, Gate? source = null, [EnumeratorCancellation] CancellationToken ct = default)
    {
        try
        {
            foreach (int number in numbers)
            {
                await (source?.Wait(ct) ?? default);
                yield return new Item(number);
            }
        }
        finally
        {
            await Task.Yield();
            _journal.Add("disposed");
        }
    }
}
