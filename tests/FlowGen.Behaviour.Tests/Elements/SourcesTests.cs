using System.Runtime.CompilerServices;

namespace Behaviour.Elements;

internal sealed record Item(int Number);

internal sealed record Done(int Number);

/// <summary>An array that a node yields, found by the type of its elements.</summary>
[Workflow]
internal sealed partial class OverArray(Gate gate)
{
    public partial ValueTask<Done[]> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    Item[] Items(Ask ask) => [.. Enumerable.Range(1, ask.Number).Select(n => new Item(n))];

    [Node]
    ValueTask<Done> Work([Each] Item item, CancellationToken ct) => gate.Wait(new Done(item.Number * 10), ct);
}

[Workflow]
internal sealed partial class OverList(Gate gate)
{
    public partial ValueTask<IReadOnlyList<Done>> RunAsync(List<Item> items, CancellationToken ct = default);

    [Node]
    ValueTask<Done> Work([Each] Item item, CancellationToken ct) => gate.Wait(new Done(item.Number * 10), ct);
}

[Workflow]
internal sealed partial class OverReadOnlyList(Gate gate)
{
    public partial ValueTask<IReadOnlyList<Done>> RunAsync(IReadOnlyList<Item> items, CancellationToken ct = default);

    [Node]
    ValueTask<Done> Work([Each] Item item, CancellationToken ct) => gate.Wait(new Done(item.Number * 10), ct);
}

[Workflow]
internal sealed partial class OverEnumerable(Gate gate)
{
    public partial ValueTask<IReadOnlyList<Done>> RunAsync(IEnumerable<Item> items, CancellationToken ct = default);

    [Node]
    ValueTask<Done> Work([Each] Item item, CancellationToken ct) => gate.Wait(new Done(item.Number * 10), ct);
}

[Workflow]
internal sealed partial class OverAsyncEnumerable(Gate gate)
{
    public partial ValueTask<IReadOnlyList<Done>> RunAsync(IAsyncEnumerable<Item> items, CancellationToken ct = default);

    [Node]
    ValueTask<Done> Work([Each] Item item, CancellationToken ct) => gate.Wait(new Done(item.Number * 10), ct);
}

/// <summary>The source is named, and it is a part of what a node yields; the elements are numbers.</summary>
internal sealed record Batch(string Name, IReadOnlyList<int> Numbers);

[Workflow]
internal sealed partial class OverMember
{
    public partial ValueTask<Answer> RunAsync(Ask ask);

    [Node]
    Batch Load(Ask ask) => new("b", [.. Enumerable.Range(1, ask.Number)]);

    [Node]
    int Square([Each(nameof(Load), Member = nameof(Batch.Numbers))] int number, Batch batch) => number * number * batch.Name.Length;

    [Node]
    Answer Show([From(nameof(Square))] IReadOnlyList<int> squares) => new(string.Join(' ', squares));
}

/// <summary>A node without value over elements, and one after it.</summary>
[Workflow]
internal sealed partial class OverForEffect(Gate gate, Journal journal)
{
    public partial ValueTask RunAsync(Item[] items, CancellationToken ct = default);

    [Node]
    async ValueTask Write([Each] Item item, CancellationToken ct)
    {
        await gate.Wait(ct);
        journal.Add($"{item.Number}");
    }

    [Node, After(nameof(Write))]
    void Then(Item[] items) => journal.Add($"then {items.Length}");
}

/// <summary>Plain synchronous elements: nothing suspends anywhere.</summary>
[Workflow]
internal sealed partial class OverSynchronously
{
    public partial Answer Run(Item[] items);

    [Node]
    Done Work([Each] Item item) => new(item.Number + 1);

    [Node]
    Answer Show(IEnumerable<Done> done) => new(string.Join(' ', done.Select(d => d.Number)));
}

