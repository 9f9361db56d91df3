namespace Patterns.P26_CancelMultipleInstanceActivity;

/// <summary>All unfinished instances of a task are withdrawn together; the task is cancelled and gives nothing.</summary>
/// <remarks>
/// Teams search all sectors at once. <see cref="CancelsAttribute"/> withdraws the <see cref="EachAttribute"/> node as a whole: teams that are out are called
/// back, and what others have found interests nobody any more. Who follows the search finds it skipped.
/// </remarks>
[Workflow]
public sealed partial class SearchAndRescue(ITeams teams)
{
    public partial ValueTask<Ending> RunAsync(Missing person, CancellationToken ct = default);

    [Node]
    Sector[] Divide(Missing person) => person.Sectors;

    [Node, Cancels(nameof(TurnUp))]
    ValueTask<Trace> Search([Each(MaxParallelism = 0)] Sector sector, CancellationToken ct) => teams.SearchAsync(sector, ct);

    [Wait, Cancels(nameof(Search))]
    private partial ValueTask<Sighting> TurnUp(Missing person);

    [Node]
    Ending Report(IReadOnlyList<Trace>? traces, Sighting? sighting) => new(traces?.Count ?? 0, sighting?.Place);
}

public sealed record Sector(string Name);

public sealed record Missing(string Name, Sector[] Sectors);

public sealed record Trace(string Sector);

public sealed record Sighting(string Place);

public sealed record Ending(int TracesRead, string? Place);

public interface ITeams
{
    ValueTask<Trace> SearchAsync(Sector sector, CancellationToken ct);
}
