namespace Patterns.P02_ParallelSplit;

/// <summary>One thread of control becomes several that go on at the same time.</summary>
/// <remarks>Nothing says it: nodes between which there is no path may run at once. All three take what <c>Unlock</c> yields, and start when it has completed.</remarks>
[Workflow]
public sealed partial class OpenShop(IShop shop)
{
    public partial ValueTask RunAsync(Morning morning, CancellationToken ct = default);

    [Node]
    ValueTask<Premises> Unlock(Morning morning, CancellationToken ct) => shop.UnlockAsync(morning, ct);

    [Node]
    ValueTask Heat(Premises premises, CancellationToken ct) => shop.HeatAsync(premises, ct);

    [Node]
    ValueTask CountTill(Premises premises, CancellationToken ct) => shop.CountTillAsync(premises, ct);

    [Node]
    ValueTask Sweep(Premises premises, CancellationToken ct) => shop.SweepAsync(premises, ct);
}

public sealed record Morning(DateOnly Date);

public sealed record Premises(string Street);

public interface IShop
{
    ValueTask<Premises> UnlockAsync(Morning morning, CancellationToken ct);

    ValueTask HeatAsync(Premises premises, CancellationToken ct);

    ValueTask CountTillAsync(Premises premises, CancellationToken ct);

    ValueTask SweepAsync(Premises premises, CancellationToken ct);
}
