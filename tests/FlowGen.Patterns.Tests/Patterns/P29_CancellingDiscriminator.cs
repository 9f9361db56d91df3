namespace Patterns.P29_CancellingDiscriminator;

/// <summary>The first of several branches to arrive goes on and cancels the others.</summary>
/// <remarks>
/// <see cref="FromFirstAttribute"/> takes the value of the node that completes first; the losers' token is cancelled at that moment. Whoever fails drops out of
/// the race, and if all do, the last failure counts.
/// </remarks>
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

public sealed record Passenger(string Name);

public sealed record Offer(string Driver);

public sealed record Ride(string Passenger, string Driver);

public interface IDrivers
{
    ValueTask<Offer> AskAsync(string driver, Passenger passenger, CancellationToken ct);
}
