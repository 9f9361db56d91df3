using System.Runtime.CompilerServices;
using FlowGen.Benchmarks.Sources;

namespace FlowGen.Benchmarks.Scenarios;

public readonly record struct TripRequest(int From, int To, int Currency);

public readonly record struct Itinerary(int Leg);

public readonly record struct FlightOffer(int Price);

public readonly record struct HotelOffer(int Price);

public readonly record struct TripQuote(int Total);

/// <summary>A diamond: three searches at once, one of them optional, and their join.</summary>
[Workflow]
public sealed partial class Trip(Pump pump)
{
    public partial ValueTask<TripQuote> RunAsync(TripRequest request, CancellationToken ct = default);

    /// <summary>The baseline: start all three, then await each. It cancels nobody when a search fails.</summary>
    public async ValueTask<TripQuote> ByHand(TripRequest request, CancellationToken ct)
    {
        Itinerary itinerary = Plan(request);
        ValueTask<FlightOffer> flight = Flight(itinerary, ct);
        ValueTask<HotelOffer> hotel = Hotel(itinerary, ct);
        ValueTask<int> rate = Rate(request, ct);
        FlightOffer found = await flight.ConfigureAwait(false);
        HotelOffer? bed;
        try
        {
            bed = await hotel.ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            bed = null;
        }

        return Quote(found, bed, await rate.ConfigureAwait(false));
    }

    [Node]
    Itinerary Plan(TripRequest request) => new((request.From * 31) + request.To);

    [Node]
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    async ValueTask<FlightOffer> Flight(Itinerary itinerary, CancellationToken ct) => new(await pump.Later(itinerary.Leg).ConfigureAwait(false));

    [Node, BestEffort]
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    async ValueTask<HotelOffer> Hotel(Itinerary itinerary, CancellationToken ct) => new(await pump.Later(itinerary.Leg * 2).ConfigureAwait(false));

    [Node]
    ValueTask<int> Rate(TripRequest request, CancellationToken ct) => pump.Later(request.Currency);

    [Node]
    TripQuote Quote(FlightOffer flight, HotelOffer? hotel, int rate) => new((flight.Price + (hotel?.Price ?? 0)) * rate);
}
