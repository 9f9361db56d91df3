namespace Patterns.P41_ThreadMerge;

public sealed class P41_ThreadMergeTests : IStore
{
    private static readonly Store s_place = new("corner", [new("tea"), new("rice"), new("soap")]);

    private readonly Doors _doors = new();
    private readonly Journal _journal = new();

    [Fact]
    public async Task All_threads_become_one()
    {
        ValueTask<Inventory> run = new TakeInventory(this).RunAsync(s_place);
        await _doors["soap"].Reached;
        Assert.Equal(1, _doors["tea"].Waiting);
        _doors.Open("soap", "tea");
        Assert.Empty(_journal.Entries);
        _doors.Open("rice");

        Assert.Equal(new Inventory(11), await run.Soon());
        Assert.Equal(["book 11"], _journal.Entries);
    }

    [Fact]
    public async Task No_threads_become_one_too()
    {
        Assert.Equal(new Inventory(0), await new TakeInventory(this).RunAsync(new Store("empty", [])).Soon());
        Assert.Equal(["book 0"], _journal.Entries);
    }

    [Fact]
    public async Task With_a_failure_nothing_is_merged()
    {
        InvalidOperationException fell = new("fell over");
        ValueTask<Inventory> run = new TakeInventory(this).RunAsync(s_place);
        await _doors["soap"].Reached;
        _doors.Open("tea");
        _doors["rice"].Fail(fell);

        Assert.Same(fell, await Assert.ThrowsAsync<InvalidOperationException>(() => run.Soon()));
        Assert.Equal(0, _doors["soap"].Waiting);
        Assert.Empty(_journal.Entries);
    }

    [Fact]
    public async Task Cancellation_reaches_all_threads()
    {
        using CancellationTokenSource cts = new();
        ValueTask<Inventory> run = new TakeInventory(this).RunAsync(s_place, cts.Token);
        await _doors["soap"].Reached;
        await cts.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(0, _doors["tea"].Waiting + _doors["rice"].Waiting + _doors["soap"].Waiting);
        Assert.Empty(_journal.Entries);
    }

    public ValueTask<Count> CountAsync(Shelf shelf, CancellationToken ct) => _doors[shelf.Name].Wait(new Count(shelf.Name, shelf.Name.Length), ct);

    public ValueTask<Inventory> BookAsync(int items, CancellationToken ct) => ValueTask.FromResult(_journal.Add($"book {items}", new Inventory(items)));
}
