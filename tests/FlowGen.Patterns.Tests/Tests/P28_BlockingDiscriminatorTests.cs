namespace Patterns.P28_BlockingDiscriminator;

public sealed class P28_BlockingDiscriminatorTests : IStations
{
    private readonly Doors _doors = new();
    private readonly Journal _journal = new();

    [Fact]
    public async Task The_first_arrival_goes_on_and_a_new_round_waits_for_the_reset()
    {
        ValueTask<Hour> run = Flow().RunAsync(new Hour(10));
        await _doors["south 10"].Reached;
        _doors.Open("north 10");
        Assert.Equal(["north 10"], _journal.Entries);
        Assert.Equal(0, _doors["north 11"].Arrivals + _doors["south 11"].Arrivals);

        _doors.Open("south 10");
        await _doors["north 11"].Reached;
        await _doors["south 11"].Reached;
        Assert.Equal(["north 10"], _journal.Entries);

        _doors.Open("south 11");
        Assert.Equal(["north 10", "south 11"], _journal.Entries);
        Assert.False(run.IsCompleted);
        _doors.Open("north 11");
        Assert.Equal(new Hour(12), await run.Soon());
        Assert.Equal(["north 10", "south 11"], _journal.Entries);
    }

    [Fact]
    public async Task Whoever_fails_is_no_arrival()
    {
        _doors["north 11"].Fail(new InvalidOperationException("frozen"));
        ValueTask<Hour> run = Flow().RunAsync(new Hour(11));
        _doors.Open("south 11");

        Assert.Equal(new Hour(12), await run.Soon());
        Assert.Equal(["south 11"], _journal.Entries);
    }

    [Fact]
    public async Task A_round_without_any_arrival_fails()
    {
        InvalidOperationException last = new("blown away");
        ValueTask<Hour> run = Flow().RunAsync(new Hour(11));
        _doors["north 11"].Fail(new InvalidOperationException("frozen"));
        _doors["south 11"].Fail(last);

        Assert.Same(last, await Assert.ThrowsAsync<InvalidOperationException>(() => run.Soon()));
        Assert.Empty(_journal.Entries);
    }

    [Fact]
    public async Task Cancellation_ends_the_wait_for_the_reset()
    {
        using CancellationTokenSource cts = new();
        ValueTask<Hour> run = Flow().RunAsync(new Hour(10), cts.Token);
        _doors.Open("north 10");
        await _doors["south 10"].Reached;
        await cts.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(0, _doors["south 10"].Waiting);
        Assert.Equal(0, _doors["north 11"].Arrivals);
    }

    public ValueTask<Reading> ReadAsync(string station, Hour hour, CancellationToken ct)
        => _doors[$"{station} {hour.Value}"].Wait(new Reading(station, hour.Value), ct);

    void IStations.Publish(Reading reading) => _journal.Add($"{reading.Station} {reading.Hour}");

    private WatchWeather Flow() => new(new AskStations(this));
}
