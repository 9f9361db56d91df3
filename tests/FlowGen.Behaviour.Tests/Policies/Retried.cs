namespace Behaviour.Policies;

[Workflow]
internal sealed partial class RetriesAtOnce(Trouble trouble)
{
    public partial Answer Run(Ask ask);

    [Node, Retry(3, DelayMs = 0)]
    One Work(Ask ask) => trouble.Pass(new One(ask.Number));

    [Node]
    Answer Show(One one) => new($"{one.Number}");
}

/// <summary>The most tries there can be without a delay.</summary>
[Workflow]
internal sealed partial class RetriesForLong(Trouble trouble)
{
    public partial Answer Run(Ask ask);

    [Node, Retry(2_000, DelayMs = 0)]
    Answer Work(Ask ask) => trouble.Pass(new Answer($"{ask.Number}"));
}

[Workflow]
internal sealed partial class RetriesLater(Gate gate, Trouble trouble, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node, Retry(2, DelayMs = 1_000, Jitter = false)]
    async ValueTask<One> Work(Ask ask, FlowContext context, CancellationToken ct)
    {
        journal.Add($"try {context.Attempt}");
        await gate.Wait(ct);
        return trouble.Pass(new One(ask.Number));
    }

    [Node]
    Answer Show(One one) => new($"{one.Number}");
}

/// <summary>The same in a flow whose nodes overlap.</summary>
[Workflow]
internal sealed partial class RetriesBesideOthers(Gate gate, Trouble trouble, Gate beside, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node, Retry(2, DelayMs = 1_000, Jitter = false)]
    async ValueTask<One> Work(Ask ask, FlowContext context, CancellationToken ct)
    {
        journal.Add($"try {context.Attempt}");
        await gate.Wait(ct);
        return trouble.Pass(new One(ask.Number));
    }

    [Node]
    ValueTask<Two> Beside(Ask ask, CancellationToken ct) => beside.Wait(new Two(ask.Number), ct);

    [Node]
    Three Following(Two two) => journal.Add("following", new Three(two.Number));

    [Node]
    Answer Show(One one, Two two, Three three) => new($"{one.Number + two.Number + three.Number}");
}

[Workflow]
internal sealed partial class RetriesOnThePool(Trouble trouble)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node(RunOn = RunOn.ThreadPool), Retry(3, DelayMs = 0)]
    One Work(Ask ask) => trouble.Pass(new One(ask.Number));

    [Node]
    Answer Show(One one) => new($"{one.Number}");
}

/// <summary>A node class whose instance stays the same from try to try.</summary>
internal sealed class Trier(Trouble trouble, Census census) : ICleanup
{
    private readonly int _number = census.Create();
    private int _uses;

    public One Execute(Ask ask)
    {
        census.Use(dirty: _uses++ > 0);
        return trouble.Pass(new One((10 * _number) + _uses + (0 * ask.Number)));
    }

    public void Cleanup()
    {
        census.Clean();
        _uses = 0;
    }
}

[Workflow]
internal sealed partial class RetriesAnInstance(Trouble trouble, Census census)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node<Trier>, Retry(2, DelayMs = 0)]
    private partial One Work(Ask ask);

    [Node]
    Answer Show(One one) => new($"{one.Number} {trouble.Calls} {census.Created}");
}
