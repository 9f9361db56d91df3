namespace Patterns.P31_BlockingPartialJoin;

/// <summary>As the structured partial join, but a new round cannot start before all branches of the one before have arrived.</summary>
/// <remarks>
/// Three scales weigh a load, and two of them are enough to accept it: <see cref="ReadyWhenAttribute"/>. The belt is a <see cref="RepeatAttribute"/> around
/// that activation, and an activation ends only when everything in it has settled, so the third scale holds the next load.
/// </remarks>
[Workflow]
public sealed partial class WeighLoad(IScales scales)
{
    public partial ValueTask<Load> RunAsync(Load load, CancellationToken ct = default);

    [Node]
    ValueTask<Reading> Left(Load load, CancellationToken ct) => scales.WeighAsync("left", load, ct);

    [Node]
    ValueTask<Reading> Middle(Load load, CancellationToken ct) => scales.WeighAsync("middle", load, ct);

    [Node]
    ValueTask<Reading> Right(Load load, CancellationToken ct) => scales.WeighAsync("right", load, ct);

    static Readiness TwoAgree(ReadOnlySpan<NodeState> scales)
    {
        int done = 0;
        foreach (NodeState scale in scales)
        {
            done += scale == NodeState.Completed ? 1 : 0;
        }

        return done < 2 ? Readiness.Wait : Readiness.Run;
    }

    [Node, ReadyWhen(nameof(TwoAgree), nameof(Left), nameof(Middle), nameof(Right))]
    void Accept([From(nameof(Left), nameof(Middle), nameof(Right))] IReadOnlyList<Reading> readings) => scales.Accept(readings);

    [Node, After(nameof(Accept))]
    Load Advance(Load load) => new(load.Number + 1);
}

/// <summary>One load after the other: what blocks the next round is that the activation of the one before has not ended.</summary>
[Workflow]
public sealed partial class WeighAll(WeighLoad belt)
{
    public partial ValueTask<Load> RunAsync(Load load, CancellationToken ct = default);

    [SubWorkflow(nameof(belt)), Repeat(Until = nameof(IsDone))]
    private partial ValueTask<Load> Weigh(Load load);

    static bool IsDone(Load load) => load.Number >= 3;
}

public sealed record Load(int Number);

public sealed record Reading(string Scale, int Load);

public interface IScales
{
    ValueTask<Reading> WeighAsync(string scale, Load load, CancellationToken ct);

    void Accept(IReadOnlyList<Reading> readings);
}
