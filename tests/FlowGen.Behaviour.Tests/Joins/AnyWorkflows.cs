namespace Behaviour.Joins;

/// <summary>Starts with the first of two that has settled, however.</summary>
[Workflow]
internal sealed partial class AfterAnyOfTwo(Gate[] gates, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    static bool HasFirst(Ask ask) => ask.Number > 0;

    [Node, When(nameof(HasFirst))]
    ValueTask<One> A(Ask ask, CancellationToken ct) => gates[0].Wait(new One(ask.Number), ct);

    [Node, BestEffort]
    ValueTask<Two> B(Ask ask, CancellationToken ct) => gates[1].Wait(new Two(ask.Number), ct);

    [Node, AfterAny(nameof(A), nameof(B))]
    Three Next(One? one, Two? two) => journal.Add("next" + (one is null ? "" : "A") + (two is null ? "" : "B"), new Three(one?.Number ?? two?.Number ?? 0));

    [Node]
    Answer Close(Three three, One? one, Two? two) => new($"{three.Number} {one?.Number} {two?.Number}");
}

/// <summary>One of each of two groups.</summary>
[Workflow]
internal sealed partial class AfterAnyOfBoth(Gate[] gates, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    ValueTask<int> A(Ask ask, CancellationToken ct) => gates[0].Wait(ask.Number, ct);

    [Node]
    ValueTask<int> B(Ask ask, CancellationToken ct) => gates[1].Wait(ask.Number, ct);

    [Node]
    ValueTask<int> C(Ask ask, CancellationToken ct) => gates[2].Wait(ask.Number, ct);

    [Node]
    ValueTask<int> D(Ask ask, CancellationToken ct) => gates[3].Wait(ask.Number, ct);

    [Node, AfterAny(nameof(A), nameof(B)), AfterAny(nameof(C), nameof(D))]
    Answer Next(Ask ask) => journal.Add("next", new Answer($"{ask.Number}"));
}

/// <summary>Some of three, as the rule says.</summary>
[Workflow]
internal sealed partial class SomeOfThree(Gate[] gates, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    static bool HasThird(Ask ask) => ask.Number > 0;

    /// <summary>Two that completed are enough; two that did not are too many.</summary>
    static Readiness Two(ReadOnlySpan<NodeState> states)
    {
        int completed = 0;
        int missing = 0;
        foreach (NodeState state in states)
        {
            completed += state is NodeState.Completed ? 1 : 0;
            missing += state is NodeState.Skipped or NodeState.Failed or NodeState.Cancelled ? 1 : 0;
        }

        return completed >= 2 ? Readiness.Run : missing >= 2 ? Readiness.Skip : Readiness.Wait;
    }

    [Node, BestEffort]
    ValueTask<One> A(Ask ask, CancellationToken ct) => gates[0].Wait(new One(ask.Number), ct);

    [Node, BestEffort]
    ValueTask<Two> B(Ask ask, CancellationToken ct) => gates[1].Wait(new Two(ask.Number), ct);

    [Node, When(nameof(HasThird))]
    ValueTask<Three> C(Ask ask, CancellationToken ct) => gates[2].Wait(new Three(ask.Number), ct);

    [Node, ReadyWhen(nameof(Two), nameof(A), nameof(B), nameof(C))]
    Four Next(One? one, Two? two, Three? three)
        => journal.Add("next" + (one is null ? "" : "A") + (two is null ? "" : "B") + (three is null ? "" : "C"), new Four(1));

    [Node]
    static Answer Close(Four? four) => new(four is null ? "skipped" : "ran");
}

/// <summary>What is not needed any more is cancelled.</summary>
[Workflow]
internal sealed partial class TwoCancelTheThird(Gate[] gates, Journal journal)
{
    public partial ValueTask<Answer?> RunAsync(Ask ask, CancellationToken ct = default);

    static Readiness Two(ReadOnlySpan<NodeState> states)
    {
        int completed = 0;
        foreach (NodeState state in states)
        {
            completed += state == NodeState.Completed ? 1 : 0;
        }

        return completed >= 2 ? Readiness.Run : Readiness.Wait;
    }

    [Node]
    ValueTask<One> A(Ask ask, CancellationToken ct) => gates[0].Wait(new One(ask.Number), ct);

    [Node]
    ValueTask<Two> B(Ask ask, CancellationToken ct) => gates[1].Wait(new Two(ask.Number), ct);

    [Node]
    ValueTask<Three> C(Ask ask, CancellationToken ct) => gates[2].Wait(new Three(ask.Number), ct);

    [Node, ReadyWhen(nameof(Two), nameof(A), nameof(B), nameof(C), CancelRest = true)]
    Answer Next(One? one, Two? two, Three? three)
        => journal.Add("next", new Answer((one is null ? "" : "A") + (two is null ? "" : "B") + (three is null ? "" : "C")));
}

/// <summary>A rule that throws when it sees the second completion.</summary>
[Workflow]
internal sealed partial class BadJoin(Gate[] gates, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    static Readiness Throws(ReadOnlySpan<NodeState> states)
    {
        foreach (NodeState state in states)
        {
            if (state != NodeState.Completed)
            {
                return Readiness.Wait;
            }
        }

        throw new BoomException("rule");
    }

    [Node]
    ValueTask<One> A(Ask ask, CancellationToken ct) => gates[0].Wait(new One(ask.Number), ct);

    [Node]
    ValueTask<Two> B(Ask ask, CancellationToken ct) => gates[1].Wait(new Two(ask.Number), ct);

    [Node]
    ValueTask<Four> Beside(Ask ask, CancellationToken ct) => gates[2].Wait(new Four(ask.Number), ct);

    [Node, ReadyWhen(nameof(Throws), nameof(A), nameof(B))]
    Three Next(One? one, Two? two) => journal.Add("next", new Three((one?.Number ?? 0) + (two?.Number ?? 0)));

    [Node]
    Answer Close(Three? three, Four four) => journal.Add("close", new Answer($"{three?.Number} {four.Number}"));
}
