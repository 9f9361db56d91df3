namespace Patterns.P11_ImplicitTermination;

/// <summary>A run ends when nothing is left to do, now or later, and no task says so.</summary>
/// <remarks>There is no end node. The result is known when <c>Confirm</c> has completed; the run, and whoever awaits it, ends when the last loose end has been tied up.</remarks>
[Workflow]
public sealed partial class AcceptOrder(IBackOffice office)
{
    public partial ValueTask<Confirmation> RunAsync(Order order, CancellationToken ct = default);

    [Node]
    ValueTask<Confirmation> Confirm(Order order, CancellationToken ct) => office.ConfirmAsync(order, ct);

    [Node]
    ValueTask Mail(Confirmation confirmation, CancellationToken ct) => office.MailAsync(confirmation, ct);

    [Node]
    ValueTask File(Order order, CancellationToken ct) => office.FileAsync(order, ct);

    [Node, After(nameof(File))]
    ValueTask CountStock(Order order, CancellationToken ct) => office.CountStockAsync(order, ct);
}

public sealed record Order(int Number);

public sealed record Confirmation(int Order);

public interface IBackOffice
{
    ValueTask<Confirmation> ConfirmAsync(Order order, CancellationToken ct);

    ValueTask MailAsync(Confirmation confirmation, CancellationToken ct);

    ValueTask FileAsync(Order order, CancellationToken ct);

    ValueTask CountStockAsync(Order order, CancellationToken ct);
}
