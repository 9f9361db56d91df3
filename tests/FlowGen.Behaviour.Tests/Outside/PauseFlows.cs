namespace Behaviour.Outside;

[Workflow]
internal sealed partial class TriesAgain(Gate gate, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node, Retry(1, DelayMs = 1_000, Jitter = false)]
    async ValueTask<One> Work(Ask ask, CancellationToken ct)
    {
        journal.Add("try");
        await gate.Wait(ct);
        return new One(ask.Number);
    }

    [Node]
    Answer Tell(One one) => journal.Add("tell", new Answer($"{one.Number}"));
}

[Workflow]
internal sealed partial class Undoes(Gate gate, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    One Reserve(Ask ask) => journal.Add("reserve", new One(ask.Number));

    [Compensate(nameof(Reserve))]
    void Release(One one) => journal.Add($"release {one.Number}");

    [Node]
    async ValueTask<Two> Pay(One one, CancellationToken ct)
    {
        await gate.Wait(ct);
        return new Two(one.Number);
    }

    [Node]
    Answer Tell(Two two) => journal.Add("tell", new Answer($"{two.Number}"));
}

[Workflow]
internal sealed partial class Busy
{
    public partial ValueTask<Answer> RunAsync(Ask[] asks, CancellationToken ct = default);

    [Node]
    async ValueTask<One> Left([Each(MaxParallelism = 4)] Ask ask)
    {
        await Task.Yield();
        return new One(ask.Number);
    }

    [Node]
    async ValueTask<Two> Right([Each(MaxParallelism = 2)] Ask ask)
    {
        await Task.Yield();
        return new Two(ask.Number);
    }

    [Node]
    async ValueTask<Three> Add(One[] ones, Two[] twos)
    {
        await Task.Yield();
        return new Three(ones.Sum(one => one.Number) + twos.Sum(two => two.Number));
    }

    [Node]
    Answer Tell(Three three) => new($"{three.Number}");
}

internal abstract class Turn;

/// <summary>Two that never overlap, and one beside them.</summary>
[Workflow]
internal sealed partial class TakesTurns(Gate first, Gate beside, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node, Exclusive<Turn>]
    ValueTask<One> First(Ask ask, CancellationToken ct) => first.Wait(journal.Add("first", new One(ask.Number)), ct);

    [Node, Exclusive<Turn>]
    Two Second(Ask ask) => journal.Add("second", new Two(ask.Number));

    [Node]
    ValueTask<Three> Beside(Ask ask) => beside.Wait(new Three(ask.Number));

    [Node]
    static Answer Tell(One one, Two two, Three three) => new($"{one.Number + two.Number + three.Number}");
}
