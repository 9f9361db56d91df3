namespace Patterns.P03_Synchronization;

/// <summary>A task waits for all of several branches, and runs once.</summary>
/// <remarks>
/// Every parameter is waited for. A branch that hands nothing over is named in <see cref="NeedsAttribute"/>, or in <see cref="AfterAttribute"/> where it may also have been
/// skipped.
/// </remarks>
[Workflow]
public sealed partial class ShipOrder(IWarehouse warehouse)
{
    public partial ValueTask<Departure> RunAsync(Order order, CancellationToken ct = default);

    [Node]
    ValueTask<Parcel> Pack(Order order, CancellationToken ct) => warehouse.PackAsync(order, ct);

    [Node]
    ValueTask<Label> Print(Order order, CancellationToken ct) => warehouse.PrintAsync(order, ct);

    [Node]
    ValueTask Declare(Order order, CancellationToken ct) => warehouse.DeclareAsync(order, ct);

    [Node, Needs(nameof(Declare))]
    ValueTask<Departure> Load(Parcel parcel, Label label, CancellationToken ct) => warehouse.LoadAsync(parcel, label, ct);
}

public sealed record Order(int Number);

public sealed record Parcel(int Order);

public sealed record Label(string Text);

public sealed record Departure(string Label);

public interface IWarehouse
{
    ValueTask<Parcel> PackAsync(Order order, CancellationToken ct);

    ValueTask<Label> PrintAsync(Order order, CancellationToken ct);

    ValueTask DeclareAsync(Order order, CancellationToken ct);

    ValueTask<Departure> LoadAsync(Parcel parcel, Label label, CancellationToken ct);
}
