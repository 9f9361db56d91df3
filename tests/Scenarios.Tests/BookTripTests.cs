using Scenarios.Tests.Kit;
using Travel;

namespace Scenarios.Tests;

public sealed class BookTripTests : ScenarioTest
{
    private static readonly TripRequest s_request = new("Bonn", "Oslo", new DateOnly(2030, 5, 1), "EUR");

    private readonly Gate _flight = new();
    private readonly Gate _hotel = new();
    private readonly Gate _car = new();
    private readonly Gate _paid = new();

    /// <summary>How many of the next cancellations of a booking fail.</summary>
    private readonly Dictionary<string, int> _refusals = new(StringComparer.Ordinal);

    [Fact]
    public async Task Everything_is_booked_and_paid()
    {
        OpenAll();

        Assert.Equal(new TripBooking(new FlightBooking("F"), new HotelBooking("H"), new CarBooking("C")), await Start().Soon());
        Assert.Equal("flight hotel car pay", Journal.ToString());
        Assert.Equal("Skipped", Observer.StatesOf("TakeTheBus"));
        Assert.Equal("run Completed", Observer.Lines[^1]);
    }

    [Fact]
    public async Task Hotel_and_car_are_booked_at_once_after_the_flight()
    {
        Task<TripBooking> run = Start();
        Assert.Equal("flight", Journal.ToString());
        _flight.Open();
        Assert.Equal("flight hotel car", Journal.ToString());
        _hotel.Open();
        Assert.Equal(0, Journal.Count("pay"));
        _car.Open();
        Assert.Equal(1, _paid.Waiting);
        _paid.Open();

        Assert.Equal("C", (await run.Soon()).Car.Ref);
    }

    [Theory]
    [InlineData("hotel", "-car -hotel -flight")]
    [InlineData("car", "-hotel -car -flight")]
    public async Task When_paying_fails_everything_is_undone_in_reverse(string first, string undone)
    {
        BoomException boom = new();
        _flight.Open();
        Task<TripBooking> run = Start();
        (first == "hotel" ? _hotel : _car).Open();
        (first == "hotel" ? _car : _hotel).Open();
        _paid.Fail(boom);

        Assert.Same(boom, await Assert.ThrowsAsync<BoomException>(() => run.Soon()));
        Assert.Equal("flight hotel car pay " + undone, Journal.ToString());
        foreach (string node in new[] { "BookFlight", "BookHotel", "BookCar" })
        {
            Assert.Equal("Executing Completed Compensated", Observer.StatesOf(node));
        }

        Assert.Equal("Executing Failed", Observer.StatesOf("Pay"));
        Assert.Equal("Cancelled", Observer.StatesOf("Confirm"));
        Assert.Equal("run Failed", Observer.Lines[^1]);
    }

