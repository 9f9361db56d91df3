namespace Patterns.P25;

public sealed record Order(string Item);

public sealed record Picked(string Item);

public sealed record Parcel(string Item);

public sealed record Invoice(int Number);

public sealed record Withdrawal(string Reason);

public sealed record Ending(Invoice Invoice, Parcel? Parcel, Withdrawal? Withdrawal);

public interface IWarehouse
{
    ValueTask<Picked> PickAsync(Order order, CancellationToken ct);

    ValueTask<Parcel> PackAsync(Picked picked, CancellationToken ct);

    ValueTask<Invoice> BillAsync(Order order, CancellationToken ct);
}

/// <summary>
/// A customer who withdraws takes picking and packing out of the run, wherever they have got to; the invoice is not in the region and goes on. Once the parcel is packed, nobody
/// waits for a withdrawal any more.
/// </summary>
[Workflow]
public sealed partial class FulfilOrder(IWarehouse warehouse)
{
    public partial ValueTask<Ending> RunAsync(Order order, CancellationToken ct = default);

    [Node]
    ValueTask<Picked> Pick(Order order, CancellationToken ct) => warehouse.PickAsync(order, ct);

    [Node, Cancels(nameof(Withdraw))]
    ValueTask<Parcel> Pack(Picked picked, CancellationToken ct) => warehouse.PackAsync(picked, ct);

    [Node]
    ValueTask<Invoice> Bill(Order order, CancellationToken ct) => warehouse.BillAsync(order, ct);

    [Wait, Cancels(nameof(Pick), nameof(Pack))]
    private partial ValueTask<Withdrawal> Withdraw(Order order);

    [Node]
    Ending Close(Invoice invoice, Parcel? parcel, Withdrawal? withdrawal) => new(invoice, parcel, withdrawal);
}
