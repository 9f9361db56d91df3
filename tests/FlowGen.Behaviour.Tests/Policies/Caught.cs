namespace Behaviour.Policies;

/// <summary>Handlers for three types of failure, one of them derived from another.</summary>
[Workflow]
internal sealed partial class CatchesByType(Gate gate, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    ValueTask<One> Work(Ask ask, CancellationToken ct) => gate.Wait(new One(ask.Number), ct);

    [Catch(nameof(Work))]
    One OfFiles(IOException error) => journal.Add($"io {error.Message}", new One(-1));

    [Catch(nameof(Work))]
    One OfMissingFiles(FileNotFoundException error, Ask ask) => journal.Add($"missing {error.Message} {ask.Number}", new One(-2));

    [Catch(nameof(Work))]
    ValueTask<One> OfTime(TimeoutException error, CancellationToken ct) => journal.Add($"late {error.Message} {ct.IsCancellationRequested}", new ValueTask<One>(new One(-3)));

    [Node]
    void Following(One one) => journal.Add($"following {one.Number}");

    [Node, After(nameof(Work))]
    void Later(Ask ask) => journal.Add("later");

    [Node]
    Answer Show(One one) => new($"{one.Number}");
}

/// <summary>Somebody observes the failure, and somebody else requires what the node or its handler yields.</summary>
[Workflow]
internal sealed partial class CatchesSomeOfWhatIsRequired(Gate gate, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    ValueTask<One> Work(Ask ask, CancellationToken ct) => gate.Wait(new One(ask.Number), ct);

    [Catch(nameof(Work))]
    One OfFiles(IOException error) => journal.Add($"io {error.Message}", new One(-1));

    [Node]
    void Observe(Outcome<One> one) => journal.Add($"observed {one.IsFailed}");

    [Node]
    Two Require(One one) => journal.Add("required", new Two(one.Number));

    [Node]
    static Answer Show(Two? two) => new($"{two?.Number}");
}

/// <summary>One handler of two nodes that exclude each other, without an exception parameter.</summary>
[Workflow]
internal sealed partial class CatchesForTwo(Gate gate, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    static bool IsOdd(Ask ask) => ask.Number % 2 == 1;

    [Node, When(nameof(IsOdd))]
    ValueTask<One> Odd(Ask ask, CancellationToken ct) => gate.Wait(new One(ask.Number), ct);

    [Node, Unless(nameof(IsOdd))]
    ValueTask<One> Even(Ask ask, CancellationToken ct) => gate.Wait(new One(ask.Number), ct);

    [Catch(nameof(Odd), nameof(Even))]
    One Instead(Ask ask) => journal.Add($"instead of {ask.Number}", new One(-ask.Number));

    [Node]
    Answer Show(One one) => new($"{one.Number}");
}

/// <summary>One handler of two nodes that both run.</summary>
[Workflow]
internal sealed partial class CatchesForBoth(Gate first, Gate second, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    ValueTask First(Ask ask, CancellationToken ct) => first.Wait(ct);

    [Node]
    ValueTask Second(Ask ask, CancellationToken ct) => second.Wait(ct);

    [Catch(nameof(First), nameof(Second))]
    void Instead(Exception error) => journal.Add($"instead {error.Message}");

    [Node, After(nameof(First), nameof(Second))]
    Answer Show(Ask ask) => journal.Add("show", new Answer($"{ask.Number}"));
}

/// <summary>The handler fails too.</summary>
[Workflow]
internal sealed partial class CatchesAndThrows(Gate gate, Gate handling)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    ValueTask<One> Work(Ask ask, CancellationToken ct) => gate.Wait(new One(ask.Number), ct);

    [Catch(nameof(Work))]
    ValueTask<One> Recover(BoomException error, CancellationToken ct) => handling.Wait(new One(error.Message.Length), ct);

    [Node]
    Answer Show(One one) => new($"{one.Number}");
}

/// <summary>The handler needs what is not there.</summary>
[Workflow]
internal sealed partial class CatchesOnlyWith(Gate gate, Journal journal)
{
    public partial ValueTask<Answer?> RunAsync(Ask ask, CancellationToken ct = default);

    static bool IsPositive(Ask ask) => ask.Number > 0;

    [Node, When(nameof(IsPositive))]
    Two Help(Ask ask) => new(ask.Number);

    [Node]
    ValueTask<One> Work(Ask ask, CancellationToken ct) => gate.Wait(new One(ask.Number), ct);

    [Catch(nameof(Work))]
    One Instead(Two two) => journal.Add("instead", new One(two.Number));

    [Node]
    Answer Show(One one) => new($"{one.Number}");
}

/// <summary>The handler has policies, and is itself caught.</summary>
[Workflow]
internal sealed partial class CatchesTheHandler(Gate gate, Trouble trouble, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node, Retry(1, DelayMs = 0)]
    ValueTask<One> Work(Ask ask, CancellationToken ct) => gate.Wait(new One(ask.Number), ct);

    [Catch(nameof(Work)), Retry(1, DelayMs = 0)]
    One Instead(Exception error) => trouble.Pass(new One(error.Message.Length));

    [Node]
    Answer Show(One one) => journal.Add("show", new Answer($"{one.Number}"));
}

/// <summary>A node of a child is handled in the child; the child as a whole by the parent.</summary>
[Workflow]
internal sealed partial class CaughtInside(Gate gate, Journal journal)
{
    public partial ValueTask<One> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    ValueTask<One> Work(Ask ask, CancellationToken ct) => gate.Wait(new One(ask.Number), ct);

    [Catch(nameof(Work))]
    One Inside(IOException error) => journal.Add("inside", new One(error.Message.Length));
}

[Workflow]
internal sealed partial class CaughtOutside(CaughtInside child, Gate beside, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow(nameof(child))]
    private partial ValueTask<One> Call(Ask ask);

    [Catch(nameof(Call))]
    One Outside(BoomException error) => journal.Add("outside", new One(error.Message.Length));

    [Node]
    ValueTask<Two> Beside(Ask ask, CancellationToken ct) => beside.Wait(new Two(ask.Number), ct);

    [Node]
    Answer Show(One one, Two two) => new($"{one.Number} {two.Number}");
}

/// <summary>Elements fail as one node.</summary>
[Workflow]
internal sealed partial class CatchesElements(Trouble trouble, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(IReadOnlyList<Ask> asks, CancellationToken ct = default);

    [Node]
    One Work([Each] Ask ask) => trouble.Pass(new One(ask.Number));

    [Catch(nameof(Work))]
    One[] Instead(Exception error) => journal.Add(error.Message, new One[] { new(-1) });

    [Node]
    Answer Show(One[] ones) => new(string.Join(',', ones.Select(o => o.Number)));
}
