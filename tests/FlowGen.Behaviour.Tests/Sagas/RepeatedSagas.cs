namespace Behaviour.Sagas;

/// <summary>Books one of several, and may fail.</summary>
[Workflow]
internal sealed partial class BooksOne(Gate gate, Journal journal)
{
    public partial ValueTask<Two> RunAsync(One one, CancellationToken ct = default);

    [Node]
    Three Book(One one) => journal.Add($"book {one.Number}", new Three(one.Number));

    [Compensate(nameof(Book))]
    void Cancel(Three three, One one) => journal.Add($"cancel {three.Number} {one.Number}");

    [Node]
    async ValueTask<Two> Confirm(Three three, CancellationToken ct)
    {
        await gate.Wait(ct);
        return three.Number > 0 ? new Two(three.Number + 1) : throw new BoomException($"{three.Number}");
    }
}

[Workflow]
internal sealed partial class BooksMany(BooksOne child, Gate last)
{
    public partial ValueTask<Answer> RunAsync(IReadOnlyList<One> ones, CancellationToken ct = default);

    [SubWorkflow(nameof(child))]
    private partial ValueTask<Two> Book([Each(MaxParallelism = 3)] One one);

    [Node]
    ValueTask<Answer> Pay(Two[] twos, CancellationToken ct) => last.Wait(new Answer(string.Join(',', twos.Select(t => t.Number))), ct);
}

/// <summary>Failed elements are left out.</summary>
[Workflow]
internal sealed partial class BooksWhatWorks(BooksOne child, Gate last)
{
    public partial ValueTask<Answer> RunAsync(IReadOnlyList<One> ones, CancellationToken ct = default);

    [SubWorkflow(nameof(child))]
    private partial ValueTask<Two> Book([Each(OnError = EachError.Skip)] One one);

    [Node]
    ValueTask<Answer> Pay(Two[] twos, CancellationToken ct) => last.Wait(new Answer(string.Join(',', twos.Select(t => t.Number))), ct);
}

/// <summary>All elements are undone together.</summary>
[Workflow]
internal sealed partial class UndoesAllAtOnce(BooksOne child, Gate last, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(IReadOnlyList<One> ones, CancellationToken ct = default);

    [SubWorkflow(nameof(child))]
    private partial ValueTask<Two> Book([Each(MaxParallelism = 3)] One one);

    [Compensate(nameof(Book))]
    void UndoAll(Two[] twos) => journal.Add($"undo {string.Join(',', twos.Select(t => t.Number))}");

    [Node]
    ValueTask<Answer> Pay(Two[] twos, CancellationToken ct) => last.Wait(new Answer($"{twos.Length}"), ct);
}

/// <summary>A child that is run until it is large enough.</summary>
[Workflow]
internal sealed partial class BooksAgain(BooksAndGrows child, Gate last)
{
    public partial ValueTask<Answer> RunAsync(One one, CancellationToken ct = default);

    static bool IsEnough([From(nameof(Grow))] One one) => one.Number >= 4;

    [SubWorkflow(nameof(child)), Repeat(Until = nameof(IsEnough))]
    private partial ValueTask<One> Grow([Carry, Input] One one);

    [Node]
    ValueTask<Answer> Pay([From(nameof(Grow))] One one, CancellationToken ct) => last.Wait(new Answer($"{one.Number}"), ct);
}

[Workflow]
internal sealed partial class BooksAndGrows(int failing, Journal journal)
{
    public partial ValueTask<One> RunAsync(One one, CancellationToken ct = default);

    [Node]
    Three Book([Input] One one) => journal.Add($"book {one.Number}", new Three(one.Number));

    [Compensate(nameof(Book))]
    void Cancel(Three three) => journal.Add($"cancel {three.Number}");

    [Node]
    ValueTask<One> Grow(Three three) => three.Number == failing ? throw new BoomException($"at {failing}") : new(new One(three.Number + 1));
}

/// <summary>A loop is undone as the one node that it is.</summary>
[Workflow]
internal sealed partial class CountsUp(Gate last, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(One one, CancellationToken ct = default);

    static bool IsEnough([From(nameof(Count))] One one) => one.Number >= 3;

    [Node, Repeat(Until = nameof(IsEnough))]
    One Count([Carry, Input] One one) => journal.Add($"count {one.Number}", new One(one.Number + 1));

    [Compensate(nameof(Count))]
    void Uncount([From(nameof(Count))] One one) => journal.Add($"uncount {one.Number}");

    [Node]
    ValueTask<Answer> Pay([From(nameof(Count))] One one, CancellationToken ct) => last.Wait(new Answer($"{one.Number}"), ct);
}

/// <summary>A race: who loses and returns normally has completed.</summary>
[Workflow]
internal sealed partial class BooksTheFirst(Gate left, Gate right, Gate last, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    async ValueTask<One> Left(Ask ask, CancellationToken ct)
    {
        await left.Wait(ct);
        return new One(ask.Number);
    }

    [Compensate(nameof(Left))]
    void UndoLeft([From(nameof(Left))] One one) => journal.Add($"undo left {one.Number}");

    [Node]
    async ValueTask<One> Right(Ask ask, CancellationToken ct)
    {
        _ = ct.IsCancellationRequested;
        await right.Wait(CancellationToken.None);
        return new One(-ask.Number);
    }

    [Compensate(nameof(Right))]
    void UndoRight([From(nameof(Right))] One one) => journal.Add($"undo right {one.Number}");

    [Node]
    ValueTask<Answer> Pay([FromFirst(nameof(Left), nameof(Right))] One one, CancellationToken ct) => last.Wait(new Answer($"{one.Number}"), ct);
}
