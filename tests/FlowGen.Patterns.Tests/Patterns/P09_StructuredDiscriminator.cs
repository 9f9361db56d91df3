namespace Patterns.P09_StructuredDiscriminator;

/// <summary>What follows runs when the first of several branches arrives; the others are ignored, and when all have arrived it is ready for the next round.</summary>
/// <remarks>
/// <see cref="FromFirstAttribute"/> takes the value that is there first. With <see cref="FromFirstAttribute.CancelLosers"/> off, the other station is not disturbed. A round
/// is an activation of <c>Forecast</c>, which ends when everybody in it has finished; so the next day starts afresh.
/// </remarks>
[Workflow]
public sealed partial class ForecastWeek(Forecast forecast)
{
    public partial ValueTask<Outlook[]> RunAsync(IReadOnlyList<Day> days, CancellationToken ct = default);

    [SubWorkflow<Forecast>]
    private partial ValueTask<Outlook> Predict([Each] Day day);
}

[Workflow]
public sealed partial class Forecast(IStations stations)
{
    public partial ValueTask<Outlook> RunAsync(Day day, CancellationToken ct = default);

    [Node]
    ValueTask<Reading> AskHarbour(Day day, CancellationToken ct) => stations.HarbourAsync(day, ct);

    [Node]
    ValueTask<Reading> AskAirport(Day day, CancellationToken ct) => stations.AirportAsync(day, ct);

    [Node]
    ValueTask<Outlook> Publish([FromFirst(nameof(AskHarbour), nameof(AskAirport), CancelLosers = false)] Reading reading, CancellationToken ct)
        => stations.PublishAsync(reading, ct);
}

public sealed record Day(string Name);

public sealed record Reading(string Station);

public sealed record Outlook(string Station);

public interface IStations
{
    ValueTask<Reading> HarbourAsync(Day day, CancellationToken ct);

    ValueTask<Reading> AirportAsync(Day day, CancellationToken ct);

    ValueTask<Outlook> PublishAsync(Reading reading, CancellationToken ct);
}
