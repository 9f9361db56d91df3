namespace Patterns.P28_BlockingDiscriminator;

/// <summary>The first of several branches to arrive goes on; the others are ignored, and a new round cannot start before all of them have arrived.</summary>
/// <remarks>
/// <see cref="FromFirstAttribute"/> with <see cref="FromFirstAttribute.CancelLosers"/> = false publishes the first reading at once and lets the other station
/// finish. An activation ends only when everything in it has settled: that is the reset. The <see cref="RepeatAttribute"/> around it starts the next activation
/// only then.
/// </remarks>
[Workflow]
public sealed partial class AskStations(IStations stations)
{
    public partial ValueTask<Hour> RunAsync(Hour hour, CancellationToken ct = default);

    [Node]
    ValueTask<Reading> North(Hour hour, CancellationToken ct) => stations.ReadAsync("north", hour, ct);

    [Node]
    ValueTask<Reading> South(Hour hour, CancellationToken ct) => stations.ReadAsync("south", hour, ct);

    [Node]
    Hour Publish([FromFirst(nameof(North), nameof(South), CancelLosers = false)] Reading reading)
    {
        stations.Publish(reading);
        return new Hour(reading.Hour + 1);
    }
}

/// <summary>Asks every hour until noon. A new round starts only when the one before has been reset.</summary>
[Workflow]
public sealed partial class WatchWeather(AskStations stations)
{
    public partial ValueTask<Hour> RunAsync(Hour hour, CancellationToken ct = default);

    [SubWorkflow(nameof(stations)), Repeat(Until = nameof(IsNoon))]
    private partial ValueTask<Hour> Ask(Hour hour);

    static bool IsNoon(Hour hour) => hour.Value >= 12;
}

public sealed record Hour(int Value);

public sealed record Reading(string Station, int Hour);

public interface IStations
{
    ValueTask<Reading> ReadAsync(string station, Hour hour, CancellationToken ct);

    void Publish(Reading reading);
}
