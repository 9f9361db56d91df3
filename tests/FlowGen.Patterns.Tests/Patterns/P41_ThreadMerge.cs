namespace Patterns.P41;

public sealed record Shelf(string Name);

public sealed record Store(string Name, Shelf[] Shelves);

public sealed record Count(string Shelf, int Items);

public sealed record Inventory(int Items);

public interface IStore
{
    ValueTask<Count> CountAsync(Shelf shelf, CancellationToken ct);

    ValueTask<Inventory> BookAsync(int items, CancellationToken ct);
}

/// <summary>The shelves of a store are counted by as many people as there are shelves, and their threads become one again: what follows happens once.</summary>
[Workflow]
public sealed partial class TakeInventory(IStore store)
{
    public partial ValueTask<Inventory> RunAsync(Store place, CancellationToken ct = default);

    [Node]
    Shelf[] Assign(Store place) => place.Shelves;

    [Node]
    ValueTask<Count> CountShelf([Each(MaxParallelism = 0)] Shelf shelf, CancellationToken ct) => store.CountAsync(shelf, ct);

    [Node]
    ValueTask<Inventory> Book(IReadOnlyList<Count> counts, CancellationToken ct) => store.BookAsync(counts.Sum(c => c.Items), ct);
}
