namespace Behaviour.Joins;

/// <summary>Three ways to the same answer, each with a gate; a loser may take its time to leave.</summary>
[Workflow]
internal sealed partial class Race(Gate[] gates, Gate leaving, Journal journal, Gate? consuming = null)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    ValueTask<One> A(Ask ask, CancellationToken ct) => Run(0, "A", ask, ct);

    [Node]
    ValueTask<One> B(Ask ask, CancellationToken ct) => Run(1, "B", ask, ct);

    [Node]
    ValueTask<One> C(Ask ask, CancellationToken ct) => Run(2, "C", ask, ct);

    [Node]
    async ValueTask<Answer> Take([FromFirst(nameof(A), nameof(B), nameof(C))] One first, CancellationToken ct)
    {
        journal.Add($"take {first.Number}");
        await (consuming?.Wait(ct) ?? default);
        return new Answer($"{first.Number}");
    }

    private async ValueTask<One> Run(int number, string name, Ask ask, CancellationToken ct)
    {
        try
        {
            await gates[number].Wait(ct);
        }
        catch (OperationCanceledException)
        {
            journal.Add($"leaves {name}");
            await leaving.Wait(CancellationToken.None);
            throw;
        }

        return new One(ask.Number + number);
    }
}

/// <summary>Losers go on and are ignored; some have no token, and one fails when it is let go.</summary>
[Workflow]
internal sealed partial class LenientRace(Gate[] gates, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    ValueTask<One> A(Ask ask, CancellationToken ct) => gates[0].Wait(new One(ask.Number), ct);

    [Node]
    ValueTask<One> B(Ask ask, CancellationToken ct) => gates[1].Wait(new One(ask.Number + 1), ct);

    [Node]
    Answer Take([FromFirst(nameof(A), nameof(B), CancelLosers = false)] One first) => journal.Add("take", new Answer($"{first.Number}"));
}

/// <summary>Contestants that complete at once: the first of them wins, and the others never start.</summary>
[Workflow]
internal sealed partial class RaceAtOnce(Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    One A(Ask ask) => ask.Number < 0 ? throw new BoomException("A") : journal.Add("A", new One(ask.Number));

    [Node]
    One B(Ask ask) => ask.Number < -1 ? throw new BoomException("B") : journal.Add("B", new One(ask.Number + 1));

    [Node]
    Answer Take([FromFirst(nameof(A), nameof(B))] One first) => new($"{first.Number}");
}

/// <summary>A contestant that may be skipped, and one that may fail.</summary>
[Workflow]
internal sealed partial class RaceOfSome(Gate[] gates)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    static bool HasFirst(Ask ask) => ask.Number > 0;

    static bool HasSecond(Ask ask) => ask.Number > 1;

    [Node, When(nameof(HasFirst))]
    ValueTask<One> A(Ask ask, CancellationToken ct) => gates[0].Wait(new One(10), ct);

    [Node, When(nameof(HasSecond))]
    ValueTask<One> B(Ask ask, CancellationToken ct) => gates[1].Wait(new One(20), ct);

    [Node]
    Answer Take([FromFirst(nameof(A), nameof(B))] One? first) => new(first is null ? "none" : $"{first.Number}");
}

/// <summary>The failure of all is observed.</summary>
[Workflow]
internal sealed partial class WatchedRace(Gate[] gates)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    ValueTask<One> A(Ask ask, CancellationToken ct) => gates[0].Wait(new One(ask.Number), ct);

    [Node]
    ValueTask<One> B(Ask ask, CancellationToken ct) => gates[1].Wait(new One(ask.Number), ct);

    [Node]
    Answer Take([FromFirst(nameof(A), nameof(B))] Outcome<One> first) => new(first.Succeeded ? $"{first.Value!.Number}" : $"{first.State} {first.Error?.Message}");
}

/// <summary>The result itself is raced for.</summary>
[Workflow]
internal sealed partial class RaceForTheResult(Gate[] gates)
{
    [return: FromFirst(nameof(A), nameof(B))]
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    ValueTask<Answer> A(Ask ask, CancellationToken ct) => gates[0].Wait(new Answer($"A{ask.Number}"), ct);

    [Node]
    ValueTask<Answer> B(Ask ask, CancellationToken ct) => gates[1].Wait(new Answer($"B{ask.Number}"), ct);
}

/// <summary>A race within a part, and one between parts.</summary>
[Workflow]
internal sealed partial class RaceInPart(RaceForTheResult part, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow(nameof(part))]
    private partial ValueTask<Answer> Part(Ask ask);

    [Node]
    One Measure([From(nameof(Part))] Answer part) => journal.Add("measure", new One(part.Text.Length));

    [Node]
    Answer Close([From(nameof(Part))] Answer part, One one) => new($"{part.Text} {one.Number}");
}

[Workflow]
internal sealed partial class Runner(Gate gate, Journal journal)
{
    public partial ValueTask<One> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    Two Begin(Ask ask) => journal.Add($"begin {ask.Number}", new Two(ask.Number));

    [Node]
    ValueTask<Three> Go(Two two, CancellationToken ct) => gate.Wait(new Three(two.Number), ct);

    [Node]
    One End(Three three) => journal.Add($"end {three.Number}", new One(three.Number));
}

[Workflow]
internal sealed partial class RaceOfParts(Runner left, Runner right)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow(nameof(left))]
    private partial ValueTask<One> Left(Ask ask);

    [SubWorkflow(nameof(right))]
    private partial ValueTask<One> Right(Ask ask);

    [Node]
    static Answer Take([FromFirst(nameof(Left), nameof(Right))] One first) => new($"{first.Number}");
}

/// <summary>Losers go on: their parts are laid out in the parent.</summary>
[Workflow]
internal sealed partial class LenientRaceOfParts(Runner left, Runner right, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow(nameof(left))]
    private partial ValueTask<One> Left(Ask ask);

    [SubWorkflow(nameof(right))]
    private partial ValueTask<One> Right(Ask ask);

    [Node]
    Answer Take([FromFirst(nameof(Left), nameof(Right), CancelLosers = false)] One first) => journal.Add("take", new Answer($"{first.Number}"));
}

/// <summary>Contestants without a token.</summary>
[Workflow]
internal sealed partial class DeafRace(Gate[] gates, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    ValueTask<One> A(Ask ask) => gates[0].Wait(new One(ask.Number));

    [Node]
    ValueTask<One> B(Ask ask) => gates[1].Wait(new One(ask.Number + 1));

    [Node]
    Answer Take([FromFirst(nameof(A), nameof(B))] One first) => journal.Add($"take {first.Number}", new Answer($"{first.Number}"));
}
