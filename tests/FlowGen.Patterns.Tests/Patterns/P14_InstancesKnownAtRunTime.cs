namespace Patterns.P14_InstancesKnownAtRunTime;

/// <summary>A task is done so many times as is known only when the run gets there, and what follows waits for all of them.</summary>
/// <remarks><see cref="EachAttribute"/> runs the node once per element. Its value is an array in the order of the elements, whichever finishes first.</remarks>
[Workflow]
public sealed partial class CollectOrder(IWarehouse warehouse)
{
    public partial ValueTask<Parcel> RunAsync(Order order, CancellationToken ct = default);

    [Node]
    ValueTask<IReadOnlyList<Line>> LookUp(Order order, CancellationToken ct) => warehouse.LookUpAsync(order, ct);

    [Node]
    ValueTask<Item> Fetch([Each(nameof(LookUp), MaxParallelism = 0)] Line line, CancellationToken ct) => warehouse.FetchAsync(line, ct);

    [Node]
    ValueTask<Parcel> Pack(Item[] items, CancellationToken ct) => warehouse.PackAsync(items, ct);
}

public sealed record Order(int Number);

public sealed record Line(string Article);

public sealed record Item(string Article);

public sealed record Parcel(string Content);

public interface IWarehouse
{
    ValueTask<IReadOnlyList<Line>> LookUpAsync(Order order, CancellationToken ct);

    ValueTask<Item> FetchAsync(Line line, CancellationToken ct);

    ValueTask<Parcel> PackAsync(Item[] items, CancellationToken ct);
}
