using Scenarios.Stage;
using Travel;

namespace Scenarios.Services;

internal sealed class Airline(StoryClock clock, List<string> cancelled) : IFlights
{
    public async ValueTask<FlightOffer> SearchAsync(Itinerary i, CancellationToken ct)
    {
        await clock.WorkAsync(40, ct);
        return new FlightOffer("FG 100", 120);
    }

    public async ValueTask<FlightBooking> BookAsync(TripRequest r, CancellationToken ct)
    {
        await clock.WorkAsync(40, ct);
        return new FlightBooking("PNR1");
    }

    public async ValueTask CancelAsync(FlightBooking b)
    {
        await clock.WorkAsync(10);
        cancelled.Add("flight");
    }
}

internal sealed class HotelPortal(StoryClock clock, List<string> cancelled) : IHotels
{
    /// <summary>Milliseconds that a search takes.</summary>
    public int SearchTime { get; init; } = 60;

    /// <summary>How many of the next cancellations fail.</summary>
    public int Refusals { get; set; }

    public async ValueTask<HotelOffer> SearchAsync(Itinerary i, CancellationToken ct)
    {
        await clock.WorkAsync(SearchTime, ct);
        return new HotelOffer("Grand", 80);
    }

    public async ValueTask<HotelBooking> BookAsync(TripRequest r, CancellationToken ct)
    {
        await clock.WorkAsync(50, ct);
        return new HotelBooking("H1");
    }

    public async ValueTask CancelAsync(HotelBooking b)
    {
        await clock.WorkAsync(10);
        if (Refusals-- > 0)
        {
            throw new IOException("The hotel does not answer.");
        }

        cancelled.Add("hotel");
    }
}

internal sealed class CarRental(StoryClock clock, List<string> cancelled) : ICars
{
    public bool HasCar { get; init; } = true;

    public async ValueTask<CarBooking> BookAsync(TripRequest r, CancellationToken ct)
    {
        await clock.WorkAsync(30, ct);
        return HasCar ? new CarBooking("C1") : throw new NoCarException();
    }

    public async ValueTask CancelAsync(CarBooking b)
    {
        await clock.WorkAsync(10);
        cancelled.Add("car");
    }
}

internal sealed class CardCompany(StoryClock clock) : ICards
{
    public bool Accepts { get; init; } = true;

    public async ValueTask<TripPayment> PayAsync(TripRequest r, CancellationToken ct)
    {
        await clock.WorkAsync(20, ct);
        return Accepts ? new TripPayment(Guid.NewGuid()) : throw new InvalidOperationException("The card was refused.");
    }
}

internal sealed class ExchangeRates(StoryClock clock) : IFx
{
    public async ValueTask<decimal> RateAsync(string currency, CancellationToken ct)
    {
        await clock.WorkAsync(5, ct);
        return currency == "EUR" ? 1 : 2;
    }
}
