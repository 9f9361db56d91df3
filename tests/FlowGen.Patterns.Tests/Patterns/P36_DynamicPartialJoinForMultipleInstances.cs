namespace Patterns.P36_DynamicPartialJoinForMultipleInstances;

/// <summary>Instances of a task may be added while others run; a rule says when enough have completed.</summary>
/// <remarks>
/// A lead may turn up others, and nobody knows at the start how many there will be: a node that has a <c>More</c> parameter adds elements to the loop
/// that it runs in. <see cref="EachAttribute.Until"/> is asked after each of them. If the leads run out before that, the indictment has to do with what was
/// found.
/// </remarks>
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

public sealed record Lead(string Name);

public sealed record Case(string Name, Lead[] Leads);

public sealed record Clue(string Lead);

public sealed record Indictment(string Clues);

public interface IDetectives
{
    ValueTask<Clue> FollowAsync(Lead lead, More<Lead> more, CancellationToken ct);
}
