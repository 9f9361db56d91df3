namespace Behaviour.Policies;

/// <summary>Steps of every kind before one that a test makes fail: what they have done has to be known to whoever deals with the failure.</summary>
[Workflow]
internal sealed partial class HandsOver(Trouble trouble, Trouble last, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask progress, CancellationToken ct = default);

    static bool IsOdd(Ask progress) => progress.Number % 2 == 1;

    [Node]
    One Always(Ask progress) => new(progress.Number + 1);

    [Compensate(nameof(Always))]
    void UndoAlways(One one) => journal.Add($"undo always {one.Number}");

    [Node, When(nameof(IsOdd))]
    Two Sometimes(One one) => new(one.Number + 1);

    [Compensate(nameof(Sometimes))]
    void UndoSometimes(Two two) => journal.Add($"undo sometimes {two.Number}");

    [Node, Retry(1, DelayMs = 0)]
    async ValueTask<Three> Work(Ask progress, One one, Two? two, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        journal.Add($"try {progress.Number} {one.Number} {two?.Number}");
        return await new ValueTask<Three>(trouble.Pass(new Three(one.Number)));
    }

    [Catch(nameof(Work))]
    Three Instead(IOException error, Two? two) => journal.Add($"instead {error.Message} {two?.Number}", new Three(-1));

    [Compensate(nameof(Work))]
    void UndoWork(Three three) => journal.Add($"undo work {three.Number}");

    [Node]
    Answer Show(Three three, One one) => last.Pass(new Answer($"{three.Number} {one.Number}"));
}

/// <summary>A failure two levels down, which the parent handles.</summary>
[Workflow]
internal sealed partial class HandsOverBelow(InnerWork inner, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    One First(Ask ask) => new(ask.Number);

    [SubWorkflow(nameof(inner))]
    private partial ValueTask<Two> Inner(One one);

    [Catch(nameof(Inner))]
    Two Instead(BoomException error, One one) => journal.Add($"instead {error.Message} {one.Number}", new Two(-1));

    [Node]
    Answer Show(Two two, One one) => new($"{two.Number} {one.Number}");
}

[Workflow]
internal sealed partial class InnerWork(Trouble trouble)
{
    public partial ValueTask<Two> RunAsync(One one, CancellationToken ct = default);

    [Node]
    Three Before(One one) => new(one.Number + 1);

    [Node]
    ValueTask<Two> Work(Three three) => new(trouble.Pass(new Two(three.Number)));
}

internal sealed record Kept(int Number, CancellationToken Token);

/// <summary>The first node keeps its token, on which a later one depends whose try takes too long.</summary>
[Workflow]
internal sealed partial class KeepsItsToken(Gate gate, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node, Timeout(Seconds = 1)]
    ValueTask<Kept> Keeping(Ask ask, CancellationToken ct) => new(new Kept(ask.Number, ct));

    [Node, Timeout(Seconds = 1), Retry<TimeoutException>(1, DelayMs = 0)]
    async ValueTask<Three> Late(Kept kept, CancellationToken ct)
    {
        journal.Add($"kept {kept.Token.IsCancellationRequested}");
        await gate.Wait(ct);
        return new Three(kept.Number);
    }

    [Node]
    Answer Show(Three three) => new($"{three.Number}");
}

/// <summary>A body that does not take back what it has registered.</summary>
[Workflow]
internal sealed partial class LeavesItsMark(Gate gate, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node, Timeout(Seconds = 1)]
    async ValueTask<Answer> Work(Ask ask, CancellationToken ct)
    {
        ct.Register(() => journal.Add($"heard {ask.Number}"));
        if (ask.Number > 2)
        {
            await gate.Wait(ct);
        }

        return new Answer("");
    }
}

