namespace Patterns.P34_StaticPartialJoinForMultipleInstances;

/// <summary>Of M instances of a task, M being known when they start, the N-th to complete goes on; the rest is ignored.</summary>
/// <remarks>
/// Every member of the board is asked, however many there are, and the motion is carried with the third vote. <see cref="EachAttribute.Until"/> says when there
/// is enough, and <see cref="EachRest.Ignore"/> lets those who are still thinking go on without anybody but the end of the run waiting for them.
/// </remarks>
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

public sealed record Member(string Name);

public sealed record Motion(string Text, Member[] Board);

public sealed record Vote(string Member);

public sealed record Resolution(string Text, string CarriedBy);

public interface IBoard
{
    ValueTask<Vote> VoteAsync(Member member, Motion motion, CancellationToken ct);

    ValueTask<Resolution> PublishAsync(Motion motion, string carriedBy, CancellationToken ct);
}
