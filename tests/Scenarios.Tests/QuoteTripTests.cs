using Scenarios.Tests.Kit;
using Travel;

namespace Scenarios.Tests;

public sealed class QuoteTripTests : ScenarioTest
{
    private static readonly TripRequest s_request = new("Bonn", "Oslo", new DateOnly(2030, 5, 1), "NOK");

    private readonly Gate _flight = new();
    private readonly Gate _hotel = new();
    private readonly Gate _rate = new();

    [Theory]
    [InlineData("flight hotel rate")]
    [InlineData("rate hotel flight")]
    [InlineData("hotel rate flight")]
    public async Task Three_branches_go_on_at_once_and_end_in_any_order(string order)
    {
        Task<TripQuote> run = Start();
        Assert.Equal([1, 1, 1], [_flight.Waiting, _hotel.Waiting, _rate.Waiting]);
        foreach (string branch in order.Split(' '))
        {
            Assert.False(run.IsCompleted);
            (branch switch { "flight" => _flight, "hotel" => _hotel, _ => _rate }).Open();
        }

        TripQuote quote = await run.Soon();
        Assert.Equal(new TripQuote(400, new FlightOffer("FG 100", 120), new HotelOffer("Grand", 80)), quote);
    }

    [Fact]
    public async Task A_hotel_that_takes_more_than_two_seconds_is_left_out()
    {
        Task<TripQuote> run = Start();
        _flight.Open();
        _rate.Open();
        Clock.Advance(TimeSpan.FromMilliseconds(1_999));
        Assert.Equal(1, _hotel.Waiting);
        Assert.False(run.IsCompleted);
        Clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(new TripQuote(240, new FlightOffer("FG 100", 120), Hotel: null), await run.Soon());
        Assert.Equal(0, _hotel.Waiting);
        Assert.Equal("Executing Failed", Observer.StatesOf("Hotel"));
        Assert.IsType<TimeoutException>(Observer.Events.Last(e => e.Path == "Hotel").Error);
        Assert.Equal("run Completed", Observer.Lines[^1]);
    }

    [Fact]
    public async Task A_hotel_that_fails_is_left_out()
    {
        Task<TripQuote> run = Start();
        _hotel.Fail(new BoomException());
        _flight.Open();
        _rate.Open();

        Assert.Null((await run.Soon()).Hotel);
    }

    [Theory]
    [InlineData("Flight")]
    [InlineData("Rate")]
    public async Task Without_a_flight_or_a_rate_there_is_no_quote(string failing)
    {
        BoomException boom = new();
        Task<TripQuote> run = Start();
        (failing == "Flight" ? _flight : _rate).Fail(boom);

        Assert.Same(boom, await Assert.ThrowsAsync<BoomException>(() => run.Soon()));
        Assert.Equal([0, 0, 0], [_flight.Waiting, _hotel.Waiting, _rate.Waiting]);
        Assert.Equal("Executing Failed", Observer.StatesOf(failing));
        Assert.Equal("Executing Cancelled", Observer.StatesOf("Hotel"));
        Assert.Equal("Cancelled", Observer.StatesOf("Quote"));
        Assert.Equal("run Failed", Observer.Lines[^1]);
    }

    [Fact]
    public async Task It_can_be_cancelled()
    {
        using CancellationTokenSource cts = new();
        Task<TripQuote> run = Start(cts.Token);
        _rate.Open();
        await cts.CancelAsync();

        await IsCancelled(run, cts.Token);
        Assert.Equal("Executing Cancelled", Observer.StatesOf("Flight"));
        Assert.Equal("Executing Cancelled", Observer.StatesOf("Hotel"));
        Assert.Equal("Executing Completed", Observer.StatesOf("Rate"));
    }

    private Task<TripQuote> Start(CancellationToken ct = default)
        => new QuoteTrip(new Flights(_flight), new Hotels(_hotel), new Fx(_rate)) { Runtime = Runtime }.RunAsync(s_request, ct).AsTask();

    private sealed class Flights(Gate gate) : IFlights
    {
        public ValueTask<FlightOffer> SearchAsync(Itinerary i, CancellationToken ct) => gate.Wait(new FlightOffer("FG 100", 120), ct);

        public ValueTask<FlightBooking> BookAsync(TripRequest r, CancellationToken ct) => throw new NotSupportedException();

        public ValueTask CancelAsync(FlightBooking b) => throw new NotSupportedException();
    }

    private sealed class Hotels(Gate gate) : IHotels
    {
        public ValueTask<HotelOffer> SearchAsync(Itinerary i, CancellationToken ct) => gate.Wait(new HotelOffer("Grand", 80), ct);

        public ValueTask<HotelBooking> BookAsync(TripRequest r, CancellationToken ct) => throw new NotSupportedException();

        public ValueTask CancelAsync(HotelBooking b) => throw new NotSupportedException();
    }

    private sealed class Fx(Gate gate) : IFx
    {
        public ValueTask<decimal> RateAsync(string currency, CancellationToken ct) => gate.Wait(2m, ct);
    }
}
