using Scenarios.Stage;
using Shop;

namespace Scenarios.Services;

internal sealed class Warehouse(StoryClock clock) : IInventory
{
    public async ValueTask<Reservation> ReserveAsync(Order o, CancellationToken ct)
    {
        await clock.WorkAsync(20, ct);
        return new Reservation(o.Id);
    }

    public ValueTask ReleaseAsync(Reservation r) => default;
}

/// <summary>Takes money, once it is there at all.</summary>
internal sealed class CardTerminal(StoryClock clock) : IPayments
{
    /// <summary>How many of the next charges fail.</summary>
    public int Outages { get; set; }

    public int Tries { get; private set; }

    public async ValueTask<Payment> ChargeAsync(Guid order, decimal amount, CancellationToken ct)
    {
        Tries++;
        await clock.WorkAsync(30, ct);
        return Outages-- > 0 ? throw new PaymentUnavailableException() : new Payment(order, amount);
    }

    public ValueTask RefundAsync(Payment p) => default;
}

internal sealed class Post(StoryClock clock) : IMailer
{
    public bool IsDown { get; init; }

    public List<Receipt> Sent { get; } = [];

    public async ValueTask SendAsync(Receipt r, CancellationToken ct)
    {
        await clock.WorkAsync(10, ct);
        if (IsDown)
        {
            throw new IOException("The mail server does not answer.");
        }

        Sent.Add(r);
    }
}
