namespace Patterns.P25_CancelRegion;

/// <summary>A chosen set of tasks is withdrawn, those that execute and those that have not started; the rest of the workflow goes on.</summary>
/// <remarks>
/// <para>
/// <see cref="CancelsAttribute"/> names the region: when the customer withdraws, picking and packing end as cancelled, wherever they have got to, and count as
/// skipped for whoever follows. The invoice is not in the region. A task that executes is told through its token and awaited, never abandoned.
/// </para>
/// <para>
/// The parcel withdraws the waiting in the same way: once it is packed, nobody waits for the customer any more, and the run can end.
/// </para>
/// </remarks>
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
