namespace Patterns.P30_StructuredPartialJoin;

/// <summary>Of M branches the N-th to arrive goes on; the rest is ignored, and the join is ready again when all have arrived.</summary>
/// <remarks>
/// Two of three directors have to sign. The rule of <see cref="ReadyWhenAttribute"/> is asked whenever one of the nodes settles; the payment takes the
/// signatures that are there, by <see cref="FromAttribute"/> and a list. Nobody waits for the third director but the end of the run.
/// <see cref="BestEffortAttribute"/> makes a refusal something that does no harm as long as the others sign; with two of them the rule never holds and the
/// payment is skipped.
/// </remarks>
[Workflow]
public sealed partial class ReleasePayment(IOffice office)
{
    public partial ValueTask<Transfer?> RunAsync(Payment payment, CancellationToken ct = default);

    [Node, BestEffort]
    ValueTask<Signature> Ann(Payment payment, CancellationToken ct) => office.SignAsync("Ann", payment, ct);

    [Node, BestEffort]
    ValueTask<Signature> Bob(Payment payment, CancellationToken ct) => office.SignAsync("Bob", payment, ct);

    [Node, BestEffort]
    ValueTask<Signature> Cid(Payment payment, CancellationToken ct) => office.SignAsync("Cid", payment, ct);

    static Readiness TwoHaveSigned(ReadOnlySpan<NodeState> directors)
    {
        int signed = 0;
        foreach (NodeState director in directors)
        {
            signed += director == NodeState.Completed ? 1 : 0;
        }

        return signed < 2 ? Readiness.Wait : Readiness.Run;
    }

    [Node, ReadyWhen(nameof(TwoHaveSigned), nameof(Ann), nameof(Bob), nameof(Cid))]
    ValueTask<Transfer> Pay([From(nameof(Ann), nameof(Bob), nameof(Cid))] IReadOnlyList<Signature> signatures, Payment payment, CancellationToken ct)
        => office.TransferAsync(payment, string.Join('+', signatures.Select(s => s.Director)), ct);
}

public sealed record Payment(decimal Amount);

public sealed record Signature(string Director);

public sealed record Transfer(decimal Amount, string SignedBy);

public interface IOffice
{
    ValueTask<Signature> SignAsync(string director, Payment payment, CancellationToken ct);

    ValueTask<Transfer> TransferAsync(Payment payment, string signedBy, CancellationToken ct);
}
