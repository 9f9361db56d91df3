namespace Behaviour.Joins;

/// <summary>An optional number, an outcome and a list of what is there when the first of two has come.</summary>
[Workflow]
internal sealed partial class TakesWhatIsThere(Gate[] gates)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    ValueTask<int> A(Ask ask, CancellationToken ct) => gates[0].Wait(ask.Number, ct);

    [Node]
    ValueTask<int> B(Ask ask, CancellationToken ct) => gates[1].Wait(ask.Number + 1, ct);

    [Node, AfterAny(nameof(A), nameof(B))]
    Answer Next([From(nameof(A))] int? a, [From(nameof(B))] Outcome<int> b, [From(nameof(A), nameof(B))] IReadOnlyList<int> all)
        => new($"{(a is null ? "none" : $"{a}")} {b.Succeeded} {string.Join('+', all)}");
}

/// <summary>A list of what is there when a rule says so, from a sub-workflow among others.</summary>
[Workflow]
internal sealed partial class ListsWhatIsThere(Gate[] gates, OneStep step)
{
    public partial ValueTask<Answer?> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    ValueTask<One> A(Ask ask, CancellationToken ct) => gates[0].Wait(new One(ask.Number), ct);

    [SubWorkflow(nameof(step))]
    private partial ValueTask<One> B(Ask ask);

    static Readiness OneIsThere(ReadOnlySpan<NodeState> states)
        => states[0] == NodeState.Completed || states[1] == NodeState.Completed ? Readiness.Run : Readiness.Wait;

    [Node, ReadyWhen(nameof(OneIsThere), nameof(A), nameof(B))]
    Answer Next([From(nameof(A), nameof(B))] IReadOnlyList<One> all) => new(string.Join('+', all.Select(one => one.Number)));
}

[Workflow]
internal sealed partial class OneStep(Gate gate)
{
    public partial ValueTask<One> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    ValueTask<One> Step(Ask ask, CancellationToken ct) => gate.Wait(new One(ask.Number + 1), ct);
}

/// <summary>Two waits in a sub-workflow of a parallel workflow: what each asks with is the token of its own activation.</summary>
[Workflow]
internal sealed partial class AsksWithin(AsksTwice child)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow(nameof(child))]
    private partial ValueTask<Three> Child(Ask ask);

    [Node]
    Four Beside(Ask ask) => new(ask.Number);

    [Node]
    Answer Join(Three three, Four four) => new($"{three.Number} {four.Number}");
}

[Workflow]
internal sealed partial class AsksTwice
{
    public partial ValueTask<Three> RunAsync(Ask ask, CancellationToken ct = default);

    [Wait, Timeout(Hours = 1)]
    private partial ValueTask<One> First(Ask ask);

    [Wait, Timeout(Hours = 1)]
    private partial ValueTask<Two> Second(Ask ask);

    [Node]
    Three Sum(One one, Two two) => new(one.Number + two.Number);
}

public sealed class ValuesThereTests
{
    private readonly Gate[] _gates = [new(), new()];

    [Theory]
    [InlineData(0, "3 False 3")]
    [InlineData(1, "none True 4")]
    public async Task What_has_not_settled_is_not_there(int first, string expected)
    {
        ValueTask<Answer> run = new TakesWhatIsThere(_gates).RunAsync(new Ask(3));
        _gates[first].Open();
        _gates[1 - first].Open();

        Assert.Equal(expected, (await run.Soon()).Text);
    }

    [Theory]
    [InlineData(0, "3")]
    [InlineData(1, "4")]
    public async Task A_list_of_a_rule_does_not_wait_for_the_rest(int first, string expected)
    {
        ValueTask<Answer?> run = new ListsWhatIsThere(_gates, new OneStep(_gates[1])).RunAsync(new Ask(3));
        _gates[first].Open();
        _gates[1 - first].Open();

        Assert.Equal(expected, (await run.Soon())?.Text);
    }

    [Fact]
    public async Task Waits_within_a_sub_workflow_are_answered_and_cancelled_with_it()
    {
        await using AsksWithin.Handle run = new AsksWithin(new AsksTwice()).Start(new Ask(1));
        Assert.True(await run.Child_First.WhenPendingAsync().Soon());
        Assert.True(run.Child_Second.TrySet(new Two(5)));
        Assert.True(run.Child_First.TrySet(new One(2)));
        Assert.Equal("7 1", (await run.Completion.Soon()).Text);

        await using AsksWithin.Handle next = new AsksWithin(new AsksTwice()).Start(new Ask(1));
        Assert.True(await next.Child_Second.WhenPendingAsync().Soon());
        next.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next.Completion.Soon());
    }
}
