namespace Behaviour.Sagas;

/// <summary>Books, and ends where the test lets it.</summary>
[Workflow]
internal sealed partial class BooksAStay(Gate inside, Journal journal)
{
    public partial ValueTask<Two> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    One Book(Ask ask) => journal.Add($"book {ask.Number}", new One(ask.Number));

    [Compensate(nameof(Book))]
    void Cancel(One one) => journal.Add($"cancel {one.Number}");

    [Node]
    ValueTask<Two> Confirm(One one, CancellationToken ct) => inside.Wait(new Two(one.Number), ct);
}

/// <summary>A stay, then a flight of its own.</summary>
[Workflow]
internal sealed partial class BooksAJourney(BooksAStay stay, Journal journal)
{
    public partial ValueTask<Three> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow(nameof(stay))]
    private partial ValueTask<Two> Stay(Ask ask);

    [Node]
    Three Fly(Two two) => journal.Add($"fly {two.Number}", new Three(two.Number));

    [Compensate(nameof(Fly))]
    void Land(Three three) => journal.Add($"land {three.Number}");
}

/// <summary>Two levels laid out in one frame; the last node fails.</summary>
[Workflow]
internal sealed partial class PaysForAJourney(BooksAJourney journey, Gate last, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow(nameof(journey))]
    private partial ValueTask<Three> Journey(Ask ask);

    [Node]
    Four Insure(Three three) => journal.Add($"insure {three.Number}", new Four(three.Number));

    [Compensate(nameof(Insure))]
    void Refund(Four four) => journal.Add($"refund {four.Number}");

    [Node]
    ValueTask<Answer> Pay(Four four, CancellationToken ct) => last.Wait(new Answer($"{four.Number}"), ct);
}

/// <summary>The same child twice, one as a frame of its own, side by side.</summary>
[Workflow]
internal sealed partial class BooksTwoStays(BooksAStay stay, BooksAStay other, Gate last)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    Other Next(Ask ask) => new(new Ask(ask.Number + 1));

    [SubWorkflow(nameof(stay)), Retry(1, DelayMs = 0)]
    private partial ValueTask<Two> Here(Ask ask);

    [SubWorkflow(nameof(other))]
    private partial ValueTask<Two> There([From(nameof(Next), Member = nameof(Other.Ask))] Ask ask);

    [Node]
    ValueTask<Answer> Pay([From(nameof(Here))] Two here, [From(nameof(There))] Two there, CancellationToken ct) => last.Wait(new Answer($"{here.Number} {there.Number}"), ct);
}

internal sealed record Other(Ask Ask);

/// <summary>The parent undoes the child as a whole.</summary>
[Workflow]
internal sealed partial class UndoesTheChild(BooksAStay stay, Gate last, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow(nameof(stay))]
    private partial ValueTask<Two> Stay(Ask ask);

    [Compensate(nameof(Stay))]
    void Leave(Two two) => journal.Add($"leave {two.Number}");

    [Node]
    ValueTask<Answer> Pay(Two two, CancellationToken ct) => last.Wait(new Answer($"{two.Number}"), ct);
}

/// <summary>The same, of a child that may take too long and come to an end all the same.</summary>
[Workflow]
internal sealed partial class UndoesTheLateChild(BooksDeaf stay, Gate last, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow(nameof(stay)), Timeout(Seconds = 5), Retry(1, DelayMs = 0)]
    private partial ValueTask<Two> Stay(Ask ask);

    [Compensate(nameof(Stay))]
    void Leave(Two two) => journal.Add($"leave {two.Number}");

    [Node]
    ValueTask<Answer> Pay(Two two, CancellationToken ct) => last.Wait(new Answer($"{two.Number}"), ct);
}

/// <summary>Its last node does not listen.</summary>
[Workflow]
internal sealed partial class BooksDeaf(Gate inside, Journal journal)
{
    public partial ValueTask<Two> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    One Book(Ask ask) => journal.Add($"book {ask.Number}", new One(ask.Number));

    [Compensate(nameof(Book))]
    void Cancel(One one) => journal.Add($"cancel {one.Number}");

    [Node]
    ValueTask<Two> Confirm(One one) => inside.Wait(new Two(one.Number));
}

