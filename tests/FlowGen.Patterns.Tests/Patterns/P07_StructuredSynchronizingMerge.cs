namespace Patterns.P07_StructuredSynchronizingMerge;

/// <summary>The branches that a multi-choice has taken meet again: what follows waits for those, and for no other.</summary>
/// <remarks>
/// A nullable parameter tolerates that its node was skipped. A branch counts as skipped as soon as its condition has failed, so that nothing is waited for that cannot come.
/// </remarks>
[Workflow]
public sealed partial class PlanJourney(IAgency agency)
{
    public partial ValueTask<Itinerary> RunAsync(Wish wish, CancellationToken ct = default);

    static bool Flies(Wish wish) => wish.Flight;

    static bool StaysOver(Wish wish) => wish.Hotel;

    static bool Drives(Wish wish) => wish.Car;

    [Node, When(nameof(Flies))]
    ValueTask<Flight> FindFlight(Wish wish, CancellationToken ct) => agency.FindFlightAsync(wish, ct);

    [Node, When(nameof(StaysOver))]
    ValueTask<Hotel> FindHotel(Wish wish, CancellationToken ct) => agency.FindHotelAsync(wish, ct);

    [Node, When(nameof(Drives))]
    ValueTask<Car> FindCar(Wish wish, CancellationToken ct) => agency.FindCarAsync(wish, ct);

    [Node]
    ValueTask<Itinerary> Write(Flight? flight, Hotel? hotel, Car? car, CancellationToken ct) => agency.WriteAsync(flight, hotel, car, ct);
}

public sealed record Wish(bool Flight, bool Hotel, bool Car);

public sealed record Flight(string Number);

public sealed record Hotel(string Name);

public sealed record Car(string Model);

public sealed record Itinerary(string Text);

public interface IAgency
{
    ValueTask<Flight> FindFlightAsync(Wish wish, CancellationToken ct);

    ValueTask<Hotel> FindHotelAsync(Wish wish, CancellationToken ct);

    ValueTask<Car> FindCarAsync(Wish wish, CancellationToken ct);

    ValueTask<Itinerary> WriteAsync(Flight? flight, Hotel? hotel, Car? car, CancellationToken ct);
}