    [Fact]
    public async Task Undoing_is_tried_again_and_the_rest_waits_for_it()
    {
        _refusals["hotel"] = 2;
        OpenAll();
        _paid.Fail(new BoomException());
        Task<TripBooking> run = Start();

        // The car was booked last.
        Assert.Equal("flight hotel car pay -car -hotel", Journal.ToString());
        Clock.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal("flight hotel car pay -car -hotel -hotel", Journal.ToString());
        Clock.Advance(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAsync<BoomException>(() => run.Soon());
        Assert.Equal("flight hotel car pay -car -hotel -hotel -hotel -flight", Journal.ToString());
    }

    [Fact]
    public async Task What_cannot_be_undone_does_not_keep_the_rest_from_it()
    {
        BoomException boom = new();
        _refusals["hotel"] = 100;
        _refusals["car"] = 1;
        OpenAll();
        _paid.Fail(boom);
        Task<TripBooking> run = Start();
        Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Same(boom, await Assert.ThrowsAsync<BoomException>(() => run.Soon()));
        Assert.Equal("flight hotel car pay -car -hotel -hotel -hotel -hotel -hotel -hotel -flight", Journal.ToString());
        Assert.Equal(["no car", "no hotel"], Suppressed(boom).Select(error => error.Message).Order(StringComparer.Ordinal));
        Assert.Equal("Executing Completed Compensated", Observer.StatesOf("BookFlight"));

        // What could not be undone is what it was.
        Assert.Equal("Executing Completed", Observer.StatesOf("BookHotel"));
        Assert.Equal("Executing Completed", Observer.StatesOf("BookCar"));
    }

    [Fact]
    public async Task Without_a_car_the_bus_is_taken()
    {
        OpenAll();
        _car.Fail(new NoCarException());

        Assert.Equal(new CarBooking(Ref: null), (await Start().Soon()).Car);
        Assert.Equal("Executing Failed", Observer.StatesOf("BookCar"));
        Assert.Equal("Executing Completed", Observer.StatesOf("TakeTheBus"));
        Assert.Equal("run Completed", Observer.Lines[^1]);
    }

    [Fact]
    public async Task The_bus_need_not_be_cancelled()
    {
        OpenAll();
        _car.Fail(new NoCarException());
        _paid.Fail(new BoomException());

        await Assert.ThrowsAsync<BoomException>(() => Start().Soon());
        Assert.Equal("flight hotel car pay -hotel -flight", Journal.ToString());
    }

    [Fact]
    public async Task Another_failure_of_the_car_ends_the_trip()
    {
        BoomException boom = new();
        _flight.Open();
        Task<TripBooking> run = Start();
        _car.Fail(boom);

        Assert.Same(boom, await Assert.ThrowsAsync<BoomException>(() => run.Soon()));
        Assert.Equal("flight hotel car -flight", Journal.ToString());
        Assert.Equal(0, _hotel.Waiting);
        Assert.Equal("Executing Cancelled", Observer.StatesOf("BookHotel"));
    }

    [Fact]
    public async Task Without_a_flight_there_is_nothing_to_undo()
    {
        BoomException boom = new();
        _flight.Fail(boom);

        Assert.Same(boom, await Assert.ThrowsAsync<BoomException>(() => Start().Soon()));
        Assert.Equal("flight", Journal.ToString());
    }

    [Fact]
    public async Task A_trip_that_is_cancelled_is_undone()
    {
        _flight.Open();
        _hotel.Open();
        _car.Open();
        using CancellationTokenSource cts = new();
        Task<TripBooking> run = Start(cts.Token);
        await _paid.Reached;
        await cts.CancelAsync();

        await IsCancelled(run, cts.Token);
        Assert.Equal("flight hotel car pay -car -hotel -flight", Journal.ToString());
        Assert.Equal("run Cancelled", Observer.Lines[^1]);
    }

    private static IEnumerable<Exception> Suppressed(Exception error) => (IEnumerable<Exception>)error.Data["FlowGen.Suppressed"]!;

    private Task<TripBooking> Start(CancellationToken ct = default)
        => new BookTrip(new Flights(this), new Hotels(this), new Cars(this), new Cards(this)) { Runtime = Runtime }.RunAsync(s_request, ct).AsTask();

    private void OpenAll()
    {
        foreach (Gate gate in new[] { _flight, _hotel, _car, _paid })
        {
            gate.Open();
        }
    }

    private ValueTask<T> Book<T>(string what, Gate gate, T booking, CancellationToken ct)
    {
        Journal.Add(what);
        return gate.Wait(booking, ct);
    }

    private ValueTask Cancel(string what)
    {
        Journal.Add("-" + what);
        int refusals = _refusals.GetValueOrDefault(what);
        _refusals[what] = refusals - 1;
        return refusals > 0 ? ValueTask.FromException(new BoomException("no " + what)) : default;
    }

    private sealed class Flights(BookTripTests test) : IFlights
    {
        public ValueTask<FlightOffer> SearchAsync(Itinerary i, CancellationToken ct) => throw new NotSupportedException();

        public ValueTask<FlightBooking> BookAsync(TripRequest r, CancellationToken ct) => test.Book("flight", test._flight, new FlightBooking("F"), ct);

        public ValueTask CancelAsync(FlightBooking b) => test.Cancel("flight");
    }

    private sealed class Hotels(BookTripTests test) : IHotels
    {
        public ValueTask<HotelOffer> SearchAsync(Itinerary i, CancellationToken ct) => throw new NotSupportedException();

        public ValueTask<HotelBooking> BookAsync(TripRequest r, CancellationToken ct) => test.Book("hotel", test._hotel, new HotelBooking("H"), ct);

        public ValueTask CancelAsync(HotelBooking b) => test.Cancel("hotel");
    }

    private sealed class Cars(BookTripTests test) : ICars
    {
        public ValueTask<CarBooking> BookAsync(TripRequest r, CancellationToken ct) => test.Book("car", test._car, new CarBooking("C"), ct);

        public ValueTask CancelAsync(CarBooking b) => test.Cancel("car");
    }

    private sealed class Cards(BookTripTests test) : ICards
    {
        public ValueTask<TripPayment> PayAsync(TripRequest r, CancellationToken ct) => test.Book("pay", test._paid, new TripPayment(Guid.Empty), ct);
    }
}
