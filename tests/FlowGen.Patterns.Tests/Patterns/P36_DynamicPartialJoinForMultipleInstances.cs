namespace Patterns.P36;

public sealed record Lead(string Name);

public sealed record Case(string Name, Lead[] Leads);

public sealed record Clue(string Lead);

public sealed record Indictment(string Clues);

public interface IDetectives
{
    ValueTask<Clue> FollowAsync(Lead lead, More<Lead> more, CancellationToken ct);
}

/// <summary>
/// Detectives follow leads, and a lead may turn up others, which are followed too: nobody knows at the start how many there will be. Three clues are enough for an indictment; leads
/// that are still open then are dropped. If there are no more leads, it has to do with what was found.
/// </summary>
[Workflow]
public sealed partial class Investigate(IDetectives detectives)
{
    public partial ValueTask<Indictment> RunAsync(Case file, CancellationToken ct = default);

    [Node]
    Lead[] Open(Case file) => file.Leads;

    [Node]
    ValueTask<Clue> Follow(
        [Each(MaxParallelism = 0, Until = nameof(AreEnough), Rest = EachRest.Cancel)] Lead lead,
        More<Lead> more, CancellationToken ct)
        => detectives.FollowAsync(lead, more, ct);

    static bool AreEnough(EachProgress clues) => clues.Completed >= 3;

    [Node]
    Indictment Accuse(IReadOnlyList<Clue> clues) => new(string.Join('+', clues.Select(c => c.Lead)));
}
