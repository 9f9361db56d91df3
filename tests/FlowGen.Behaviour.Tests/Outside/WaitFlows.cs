namespace Behaviour.Outside;

/// <summary>Asks once, when the gate has opened.</summary>
[Workflow(Id = "asks")]
internal sealed partial class Asks(Gate gate, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    async ValueTask<One> Prepare(Ask ask, CancellationToken ct)
    {
        await gate.Wait(ct);
        return new One(ask.Number);
    }

    [Wait]
    private partial ValueTask<Two> Approve(One one);

    [Node]
    Answer Tell(Two two) => journal.Add("tell", new Answer($"{two.Number}"));
}

[Workflow]
internal sealed partial class AsksInPassing(Gate gate)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    async ValueTask<One> Prepare(Ask ask, CancellationToken ct)
    {
        await gate.Wait(ct);
        return new One(ask.Number);
    }

    [Wait(Transient = true)]
    private partial ValueTask<Two> Approve(One one);

    [Node]
    Answer Tell(Two two) => new($"{two.Number}");
}

[Workflow]
internal sealed partial class AsksPerhaps(Gate gate)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    static bool IsLarge(Ask ask) => ask.Number > 10;

    [Wait, When(nameof(IsLarge))]
    private partial ValueTask<Two> Approve(Ask ask);

    [Node]
    async ValueTask<Answer> Tell(Ask ask, Two? two, CancellationToken ct)
    {
        await gate.Wait(ct);
        return new Answer(two is null ? $"unasked {ask.Number}" : $"{two.Number}");
    }
}

[Workflow]
internal sealed partial class AsksInTime
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Wait, Timeout(Hours = 1)]
    private partial ValueTask<Answer> Approve(Ask ask);

    [Catch(nameof(Approve))]
    Answer Expired(TimeoutException error) => new(error is null ? "" : "expired");
}

[Workflow]
internal sealed partial class DeferredChoice
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Wait]
    private partial ValueTask<One> Accept(Ask ask);

    [Wait]
    private partial ValueTask<One> Reject(Ask ask);

    [Node]
    Answer Tell([FromFirst(nameof(Accept), nameof(Reject))] One one) => new($"{one.Number}");
}

[Workflow]
internal sealed partial class AsksTwice
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Wait]
    private partial ValueTask<One> Legal(Ask ask);

    [Wait]
    private partial ValueTask<Two> Money(Ask ask, Three? three);

    [Node]
    Three? Nothing(Ask ask) => ask.Number == 0 ? null : new Three(ask.Number);

    [Node]
    Answer Tell(One one, Two two) => new($"{one.Number} {two.Number}");
}

[Workflow]
internal sealed partial class AsksBelow(Asks child, Gate after)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow(nameof(child))]
    private partial ValueTask<Answer> Flattened(Ask ask);

    [SubWorkflow(nameof(child)), Timeout(Hours = 1)]
    private partial ValueTask<Answer> Apart(Ask ask);

    [Node]
    async ValueTask<string> Both([From(nameof(Flattened))] Answer one, [From(nameof(Apart))] Answer two, CancellationToken ct)
    {
        await after.Wait(ct);
        return $"{one.Text} {two.Text}";
    }

    [Node]
    Answer Tell(string both) => new(both);
}

/// <summary>Asks for the next number.</summary>
[Workflow]
internal sealed partial class AsksForNext(Gate gate, Journal journal)
{
    public partial ValueTask<Two> RunAsync(Two two, CancellationToken ct = default);

    [Node]
    async ValueTask<One> Prepare([Input] Two two, CancellationToken ct)
    {
        await gate.Wait(ct);
        return journal.Add("round", new One(two.Number));
    }

    [Wait]
    private partial ValueTask<Three> Approve(One one);

    [Node]
    Two Next(Three three) => new(three.Number);
}

[Workflow]
internal sealed partial class AsksAgain(AsksForNext child, Gate after)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    Two Begin(Ask ask) => new(ask.Number);

    static bool IsUndecided(Two round) => round.Number != 9;

    [SubWorkflow(nameof(child)), Repeat(While = nameof(IsUndecided))]
    private partial ValueTask<Two> Round([Carry, From(nameof(Begin))] Two two);

    [Node]
    async ValueTask<Answer> Tell([From(nameof(Round))] Two two, CancellationToken ct)
    {
        await after.Wait(ct);
        return new Answer($"{two.Number}");
    }
}
