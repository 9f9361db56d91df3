namespace Patterns.P12_InstancesWithoutSynchronization;

/// <summary>Many instances of a task are started, and nobody waits for them.</summary>
/// <remarks>
/// Nothing follows <c>Invite</c>: posters are printed and put up while invitations are still on their way, and an invitation that fails is nobody's concern. Only the run itself
/// does not end before its last instance, because FlowGen abandons nothing that it has started.
/// </remarks>
[Workflow]
public sealed partial class AnnounceConcert(IPromoter promoter)
{
    public partial ValueTask<Poster> RunAsync(Concert concert, IReadOnlyList<Friend> friends, CancellationToken ct = default);

    [Node]
    ValueTask Invite([Each(MaxParallelism = 0, OnError = EachError.Skip)] Friend friend, Concert concert, CancellationToken ct)
        => promoter.InviteAsync(friend, concert, ct);

    [Node]
    ValueTask<Poster> Print(Concert concert, CancellationToken ct) => promoter.PrintAsync(concert, ct);

    [Node]
    ValueTask PutUp(Poster poster, CancellationToken ct) => promoter.PutUpAsync(poster, ct);
}

public sealed record Concert(string Band);

public sealed record Friend(string Name);

public sealed record Poster(string Text);

public interface IPromoter
{
    ValueTask InviteAsync(Friend friend, Concert concert, CancellationToken ct);

    ValueTask<Poster> PrintAsync(Concert concert, CancellationToken ct);

    ValueTask PutUpAsync(Poster poster, CancellationToken ct);
}
