using Scenarios.Stage;
using Ship;

namespace Scenarios.Services;

internal sealed class Carrier(StoryClock clock) : ICarrier
{
    /// <summary>Boxes of this name are not taken.</summary>
    public string? Refuses { get; init; }

    public async ValueTask<Rate> RateAsync(Box b, Address to, CancellationToken ct)
    {
        if (b.Name == Refuses)
        {
            await clock.WorkAsync(10, ct);
            throw new InvalidOperationException($"Nobody carries '{b.Name}' to {to.Zip}.");
        }

        await clock.WorkAsync(b.Name == "cold" ? 20 : 40, ct);
        return new Rate(b.Name == "cold" ? 10 : 5);
    }
}
