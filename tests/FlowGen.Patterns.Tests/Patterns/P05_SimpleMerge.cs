namespace Patterns.P05_SimpleMerge;

/// <summary>Alternative branches meet again, and what follows runs after the one that was taken without waiting for any other.</summary>
/// <remarks>
/// A plain parameter takes the value of whichever branch was taken, because the compiler can prove that exactly one is. Branches that yield no value are merged by
/// <see cref="NeedsAnyAttribute"/>.
/// </remarks>
[Workflow]
public sealed partial class SellTicket(ITicketOffice office)
{
    public partial ValueTask<Ticket> RunAsync(Seat seat, CancellationToken ct = default);

    [Node]
    ValueTask<bool> IsSubscriber(Seat seat, CancellationToken ct) => office.IsSubscriberAsync(seat, ct);

    [Node, When(nameof(IsSubscriber))]
    ValueTask<Payment> UseSubscription(Seat seat, CancellationToken ct) => office.UseSubscriptionAsync(seat, ct);

    [Node, Unless(nameof(IsSubscriber))]
    ValueTask<Payment> ChargeCard(Seat seat, CancellationToken ct) => office.ChargeCardAsync(seat, ct);

    [Node]
    ValueTask<Ticket> Print(Seat seat, Payment payment, CancellationToken ct) => office.PrintAsync(seat, payment, ct);
}

public sealed record Seat(string Row);

public sealed record Payment(decimal Amount);

public sealed record Ticket(string Row, decimal Paid);

public interface ITicketOffice
{
    ValueTask<bool> IsSubscriberAsync(Seat seat, CancellationToken ct);

    ValueTask<Payment> UseSubscriptionAsync(Seat seat, CancellationToken ct);

    ValueTask<Payment> ChargeCardAsync(Seat seat, CancellationToken ct);

    ValueTask<Ticket> PrintAsync(Seat seat, Payment payment, CancellationToken ct);
}
