using Desk;
using Scenarios.Stage;

namespace Scenarios.Services;

internal sealed class KeywordClassifier(StoryClock clock) : IClassifier
{
    public async ValueTask<Route> ClassifyAsync(Ticket t, CancellationToken ct)
    {
        await clock.WorkAsync(10, ct);
        return t.Subject.Contains("invoice", StringComparison.OrdinalIgnoreCase) ? Route.Billing
            : t.Subject.Contains("lamp", StringComparison.OrdinalIgnoreCase) ? Route.Technical
            : Route.Sales;
    }
}

internal sealed class BillingDesk(StoryClock clock) : IBillingDesk
{
    public async ValueTask<Reply> AnswerAsync(Ticket t, CancellationToken ct)
    {
        await clock.WorkAsync(20, ct);
        return new Reply($"'{t.Subject}' is corrected.");
    }
}

internal sealed class TechDesk(StoryClock clock) : ITechDesk
{
    public bool IsClosed { get; init; }

    public async ValueTask<Diagnosis> DiagnoseAsync(Ticket t, CancellationToken ct)
    {
        await clock.WorkAsync(30, ct);
        return IsClosed ? throw new IOException("Nobody is there.") : new Diagnosis("the fuse");
    }

    public async ValueTask<Reply> ExplainAsync(Diagnosis d, CancellationToken ct)
    {
        await clock.WorkAsync(10, ct);
        return new Reply($"It is {d.Fault}.");
    }
}
