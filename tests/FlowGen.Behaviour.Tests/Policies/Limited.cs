namespace Behaviour.Policies;

/// <summary>A node that takes its time even after it was cancelled.</summary>
[Workflow]
internal sealed partial class LimitsANode(Gate gate, Gate leaving, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node, Timeout(Seconds = 5)]
    async ValueTask<One> Work(Ask ask, CancellationToken ct)
    {
        try
        {
            await gate.Wait(ct);
        }
        catch (OperationCanceledException)
        {
            journal.Add("told to stop");
            await leaving.Wait(CancellationToken.None);
            journal.Add("left");
            throw;
        }

        return new One(ask.Number);
    }

    [Node]
    Answer Show(One one) => journal.Add("show", new Answer($"{one.Number}"));
}

/// <summary>The same beside another node.</summary>
[Workflow]
internal sealed partial class LimitsOneOfTwo(Gate gate, Gate beside, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node, Timeout(Seconds = 5)]
    ValueTask<One> Work(Ask ask, CancellationToken ct) => gate.Wait(new One(ask.Number), ct);

    [Node]
    async ValueTask<Two> Beside(Ask ask, CancellationToken ct)
    {
        try
        {
            await beside.Wait(ct);
        }
        catch (OperationCanceledException)
        {
            journal.Add("beside cancelled");
            throw;
        }

        return new Two(ask.Number);
    }

    [Node]
    Answer Show(One one, Two two) => new($"{one.Number + two.Number}");
}

/// <summary>A node that nobody can interrupt.</summary>
[Workflow]
internal sealed partial class LimitsTheDeaf(Gate gate, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

#pragma warning disable FG6012 // It is what these tests are about.
    [Node, Timeout(Seconds = 5)]
    async ValueTask<One> Work(Ask ask)
    {
        await gate.Wait(CancellationToken.None);
        return journal.Add("returned", new One(ask.Number));
    }
#pragma warning restore FG6012

    [Compensate(nameof(Work))]
    void Undo(One one) => journal.Add($"undo {one.Number}");

    [Node]
    Answer Show(One one) => journal.Add("show", new Answer($"{one.Number}"));
}

/// <summary>Nothing comes after it.</summary>
[Workflow]
internal sealed partial class LimitsAnAnswer(Gate gate)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node, Timeout(Seconds = 5)]
    async ValueTask<Answer> Work(Ask ask, CancellationToken ct)
    {
        _ = ct.CanBeCanceled;
        await gate.Wait(CancellationToken.None);
        return new Answer($"{ask.Number}");
    }
}

/// <summary>A synchronous node, during which time passes.</summary>
[Workflow]
internal sealed partial class LimitsTheSynchronous(FakeTimeProvider clock)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node, Timeout(Seconds = 5)]
    Answer Work(Ask ask, CancellationToken ct)
    {
        clock.Advance(TimeSpan.FromSeconds(ask.Number));
        return new($"{ct.IsCancellationRequested}");
    }
}

[Workflow]
internal sealed partial class ReadsItsLimit(Gate gate, Func<TimeSpan> limit)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    TimeSpan Limit => limit();

    [Node, Timeout(From = nameof(Limit))]
    ValueTask<Answer> Work(Ask ask, CancellationToken ct) => gate.Wait(new Answer($"{ask.Number}"), ct);
}

[Workflow]
internal sealed partial class ReadsBothLimits(Gate gate, Trouble trouble, Func<TimeSpan> one, Func<TimeSpan> all)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    TimeSpan OfOne() => one();

    TimeSpan OfAll() => all();

    [Node, Timeout(From = nameof(OfOne)), Timeout(From = nameof(OfAll), Scope = TimeoutScope.Total), Retry(3, DelayMs = 0)]
    async ValueTask<Answer> Work(Ask ask, CancellationToken ct)
    {
        await gate.Wait(ct);
        return trouble.Pass(new Answer($"{ask.Number}"));
    }
}
