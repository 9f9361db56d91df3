using Behaviour.Policies;

namespace Behaviour.Sagas;

/// <summary>Two bookings side by side, and a payment after both.</summary>
[Workflow]
internal sealed partial class Books(Gate first, Gate second, Gate last, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    async ValueTask<One> First(Ask ask, CancellationToken ct)
    {
        await first.Wait(ct);
        return journal.Add("first", new One(ask.Number + 1));
    }

    [Compensate(nameof(First))]
    void UndoFirst(One one, Ask ask) => journal.Add($"undo first {one.Number} {ask.Number}");

    /// <summary>Goes on although it is cancelled.</summary>
    [Node]
    async ValueTask<Two> Second(Ask ask, CancellationToken ct)
    {
        _ = ct.IsCancellationRequested;
        await second.Wait(CancellationToken.None);
        return journal.Add("second", new Two(ask.Number + 2));
    }

    [Compensate(nameof(Second))]
    ValueTask UndoSecond(Two two, Exception reason, CancellationToken ct)
        => journal.Add($"undo second {two.Number} {reason.Message} {ct.IsCancellationRequested}", default(ValueTask));

    [Node]
    async ValueTask<Answer> Pay(One one, Two two, CancellationToken ct)
    {
        await last.Wait(ct);
        return new($"{one.Number} {two.Number}");
    }
}

/// <summary>In a row, where no two nodes overlap.</summary>
[Workflow]
internal sealed partial class BooksInARow(Gate last, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    One First(Ask ask) => journal.Add("first", new One(ask.Number));

    [Compensate(nameof(First))]
    void UndoFirst(One one) => journal.Add($"undo first {one.Number}");

    [Node]
    Two Second(One one) => journal.Add("second", new Two(one.Number));

    [Compensate(nameof(Second))]
    void UndoSecond(Two two) => journal.Add($"undo second {two.Number}");

    [Node]
    ValueTask<Answer> Pay(Two two, CancellationToken ct) => last.Wait(new Answer($"{two.Number}"), ct);
}

/// <summary>Undoing suspends, is tried again, takes too long, and fails.</summary>
[Workflow]
internal sealed partial class UndoesWithTrouble(Gate last, Gate undoing, Trouble trouble, Trouble fatal, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    One First(Ask ask) => new(ask.Number);

    [Compensate(nameof(First)), Retry(2, DelayMs = 1_000, Jitter = false, Backoff = Backoff.Constant)]
    async ValueTask UndoFirst(One one, CancellationToken ct)
    {
        journal.Add($"undo first {ct.IsCancellationRequested}");
        await undoing.Wait(ct);
        trouble.Pass(one);
        journal.Add("first undone");
    }

    [Node]
    Two Second(One one) => new(one.Number);

    [Compensate(nameof(Second))]
    void UndoSecond(Two two) => journal.Add($"undo second {fatal.Pass(two).Number}");

    [Node]
    Three Third(Two two) => new(two.Number);

    [Compensate(nameof(Third))]
    void UndoThird(Three three) => journal.Add($"undo third {three.Number}");

    [Node]
    ValueTask<Answer> Pay(Three three, CancellationToken ct) => last.Wait(new Answer($"{three.Number}"), ct);
}

[Workflow]
internal sealed partial class LimitsItsUndoing(Gate last, Gate undoing, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    One First(Ask ask) => journal.Add("first", new One(ask.Number));

    [Compensate(nameof(First))]
    void UndoFirst(One one) => journal.Add($"undo first {one.Number}");

    [Node]
    Two Second(One one) => new(one.Number);

    [Compensate(nameof(Second)), Timeout(Seconds = 3)]
    ValueTask UndoSecond(Two two, CancellationToken ct) => undoing.Wait(two.Number == 0 ? default : ct);

    [Node]
    ValueTask<Answer> Pay(Two two, CancellationToken ct) => last.Wait(new Answer($"{two.Number}"), ct);
}

/// <summary>Branches, a handler and best effort: only what has itself completed is undone.</summary>
[Workflow]
internal sealed partial class UndoesWhatRan(Gate work, Gate last, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    static bool IsPositive(Ask ask) => ask.Number > 0;

    [Node, When(nameof(IsPositive))]
    One Optional(Ask ask) => new(ask.Number);

    [Compensate(nameof(Optional))]
    void UndoOptional(One one) => journal.Add($"undo optional {one.Number}");

    [Node]
    ValueTask<Two> Caught(Ask ask, CancellationToken ct) => work.Wait(new Two(ask.Number), ct);

    [Compensate(nameof(Caught))]
    void UndoCaught([From(nameof(Caught))] Two two) => journal.Add($"undo caught {two.Number}");

    [Catch(nameof(Caught))]
    Two Instead(BoomException error) => new(error.Message.Length);

    [Node, BestEffort]
    ValueTask<Three> Tried(Ask ask, CancellationToken ct) => work.Wait(new Three(ask.Number), ct);

    [Compensate(nameof(Tried))]
    void UndoTried(Three three) => journal.Add($"undo tried {three.Number}");

    [Node, After(nameof(Caught), nameof(Tried), nameof(Optional))]
    ValueTask<Answer> Pay(Ask ask, CancellationToken ct) => last.Wait(new Answer($"{ask.Number}"), ct);
}