public sealed class SourcesTests
{
    private readonly Gate _gate = new();
    private readonly Journal _journal = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Over_an_array(bool openFirst)
        => Assert.Equal(Expected(5), Numbers(await Finish(openFirst, 5, () => new OverArray(_gate).RunAsync(new Ask(5)).AsTask())));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Over_a_list(bool openFirst)
        => Assert.Equal(Expected(5), Numbers(await Finish(openFirst, 5, () => new OverList(_gate).RunAsync([.. Items(5)]).AsTask())));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Over_a_read_only_list(bool openFirst)
        => Assert.Equal(Expected(5), Numbers(await Finish(openFirst, 5, () => new OverReadOnlyList(_gate).RunAsync([.. Items(5)]).AsTask())));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Over_an_enumerable(bool openFirst)
        => Assert.Equal(Expected(5), Numbers(await Finish(openFirst, 5, () => new OverEnumerable(_gate).RunAsync(Items(5)).AsTask())));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Over_an_async_enumerable(bool openFirst)
        => Assert.Equal(Expected(5), Numbers(await Finish(openFirst, 5, () => new OverAsyncEnumerable(_gate).RunAsync(ItemsLater(5)).AsTask())));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_000)]
    public async Task Any_number_of_elements(int count)
    {
        _gate.Open();

        Assert.Equal(Expected(count), Numbers(await new OverArray(_gate).RunAsync(new Ask(count)).Soon()));
        Assert.Equal(Expected(count), Numbers(await new OverList(_gate).RunAsync([.. Items(count)]).Soon()));
        Assert.Equal(Expected(count), Numbers(await new OverReadOnlyList(_gate).RunAsync([.. Items(count)]).Soon()));
        Assert.Equal(Expected(count), Numbers(await new OverEnumerable(_gate).RunAsync(Items(count)).Soon()));
        Assert.Equal(Expected(count), Numbers(await new OverAsyncEnumerable(_gate).RunAsync(ItemsLater(count)).Soon()));
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(4, "1 4 9 16")]
    public async Task The_source_may_be_named_and_be_a_member(int count, string expected)
        => Assert.Equal(expected, (await new OverMember().RunAsync(new Ask(count)).Soon()).Text);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Without_a_value_what_follows_waits_for_all(bool openFirst)
    {
        await Finish(openFirst, 3, async () =>
        {
            await new OverForEffect(_gate, _journal).RunAsync([.. Items(3)]);
            return Array.Empty<Done>();
        });

        Assert.Equal(["1", "2", "3", "then 3"], _journal.Entries);
    }

    [Fact]
    public async Task Without_a_value_and_without_elements_it_has_completed()
    {
        await new OverForEffect(_gate, _journal).RunAsync([]).Soon();

        Assert.Equal(["then 0"], _journal.Entries);
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(3, "2 3 4")]
    public void A_synchronous_workflow_may_go_over_elements(int count, string expected)
        => Assert.Equal(expected, new OverSynchronously().Run([.. Items(count)]).Text);

    private static IEnumerable<Item> Items(int count) => Enumerable.Range(1, count).Select(n => new Item(n));

    private static async IAsyncEnumerable<Item> ItemsLater(int count, [EnumeratorCancellation] CancellationToken ct = default)
    {
        for (int i = 1; i <= count; i++)
        {
            ct.ThrowIfCancellationRequested();
            if (i % 2 == 0)
            {
                await Task.Yield();
            }

            yield return new Item(i);
        }
    }

    private static IEnumerable<int> Expected(int count) => Enumerable.Range(1, count).Select(n => n * 10);

    private static IEnumerable<int> Numbers(IEnumerable<Done> done) => done.Select(d => d.Number);

    /// <summary>One element at a time, each let go only when it has arrived: without a bound nothing overlaps.</summary>
    private async Task<IReadOnlyList<Done>> Finish<T>(bool openFirst, int count, Func<Task<T>> start)
        where T : IReadOnlyList<Done>
    {
        if (openFirst)
        {
            _gate.Open();
        }

        Task<T> run = start();
        for (int i = 1; i <= count && !openFirst; i++)
        {
            await _gate.ReachedBy(i);
            Assert.False(run.IsCompleted);
            Assert.Equal(1, _gate.Waiting);
            _gate.Release();
        }

        return await run.Soon();
    }
}