/// <summary>The late child without a compensation of the parent.</summary>
[Workflow]
internal sealed partial class KeepsTheLateChild(BooksDeaf stay, Gate last)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow(nameof(stay)), Timeout(Seconds = 5), Retry(1, DelayMs = 0)]
    private partial ValueTask<Two> Stay(Ask ask);

    [Node]
    ValueTask<Answer> Pay(Two two, CancellationToken ct) => last.Wait(new Answer($"{two.Number}"), ct);
}

/// <summary>A handled failure of a child is undone before the handler runs; the rest of the run is not.</summary>
[Workflow]
internal sealed partial class HandlesTheChild(BooksAStay stay, Gate last, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    Three Begin(Ask ask) => journal.Add("begin", new Three(ask.Number));

    [Compensate(nameof(Begin))]
    void UndoBegin(Three three) => journal.Add($"undo begin {three.Number}");

    [SubWorkflow(nameof(stay)), After(nameof(Begin))]
    private partial ValueTask<Two> Stay(Ask ask);

    [Catch(nameof(Stay))]
    Two Camp(BoomException error) => journal.Add("camp", new Two(error.Message.Length));

    [Node]
    ValueTask<Answer> Pay(Two two, CancellationToken ct) => last.Wait(new Answer($"{two.Number}"), ct);
}

/// <summary>Chosen at run time.</summary>
[Workflow]
internal sealed partial class BooksWhatIsChosen(Gate last)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, FlowRef<Ask, Two> stay, CancellationToken ct = default);

    [DynamicSubWorkflow]
    private partial ValueTask<Two> Stay(Ask ask, FlowRef<Ask, Two> stay);

    [Node]
    ValueTask<Answer> Pay(Two two, CancellationToken ct) => last.Wait(new Answer($"{two.Number}"), ct);
}

/// <summary>Of a class that may be replaced.</summary>
[Workflow]
internal partial class MayBeReplaced(Journal journal)
{
    public virtual partial ValueTask<Two> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    protected virtual Two Work(Ask ask) => journal.Add("work", new Two(ask.Number));
}

[Workflow]
internal sealed partial class Replaces(Journal journal) : MayBeReplaced(journal)
{
    public override partial ValueTask<Two> RunAsync(Ask ask, CancellationToken ct = default);

    private readonly Journal _journal = journal;

    [Compensate(nameof(Work))]
    void Undo(Two two) => _journal.Add($"undo work {two.Number}");
}

[Workflow]
internal sealed partial class CallsTheReplaceable(MayBeReplaced child, Gate last, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    One First(Ask ask) => journal.Add("first", new One(ask.Number));

    [Compensate(nameof(First))]
    void UndoFirst(One one) => journal.Add($"undo first {one.Number}");

    [SubWorkflow(nameof(child)), After(nameof(First))]
    private partial ValueTask<Two> Call(Ask ask);

    [Node]
    Three Third(Two two) => journal.Add("third", new Three(two.Number));

    [Compensate(nameof(Third))]
    void UndoThird(Three three) => journal.Add($"undo third {three.Number}");

    [Node]
    ValueTask<Answer> Pay(Three three, CancellationToken ct) => last.Wait(new Answer($"{three.Number}"), ct);
}

/// <summary>Ends before all of its nodes have: it has completed all the same.</summary>
[Workflow]
internal sealed partial class EndsEarly(Gate beside, Journal journal)
{
    public partial ValueTask<Two> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    One Book(Ask ask) => journal.Add($"book {ask.Number}", new One(ask.Number));

    [Compensate(nameof(Book))]
    void Cancel(One one) => journal.Add($"cancel {one.Number}");

    [Node]
    ValueTask Beside(Ask ask, CancellationToken ct) => beside.Wait(ask.Number == 0 ? default : ct);

    [Node, End]
    Two Finish(One one) => new(one.Number);
}

[Workflow]
internal sealed partial class CallsWhoEndsEarly(EndsEarly child, Gate last)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow(nameof(child))]
    private partial ValueTask<Two> Call(Ask ask);

    [Node]
    ValueTask<Answer> Pay(Two two, CancellationToken ct) => last.Wait(new Answer($"{two.Number}"), ct);
}
