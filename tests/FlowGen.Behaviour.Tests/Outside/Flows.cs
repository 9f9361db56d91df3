namespace Behaviour.Outside;

/// <summary>One node after the other, each behind a gate.</summary>
[Workflow(Id = "steps")]
internal sealed partial class Steps(Gate first, Gate second, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    async ValueTask<One> First(Ask ask, CancellationToken ct)
    {
        journal.Add("first");
        await first.Wait(ct);
        return new One(ask.Number);
    }

    [Node]
    async ValueTask<Answer> Second(One one, CancellationToken ct)
    {
        journal.Add("second");
        await second.Wait(ct);
        return new Answer($"{one.Number}");
    }
}

/// <summary>Two branches that overlap, and a join.</summary>
[Workflow(Id = "fork")]
internal sealed partial class Fork(Gate left, Gate right, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    async ValueTask<One> Left(Ask ask, CancellationToken ct)
    {
        journal.Add("left");
        await left.Wait(ct);
        return new One(ask.Number);
    }

    [Node]
    async ValueTask<Two> Right(Ask ask, CancellationToken ct)
    {
        journal.Add("right");
        await right.Wait(ct);
        return new Two(ask.Number);
    }

    [Node]
    Three AfterLeft(One one) => journal.Add("after left", new Three(one.Number));

    [Node]
    Four AfterRight(Two two) => journal.Add("after right", new Four(two.Number));

    [Node]
    Answer Join(Three three, Four four) => journal.Add("join", new Answer($"{three.Number + four.Number}"));
}

/// <summary>Elements one at a time, or several.</summary>
[Workflow(Id = "elements")]
internal sealed partial class Elements(Gate gate, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask[] asks, int degree, CancellationToken ct = default);

    [Node]
    async ValueTask<One> Work([Each(MaxParallelismFrom = nameof(degree))] Ask ask, int degree, CancellationToken ct)
    {
        journal.Add($"work {ask.Number}");
        await gate.Wait(ct);
        return new One(ask.Number);
    }

    [Node]
    Answer Sum(One[] ones) => journal.Add("sum", new Answer(string.Join(' ', ones.Select(one => one.Number))));
}

/// <summary>Goes round until the number has grown to three.</summary>
[Workflow(Id = "rounds")]
internal sealed partial class Rounds(Gate gate, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    One Begin(Ask ask) => new(ask.Number);

    static bool IsShort(One next) => next.Number < 3;

    [Node, Repeat(While = nameof(IsShort))]
    async ValueTask<One> Next([Carry, From(nameof(Begin))] One one, CancellationToken ct)
    {
        journal.Add($"round {one.Number}");
        await gate.Wait(ct);
        return new One(one.Number + 1);
    }

    [Node]
    Answer Tell([From(nameof(Next))] One one) => journal.Add("tell", new Answer($"{one.Number}"));
}

/// <summary>Laid out in its parent.</summary>
[Workflow(Id = "outer")]
internal sealed partial class Outer(Steps steps)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow(nameof(steps))]
    private partial ValueTask<Answer> Inner(Ask ask);
}

/// <summary>Runs in a frame of its own: a total limit watches over it. A sibling overlaps with it.</summary>
[Workflow(Id = "linked")]
internal sealed partial class Linked(Steps steps, Gate beside)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow(nameof(steps)), Timeout(Hours = 1)]
    private partial ValueTask<Answer> Inner(Ask ask);

    [Node]
    async ValueTask<Two> Beside(Ask ask, CancellationToken ct)
    {
        await beside.Wait(ct);
        return new Two(ask.Number);
    }

    [Node]
    string Text([From(nameof(Inner))] Answer answer, Two two) => $"{answer.Text} {two.Number}";

    [Node]
    Answer Tell(string text) => new(text);
}
