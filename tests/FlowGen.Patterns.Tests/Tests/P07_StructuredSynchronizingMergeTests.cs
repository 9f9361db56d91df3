namespace Patterns.P07_StructuredSynchronizingMerge;

public sealed class P07_StructuredSynchronizingMergeTests
{
    private readonly Stage _stage = new();
    private readonly PlanJourney _plan;

    public P07_StructuredSynchronizingMergeTests() => _plan = new PlanJourney(new Agency(_stage));

    [Theory]
    [InlineData(false, false, false, "-,-,-")]
    [InlineData(true, false, false, "F1,-,-")]
    [InlineData(false, true, true, "-,Ritz,Mini")]
    [InlineData(true, true, true, "F1,Ritz,Mini")]
    public async Task It_gets_what_was_asked_for(bool flight, bool hotel, bool car, string text)
    {
        Itinerary itinerary = await _plan.RunAsync(new Wish(flight, hotel, car)).Soon();

        Assert.Equal(text, itinerary.Text);
        Assert.Equal(1, _stage.Count("Write"));
    }

    [Theory]
    [InlineData("Flight", "Car")]
    [InlineData("Car", "Flight")]
    public async Task It_waits_for_those_that_were_taken_and_for_no_other(string first, string last)
    {
        _stage.Hold("Flight", "Hotel", "Car");
        ValueTask<Itinerary> run = _plan.RunAsync(new Wish(Flight: true, Hotel: false, Car: true));
        _stage.Open(first);
        Assert.Equal(0, _stage.Count("Write"));

        _stage.Open(last);
        Assert.Equal("F1,-,Mini", (await run.Soon()).Text);
        Assert.Equal(0, _stage.Count("Hotel"));
    }

    [Fact]
    public async Task A_branch_that_fails_was_taken_and_is_missed()
    {
        StageException error = _stage.Fail("Hotel");

        Assert.Same(error, await Assert.ThrowsAsync<StageException>(() => _plan.RunAsync(new Wish(Flight: false, Hotel: true, Car: false)).Soon()));
        Assert.Equal(0, _stage.Count("Write"));
    }

    [Fact]
    public async Task A_cancellation_is_no_skip()
    {
        _stage.Hold("Hotel");
        await using PlanJourney.Handle run = _plan.Start(new Wish(Flight: true, Hotel: true, Car: false));
        await _stage.Reached("Hotel");

        Assert.True(run.Cancel());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Completion.Soon());
        Assert.Equal((1, 0), (_stage.Count("Hotel~"), _stage.Count("Write")));
    }

    private sealed class Agency(Stage stage) : IAgency
    {
        public ValueTask<Flight> FindFlightAsync(Wish wish, CancellationToken ct) => stage.Play("Flight", new Flight("F1"), ct);

        public ValueTask<Hotel> FindHotelAsync(Wish wish, CancellationToken ct) => stage.Play("Hotel", new Hotel("Ritz"), ct);

        public ValueTask<Car> FindCarAsync(Wish wish, CancellationToken ct) => stage.Play("Car", new Car("Mini"), ct);

        public ValueTask<Itinerary> WriteAsync(Flight? flight, Hotel? hotel, Car? car, CancellationToken ct)
            => stage.Play("Write", new Itinerary($"{flight?.Number ?? "-"},{hotel?.Name ?? "-"},{car?.Model ?? "-"}"), ct);
    }
}
