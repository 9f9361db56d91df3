namespace Patterns.P16_DeferredChoice;

/// <summary>Several branches are offered, the environment picks one, and the offer of the others is withdrawn at that moment.</summary>
/// <remarks>
/// <see cref="WaitAttribute"/> nodes wait for somebody outside; <see cref="FromFirstAttribute"/> takes the reply that comes first and withdraws the other question. That race
/// is decided once, however close the two replies come.
/// </remarks>
[Workflow, Timeout(Hours = 48)]
public sealed partial class OfferJob(IPersonnel personnel)
{
    public partial ValueTask RunAsync(Offer offer, CancellationToken ct = default);

    [Wait]
    private partial ValueTask<Acceptance> Accept(Offer offer);

    [Wait]
    private partial ValueTask<Refusal> Refuse(Offer offer);

    [Node]
    Choice Choose([FromFirst(nameof(Accept), nameof(Refuse))] Reply reply) => reply is Acceptance ? Choice.Accepted : Choice.Refused;

    [Node, When(nameof(Choose), Choice.Accepted)]
    ValueTask Hire(Offer offer, CancellationToken ct) => personnel.HireAsync(offer, ct);

    [Node, When(nameof(Choose), Choice.Refused)]
    ValueTask Advertise(Offer offer, CancellationToken ct) => personnel.AdvertiseAsync(offer, ct);
}

public sealed record Offer(string Job);

public abstract record Reply(string Signature);

public sealed record Acceptance(string Signature) : Reply(Signature);

public sealed record Refusal(string Signature) : Reply(Signature);

public enum Choice
{
    Accepted,
    Refused,
}

public interface IPersonnel
{
    ValueTask HireAsync(Offer offer, CancellationToken ct);

    ValueTask AdvertiseAsync(Offer offer, CancellationToken ct);
}
