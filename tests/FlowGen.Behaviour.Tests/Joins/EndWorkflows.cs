namespace Behaviour.Joins;

/// <summary>Ends early when a number is negative; otherwise everything runs.</summary>
[Workflow]
internal sealed partial class EndsEarly(Gate[] gates, Journal journal)
{
    [return: From(nameof(Close))]
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    static bool IsOdd(Ask ask) => ask.Number % 2 != 0;

    [Node]
    ValueTask<One> Check(Ask ask, CancellationToken ct) => gates[0].Wait(new One(ask.Number), ct);

    [Compensate(nameof(Check))]
    void Uncheck() => journal.Add("uncheck");

    [Node, When(nameof(IsOdd)), End]
    ValueTask<Answer> Stop(One one, CancellationToken ct) => gates[1].Wait(new Answer($"stopped {one.Number}"), ct);

    [Node]
    async ValueTask<Two> Long(Ask ask, CancellationToken ct)
    {
        try
        {
            await gates[2].Wait(ct);
        }
        catch (OperationCanceledException)
        {
            journal.Add("leaves");
            await gates[3].Wait(CancellationToken.None);
            throw;
        }

        return new Two(ask.Number);
    }

    [Node]
    Answer Close(One one, Two two) => journal.Add("close", new Answer($"{one.Number + two.Number}"));
}

/// <summary>Two that end it, neither of which hears of anything.</summary>
[Workflow]
internal sealed partial class TwoEnds(Gate[] gates)
{
    [return: From(nameof(Close))]
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node, End]
    ValueTask<Answer> First(Ask ask) => gates[0].Wait(new Answer($"first {ask.Number}"));

    [Node, End]
    ValueTask<Answer> Second(Ask ask) => gates[1].Wait(new Answer($"second {ask.Number}"));

    [Node]
    ValueTask<One> Beside(Ask ask) => gates[2].Wait(new One(ask.Number));

    [Node, After(nameof(First), nameof(Second))]
    static Answer Close(One one) => new($"{one.Number}");
}

/// <summary>Nothing could start with the completion of the first alone.</summary>
[Workflow]
internal sealed partial class EndsBeforeAJoin(Gate[] gates)
{
    [return: From(nameof(Close))]
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node, End]
    ValueTask<Answer> Stop(Ask ask, CancellationToken ct) => gates[0].Wait(new Answer($"end {ask.Number}"), ct);

    [Node]
    ValueTask<One> Long(Ask ask, CancellationToken ct) => gates[1].Wait(new One(ask.Number), ct);

    [Node, After(nameof(Stop))]
    static Answer Close(One one) => new($"{one.Number}");
}

/// <summary>One node after the other.</summary>
[Workflow]
internal sealed partial class EndsInARow(Gate gate, Journal journal)
{
    [return: From(nameof(Last))]
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    static bool IsOdd(Ask ask) => ask.Number % 2 != 0;

    [Node]
    ValueTask<One> First(Ask ask, CancellationToken ct) => gate.Wait(new One(ask.Number), ct);

    [Node, When(nameof(IsOdd)), End]
    static Answer Stop(One one) => new($"stopped {one.Number}");

    [Node, After(nameof(Stop))]
    Answer Last(One one) => journal.Add("last", new Answer($"{one.Number}"));
}

/// <summary>Without anything that suspends, and without a result.</summary>
[Workflow]
internal sealed partial class EndsAtOnce(Journal journal)
{
    public partial void Run(Ask ask);

    static bool IsOdd(Ask ask) => ask.Number % 2 != 0;

    [Node, When(nameof(IsOdd)), End]
    void Stop() => journal.Add("stop");

    [Node, After(nameof(Stop))]
    void Last() => journal.Add("last");
}

/// <summary>Ends only its own activation.</summary>
[Workflow]
internal sealed partial class EndsInPart(EndsInARow part, Journal journal, Gate after)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow(nameof(part))]
    private partial ValueTask<Answer> Part(Ask ask);

    [Node]
    ValueTask<Two> Next([From(nameof(Part))] Answer part, CancellationToken ct) => after.Wait(journal.Add($"next {part.Text}", new Two(part.Text.Length)), ct);

    [Node]
    static Answer Close([From(nameof(Part))] Answer part, Two two) => new($"{part.Text} {two.Number}");
}

/// <summary>A part with something to undo, which ends early; then the whole fails.</summary>
[Workflow]
internal sealed partial class BooksAndEnds(Journal journal)
{
    [return: From(nameof(Last))]
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    static bool IsOdd(Ask ask) => ask.Number % 2 != 0;

    [Node]
    One Book(Ask ask) => journal.Add($"book {ask.Number}", new One(ask.Number));

    [Compensate(nameof(Book))]
    void Cancel(One one) => journal.Add($"cancel {one.Number}");

    [Node, When(nameof(IsOdd)), End]
    static Answer Stop(One one) => new($"stopped {one.Number}");

    [Node, After(nameof(Stop))]
    static Answer Last(One one) => new($"{one.Number}");
}

[Workflow]
internal sealed partial class FailsAfterAPart(BooksAndEnds part)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow(nameof(part))]
    private partial ValueTask<Answer> Part(Ask ask);

    [Node]
    static Two Check([From(nameof(Part))] Answer part) => part.Text.Length > 3 ? throw new BoomException(part.Text) : new Two(1);

    [Node]
    static Answer Close([From(nameof(Part))] Answer part, Two two) => new($"{part.Text} {two.Number}");
}

/// <summary>One activation for each element: an end ends its element.</summary>
[Workflow]
internal sealed partial class EndsForEach(EndsInARow part)
{
    public partial ValueTask<Answer> RunAsync(Ask[] asks, CancellationToken ct = default);

    [SubWorkflow(nameof(part))]
    private partial ValueTask<Answer> Part([Each(MaxParallelism = 3)] Ask ask);

    [Node]
    static Answer Close([From(nameof(Part))] Answer[] parts) => new(string.Join('|', parts.Select(p => p.Text)));
}

[Workflow, Timeout(Seconds = 1)]
internal sealed partial class EndsTooLate(Gate gate)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node, End]
    ValueTask<Answer> Stop(Ask ask) => gate.Wait(new Answer($"{ask.Number}"));
}
