namespace Patterns.P37_LocalSynchronizingMerge;

/// <summary>A merge waits for the branches that can still arrive, and knows which these are from what lies directly before it.</summary>
/// <remarks>
/// Any of the branches may be taken, and one of them may end half-way: a wreck is not mended. Optional parameters wait until their nodes have settled, and a
/// node is skipped as soon as its condition cannot hold any more, <see cref="WhenAttribute"/> and <see cref="UnlessAttribute"/> alike. So the merge never looks
/// at the rest of the run, and never waits for what cannot come.
/// </remarks>
[Workflow]
public sealed partial class SettleAccident(IExperts experts)
{
    public partial ValueTask<Settlement> RunAsync(Accident accident, CancellationToken ct = default);

    static bool IsDamaged(Accident accident) => accident.IsDamaged;

    static bool IsInjured(Accident accident) => accident.IsInjured;

    static bool IsWreck(Damage damage) => damage.Amount > 10_000;

    [Node, When(nameof(IsDamaged))]
    ValueTask<Damage> Inspect(Accident accident, CancellationToken ct) => experts.InspectAsync(accident, ct);

    [Node, Unless(nameof(IsWreck))]
    ValueTask<Repair> Mend(Damage damage, CancellationToken ct) => experts.RepairAsync(damage, ct);

    [Node, When(nameof(IsInjured))]
    ValueTask<Treatment> Treat(Accident accident, CancellationToken ct) => experts.TreatAsync(accident, ct);

    [Node]
    Settlement Settle(Damage? damage, Repair? repair, Treatment? treatment)
        => new(
            (repair?.Amount ?? damage?.Amount ?? 0) + (treatment?.Amount ?? 0),
            (repair, damage) switch
            {
                ({ }, _) => "repair",
                (_, { }) => "wreck",
                _ => "no damage",
            });
}

public sealed record Accident(bool IsDamaged, bool IsInjured);

public sealed record Damage(decimal Amount);

public sealed record Repair(decimal Amount);

public sealed record Treatment(decimal Amount);

public sealed record Settlement(decimal Amount, string For);

public interface IExperts
{
    ValueTask<Damage> InspectAsync(Accident accident, CancellationToken ct);

    ValueTask<Repair> RepairAsync(Damage damage, CancellationToken ct);

    ValueTask<Treatment> TreatAsync(Accident accident, CancellationToken ct);
}
