namespace Patterns.P28;

public sealed record Hour(int Value);

public sealed record Reading(string Station, int Hour);

public interface IStations
{
    ValueTask<Reading> ReadAsync(string station, Hour hour, CancellationToken ct);

    void Publish(Reading reading);
}

/// <summary>Two stations are asked; whichever answers first is published at once. The activation has not ended before the other has answered too: that is the reset.</summary>
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