/// <summary>A run that is cancelled while a node executes.</summary>
[Workflow]
internal sealed partial class IsCancelledWithin(CancellationTokenSource source, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    One First(Ask ask) => new(ask.Number);

    [Compensate(nameof(First))]
    void UndoFirst(One one) => journal.Add($"undo {one.Number}");

    [Node, Retry(3), Timeout(Seconds = 1)]
    ValueTask<Two> Work(One one, CancellationToken ct)
    {
        journal.Add("work");
        source.Cancel();
        ct.ThrowIfCancellationRequested();
        return new(new Two(one.Number));
    }

    [Catch(nameof(Work))]
    Two Instead() => journal.Add("instead", new Two(-1));

    [Node]
    Answer Show(Two two) => new($"{two.Number}");
}

/// <summary>What a node puts into the context is there for the next try and for what handles the failure.</summary>
[Workflow]
internal sealed partial class KeepsContext(Trouble trouble, Journal journal)
{
    private static readonly AsyncLocal<string?> s_place = new();

    public static string? Place => s_place.Value;

    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    One Enter(Ask ask)
    {
        s_place.Value = "inside";
        return new(ask.Number);
    }

    [Node, Retry(1, DelayMs = 0)]
    ValueTask<Two> Work(One one)
    {
        journal.Add($"work {s_place.Value}");
        return new(trouble.Pass(new Two(one.Number)));
    }

    [Catch(nameof(Work))]
    Two Instead(BoomException error) => journal.Add($"instead {s_place.Value} {error.Message}", new Two(-1));

    [Node]
    Answer Show(Two two) => new($"{two.Number}");
}

/// <summary>Policies on nodes without a value, and on those that return tasks.</summary>
[Workflow]
internal sealed partial class HandsOverNothing(Trouble trouble, Gate gate, Journal journal)
{
    public partial ValueTask RunAsync(Ask ask, CancellationToken ct = default);

    [Node, Retry(1, DelayMs = 0), Timeout(Seconds = 1)]
    ValueTask First(Ask ask, CancellationToken ct)
    {
        journal.Add($"first {ask.Number} {ct.CanBeCanceled}");
        trouble.Pass(0);
        return default;
    }

    [Node, After(nameof(First)), Retry(1, DelayMs = 0)]
    Task Second(Ask ask)
    {
        journal.Add($"second {ask.Number}");
        trouble.Pass(0);
        return Task.CompletedTask;
    }

    [Node, After(nameof(Second)), Retry(1, DelayMs = 0)]
    Task<int> Third(Ask ask)
    {
        journal.Add($"third {ask.Number}");
        return Task.FromResult(trouble.Pass(0));
    }

    [Node, After(nameof(Third)), BestEffort]
    void Fourth(Ask ask)
    {
        journal.Add($"fourth {ask.Number}");
        trouble.Pass(0);
    }

    [Node, After(nameof(Fourth)), Timeout(Seconds = 1)]
    async ValueTask Last(Ask ask, CancellationToken ct)
    {
        journal.Add($"last {ask.Number}");
        await gate.Wait(ct);
    }
}

/// <summary>Two nodes with tokens of their own, of which the second looks at the first one's, and may have to wait.</summary>
[Workflow]
internal sealed partial class HearsItsCaller(CancellationTokenSource source, Gate gate, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node, Timeout(Seconds = 1)]
    ValueTask<Kept> Keeping(Ask ask, CancellationToken ct)
    {
        ct.Register(() => journal.Add($"first hears {ask.Number}"));
        return new(new Kept(ask.Number, ct));
    }

    [Node, Timeout(Seconds = 1)]
    async ValueTask<Two> Work(Kept kept, CancellationToken ct)
    {
        ct.Register(() => journal.Add($"second hears {kept.Number}"));
        if (kept.Number > 1)
        {
            await gate.Wait(ct);
        }
        else if (kept.Number == 1)
        {
            source.Cancel();
        }

        journal.Add($"{kept.Token.IsCancellationRequested} {ct.IsCancellationRequested}");
        return new Two(kept.Number);
    }

    [Node, Timeout(Seconds = 1)]
    ValueTask<Answer> Show(Two two, CancellationToken ct)
    {
        ct.Register(() => journal.Add($"last hears {two.Number}"));
        return new(new Answer($"{two.Number}"));
    }
}
