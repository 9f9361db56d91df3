using System.Runtime.CompilerServices;

namespace FlowGen.Benchmarks.Loops;

/// <summary>A node that is repeated a thousand times, each time with the value of the time before.</summary>
[Workflow]
public sealed partial class Counting
{
    private const int Rounds = 1_000;

    [return: From(nameof(Next))]
    public partial ValueTask<Tally> RunAsync(Tally start, CancellationToken ct = default);

    /// <summary>The baseline: a loop.</summary>
    public async ValueTask<Tally> ByHand(Tally start, CancellationToken ct)
    {
        Tally tally = start;
        do
        {
            ct.ThrowIfCancellationRequested();
            tally = await Next(tally, ct).ConfigureAwait(false);
        }
        while (IsShort(tally));
        return tally;
    }

    [Node, Repeat(While = nameof(IsShort)), MethodImpl(MethodImplOptions.NoInlining)]
    ValueTask<Tally> Next([Carry] Tally start, CancellationToken ct) => new(new Tally(start.Rounds + 1, start.Sum + start.Rounds));

    static bool IsShort(Tally tally) => tally.Rounds < Rounds;
}

/// <summary>The same with a synchronous node.</summary>
[Workflow]
public sealed partial class CountingSynchronously
{
    private const int Rounds = 1_000;

    [return: From(nameof(Next))]
    public partial Tally Run(Tally start);

    /// <summary>The baseline: a loop.</summary>
    public Tally ByHand(Tally start)
    {
        Tally tally = start;
        do
        {
            tally = Next(tally);
        }
        while (IsShort(tally));
        return tally;
    }

    [Node, Repeat(While = nameof(IsShort)), MethodImpl(MethodImplOptions.NoInlining)]
    Tally Next([Carry] Tally start) => new(start.Rounds + 1, start.Sum + start.Rounds);

    static bool IsShort(Tally tally) => tally.Rounds < Rounds;
}

public readonly record struct Tally(int Rounds, long Sum);
