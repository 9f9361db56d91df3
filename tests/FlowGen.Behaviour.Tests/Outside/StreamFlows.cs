namespace Behaviour.Outside;

[Workflow]
internal sealed partial class Sends(Gate before, Gate between, Gate after)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    async ValueTask<One> Send(Ask ask, Emitter<int> numbers, CancellationToken ct)
    {
        await before.Wait(ct);
        for (int i = 0; i < ask.Number; i++)
        {
            numbers.Emit(i);
        }

        await between.Wait(ct);
        return new One(ask.Number);
    }

    [Node]
    async ValueTask<Answer> Tell(One one, CancellationToken ct)
    {
        await after.Wait(ct);
        return new Answer($"{one.Number}");
    }
}

[Workflow]
internal sealed partial class SendsWithCare(Gate before, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    async ValueTask<Answer> Send(Ask ask, Emitter<int> numbers, CancellationToken ct)
    {
        await before.Wait(ct);
        for (int i = 0; i < ask.Number; i++)
        {
            await numbers.EmitAsync(i, ct);
            journal.Add($"sent {i}");
        }

        return new Answer("done");
    }
}

[Workflow]
internal sealed partial class SendsTogether(Gate left, Gate right, Gate after)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    async ValueTask<One> Left(Ask ask, Emitter<string> words, CancellationToken ct)
    {
        await left.Wait(ct);
        words.Emit("left");
        return new One(ask.Number);
    }

    [Node]
    async ValueTask<Two> Right(Ask ask, Emitter<string> words, CancellationToken ct)
    {
        await right.Wait(ct);
        words.Emit("right");
        return new Two(ask.Number);
    }

    [Node]
    async ValueTask<Answer> Tell(One one, Two two, CancellationToken ct)
    {
        await after.Wait(ct);
        return new Answer($"{one.Number} {two.Number}");
    }
}

[Workflow]
internal sealed partial class SendsInLoops(Gate element, Gate after)
{
    public partial ValueTask<Answer> RunAsync(Ask[] asks, CancellationToken ct = default);

    [Node]
    async ValueTask<One> Element([Each] Ask ask, Emitter<int> elements, CancellationToken ct)
    {
        await element.Wait(ct);
        elements.Emit(ask.Number);
        return new One(ask.Number);
    }

    [Node]
    Two Begin(One[] ones) => new(ones.Length);

    static bool IsShort(Two round) => round.Number < 5;

    [Node, Repeat(While = nameof(IsShort))]
    async ValueTask<Two> Round([Carry, From(nameof(Begin))] Two two, Emitter<int> rounds, CancellationToken ct)
    {
        await element.Wait(ct);
        rounds.Emit(two.Number);
        return new Two(two.Number + 1);
    }

    [Node, Retry(2, DelayMs = 0)]
    async ValueTask<Three> Try([From(nameof(Round))] Two two, Emitter<int> tries, FlowContext context, CancellationToken ct)
    {
        await element.Wait(ct);
        tries.Emit(context.Attempt);
        return context.Attempt < 3 ? throw new BoomException("again") : new Three(two.Number);
    }

    [Node]
    async ValueTask<Answer> Tell(Three three, CancellationToken ct)
    {
        await after.Wait(ct);
        return new Answer($"{three.Number}");
    }
}

[Workflow]
internal sealed partial class SendsRound(Gate gate)
{
    public partial ValueTask<Two> RunAsync(Two two, CancellationToken ct = default);

    [Node]
    async ValueTask<Three> Send([Input] Two two, Emitter<int> numbers, CancellationToken ct)
    {
        await gate.Wait(ct);
        numbers.Emit(two.Number);
        return new Three(two.Number + 1);
    }

    [Node]
    Two Next(Three three) => new(three.Number);
}

[Workflow]
internal sealed partial class SendsBelow(Sends child, SendsRound loop, Gate after)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    Two Begin(Ask ask) => new(ask.Number);

    static bool IsShort(Two round) => round.Number < 4;

    [SubWorkflow(nameof(child))]
    private partial ValueTask<Answer> Flattened(Ask ask);

    [SubWorkflow(nameof(loop)), Repeat(While = nameof(IsShort))]
    private partial ValueTask<Two> Round([Carry, From(nameof(Begin))] Two two);

    [SubWorkflow(nameof(child)), Retry(1, DelayMs = 0)]
    private partial ValueTask<Answer> Again(Ask ask);

    [Node]
    async ValueTask<string> All(
        [From(nameof(Flattened))] Answer one, [From(nameof(Round))] Two two, [From(nameof(Again))] Answer three, CancellationToken ct)
    {
        await after.Wait(ct);
        return one.Text + two.Number + three.Text;
    }

    [Node]
    Answer Tell(string all) => new(all);
}

[Workflow]
internal sealed partial class SendsPerhaps(Gate after)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    static bool IsLarge(Ask ask) => ask.Number > 10;

    [Node, When(nameof(IsLarge))]
    One Send(Ask ask, Emitter<int> numbers)
    {
        numbers.Emit(ask.Number);
        return new One(ask.Number);
    }

    [Node]
    async ValueTask<Answer> Tell(Ask ask, One? one, CancellationToken ct)
    {
        await after.Wait(ct);
        return new Answer($"{one?.Number ?? ask.Number}");
    }
}

/// <summary>It gives no token where it waits for room.</summary>
[Workflow]
internal sealed partial class SendsCarelessly(Gate before)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    async ValueTask<Answer> Send(Ask ask, Emitter<int> numbers, CancellationToken ct)
    {
        await before.Wait(ct);
        for (int i = 0; i < ask.Number; i++)
        {
#pragma warning disable CA2016 // It is what the test is about.
            await numbers.EmitAsync(i);
#pragma warning restore CA2016
        }

        return new Answer("done");
    }
}
