namespace Patterns.P29;

public sealed record Passenger(string Name);

public sealed record Offer(string Driver);

public sealed record Ride(string Passenger, string Driver);

public interface IDrivers
{
    ValueTask<Offer> AskAsync(string driver, Passenger passenger, CancellationToken ct);
}

/// <summary>Three drivers are asked; the first who accepts has the ride, and the others are told at once that they need not answer.</summary>
[Workflow]
public sealed partial class FindRide(IDrivers drivers)
{
    public partial ValueTask<Ride> RunAsync(Passenger passenger, CancellationToken ct = default);

    [Node]
    ValueTask<Offer> Ann(Passenger passenger, CancellationToken ct) => drivers.AskAsync("Ann", passenger, ct);

    [Node]
    ValueTask<Offer> Bob(Passenger passenger, CancellationToken ct) => drivers.AskAsync("Bob", passenger, ct);

    [Node]
    ValueTask<Offer> Cid(Passenger passenger, CancellationToken ct) => drivers.AskAsync("Cid", passenger, ct);

    [Node]
    Ride Assign([FromFirst(nameof(Ann), nameof(Bob), nameof(Cid))] Offer offer, Passenger passenger) => new(passenger.Name, offer.Driver);
}
