namespace Patterns.P41_ThreadMerge;

/// <summary>Several threads in one branch become one.</summary>
/// <remarks>
/// The shelves of a store are counted by as many people as there are shelves. <see cref="EachAttribute"/> is the branch with its threads; whoever takes the
/// list of its results runs once, when the last of them is there.
/// </remarks>
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

public sealed record Shelf(string Name);

public sealed record Store(string Name, Shelf[] Shelves);

public sealed record Count(string Shelf, int Items);

public sealed record Inventory(int Items);

public interface IStore
{
    ValueTask<Count> CountAsync(Shelf shelf, CancellationToken ct);

    ValueTask<Inventory> BookAsync(int items, CancellationToken ct);
}
