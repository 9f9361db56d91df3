namespace Patterns.P34;

public sealed record Member(string Name);

public sealed record Motion(string Text, Member[] Board);

public sealed record Vote(string Member);

public sealed record Resolution(string Text, string CarriedBy);

public interface IBoard
{
    ValueTask<Vote> VoteAsync(Member member, Motion motion, CancellationToken ct);

    ValueTask<Resolution> PublishAsync(Motion motion, string carriedBy, CancellationToken ct);
}

/// <summary>
/// Every member of the board is asked, however many there are, and the motion is carried with the third vote. Members who are still thinking may go on and vote, but the resolution
/// does not wait for them.
/// </summary>
[Workflow]
public sealed partial class CarryMotion(IBoard board)
{
    public partial ValueTask<Resolution> RunAsync(Motion motion, CancellationToken ct = default);

    [Node]
    Member[] Summon(Motion motion) => motion.Board;

    [Node]
    ValueTask<Vote> Vote(
        [Each(MaxParallelism = 0, Until = nameof(IsCarried), Rest = EachRest.Ignore)] Member member,
        Motion motion, CancellationToken ct)
        => board.VoteAsync(member, motion, ct);

    static bool IsCarried(EachProgress votes) => votes.Completed >= 3;

    [Node]
    ValueTask<Resolution> Resolve(Motion motion, IReadOnlyList<Vote> votes, CancellationToken ct)
        => board.PublishAsync(motion, string.Join('+', votes.Select(v => v.Member)), ct);
}
