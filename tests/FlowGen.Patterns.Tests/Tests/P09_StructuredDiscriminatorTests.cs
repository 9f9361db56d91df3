namespace Patterns.P09_StructuredDiscriminator;

public sealed class P09_StructuredDiscriminatorTests
{
    private readonly Stage _stage = new Stage().Hold("Harbour Mon", "Airport Mon", "Harbour Tue", "Airport Tue");
    private readonly ForecastWeek _week;

    public P09_StructuredDiscriminatorTests() => _week = new ForecastWeek(new Forecast(new Stations(_stage)));

    [Fact]
    public async Task The_first_arrival_goes_on_and_the_other_is_ignored()
    {
        ValueTask<Outlook[]> run = _week.RunAsync([new Day("Mon")]);
        _stage.Open("Airport Mon");
        Assert.Equal(1, _stage.Count("Publish airport."));

        _stage.Open("Harbour Mon");
        Assert.Equal([new Outlook("airport")], await run.Soon());
        Assert.Equal((1, 0), (_stage.Count("Harbour Mon."), _stage.Count("Publish harbour")));
    }

    [Fact]
    public async Task The_next_round_starts_afresh_when_all_have_arrived()
    {
        ValueTask<Outlook[]> run = _week.RunAsync([new Day("Mon"), new Day("Tue")]);
        _stage.Open("Airport Mon");
        Assert.Equal((1, 0, 0), (_stage.Count("Publish airport."), _stage.Count("Harbour Tue"), _stage.Count("Airport Tue")));

        _stage.Open("Harbour Mon");
        Assert.Equal((1, 1), (_stage.Waiting("Harbour Tue"), _stage.Waiting("Airport Tue")));

        _stage.Open("Harbour Tue");
        _stage.Open("Airport Tue");
        Assert.Equal([new Outlook("airport"), new Outlook("harbour")], await run.Soon());
    }

    [Fact]
    public async Task A_branch_that_fails_has_not_arrived()
    {
        _stage.Fail("Airport Mon");
        ValueTask<Outlook[]> run = _week.RunAsync([new Day("Mon")]);
        _stage.Open("Airport Mon");
        Assert.False(run.IsCompleted);

        _stage.Open("Harbour Mon");
        Assert.Equal([new Outlook("harbour")], await run.Soon());
    }

    [Fact]
    public async Task If_all_fail_the_last_failure_counts()
    {
        _stage.Fail("Airport Mon");
        StageException last = _stage.Fail("Harbour Mon");
        ValueTask<Outlook[]> run = _week.RunAsync([new Day("Mon"), new Day("Tue")]);
        _stage.Open("Airport Mon");
        _stage.Open("Harbour Mon");

        Assert.Same(last, await Assert.ThrowsAsync<StageException>(() => run.Soon()));
        Assert.Equal(0, _stage.Count("Harbour Tue"));
    }

    [Fact]
    public async Task A_cancellation_reaches_even_who_is_ignored()
    {
        await using ForecastWeek.Handle run = _week.Start([new Day("Mon"), new Day("Tue")]);
        _stage.Open("Airport Mon");
        await _stage.Reached("Harbour Mon");

        Assert.True(run.Cancel());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Completion.Soon());
        Assert.Equal((1, 0), (_stage.Count("Harbour Mon~"), _stage.Count("Airport Tue")));
    }

    private sealed class Stations(Stage stage) : IStations
    {
        public ValueTask<Reading> HarbourAsync(Day day, CancellationToken ct) => stage.Play($"Harbour {day.Name}", new Reading("harbour"), ct);

        public ValueTask<Reading> AirportAsync(Day day, CancellationToken ct) => stage.Play($"Airport {day.Name}", new Reading("airport"), ct);

        public ValueTask<Outlook> PublishAsync(Reading reading, CancellationToken ct) => stage.Play($"Publish {reading.Station}", new Outlook(reading.Station), ct);
    }
}
