namespace Behaviour.Scheduling;

[Workflow(MaxParallelism = 2)]
internal sealed partial class TwoAtOnce(Gate gate, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    ValueTask<One> A(Ask ask, CancellationToken ct) => gate.Wait(journal.Add("A", new One(ask.Number)), ct);

    [Node]
    ValueTask<Two> B(Ask ask, CancellationToken ct) => gate.Wait(journal.Add("B", new Two(ask.Number)), ct);

    [Node]
    ValueTask<Three> C(Ask ask, CancellationToken ct) => gate.Wait(journal.Add("C", new Three(ask.Number)), ct);

    [Node]
    ValueTask<Four> D(Ask ask, CancellationToken ct) => gate.Wait(journal.Add("D", new Four(ask.Number)), ct);

    [Node]
    Answer Sum(One one, Two two, Three three, Four four) => new($"{one.Number + two.Number + three.Number + four.Number}");
}

[Workflow(MaxParallelism = 1)]
internal sealed partial class OneAtATime(Gate gate)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    ValueTask<One> A(Ask ask, CancellationToken ct) => gate.Wait(new One(ask.Number), ct);

    [Node]
    ValueTask<Two> B(Ask ask, CancellationToken ct) => gate.Wait(new Two(ask.Number), ct);

    [Node]
    ValueTask<Three> C(Ask ask, CancellationToken ct) => gate.Wait(new Three(ask.Number), ct);

    [Node]
    Answer Sum(One one, Two two, Three three) => new($"{one.Number + two.Number + three.Number}");
}

/// <summary>Whoever observes the failure is skipped, while all places are taken.</summary>
[Workflow(MaxParallelism = 2)]
internal sealed partial class SkipsWhileItIsFull(Gate gate)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    static One Fails(Ask ask) => throw new BoomException($"{ask.Number}");

    [Node, BestEffort]
    static Four Missing(Ask ask) => throw new BoomException($"missing {ask.Number}");

    [Node]
    ValueTask<Two> A(Ask ask, CancellationToken ct) => gate.Wait(new Two(ask.Number), ct);

    [Node]
    ValueTask<Three> B(Ask ask, CancellationToken ct) => gate.Wait(new Three(ask.Number), ct);

    [Node]
    static void Observe(Outcome<One> one, Four four) => _ = one.IsFailed || four.Number > 0;

    [Node]
    static Answer Sum(Two two, Three three) => new($"{two.Number + three.Number}");
}

/// <summary>Two activations of a child with a limit: it applies to each activation by itself.</summary>
[Workflow]
internal sealed partial class TwiceLimited(OneAtATime child)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [SubWorkflow(nameof(child))]
    private partial ValueTask<Answer> Left(Ask ask);

    [SubWorkflow(nameof(child))]
    private partial ValueTask<Answer> Right(Ask ask);

    [Node]
    string Join([From(nameof(Left))] Answer left, [From(nameof(Right))] Answer right) => $"{left.Text} {right.Text}";

    [Node]
    Answer Show(string join) => new(join);
}

public sealed class MaxParallelismTests
{
    private readonly Gate _gate = new();
    private readonly Journal _journal = new();

    [Fact]
    public async Task Never_more_than_the_limit_and_never_less_while_there_is_work()
    {
        ValueTask<Answer> run = new TwoAtOnce(_gate, _journal).RunAsync(new Ask(3));
        await _gate.ReachedBy(2);
        Assert.Equal(2, _gate.Waiting);

        _gate.Release();
        await _gate.ReachedBy(3);
        Assert.Equal(2, _gate.Waiting);

        _gate.Release();
        await _gate.ReachedBy(4);
        _gate.Release(2);

        Assert.Equal("12", (await run.Soon()).Text);
        Assert.Equal(2, _gate.MostWaiting);
        Assert.Equal(["A", "B", "C", "D"], _journal.Entries);
    }

    [Fact]
    public async Task A_limit_does_not_matter_to_nodes_that_complete_inline()
    {
        _gate.Open();

        Assert.Equal("12", (await new TwoAtOnce(_gate, _journal).RunAsync(new Ask(3)).Soon()).Text);
        Assert.Equal(["A", "B", "C", "D"], _journal.Entries);
    }

    [Fact]
    public async Task A_failure_starts_nothing_that_was_held_back()
    {
        BoomException boom = new("boom");
        ValueTask<Answer> run = new TwoAtOnce(_gate, _journal).RunAsync(new Ask(3));
        await _gate.ReachedBy(2);
        _gate.Fail(boom);

        Assert.Same(boom, await Assert.ThrowsAsync<BoomException>(() => run.Soon()));
        Assert.Equal(["A", "B"], _journal.Entries);
    }

    [Fact]
    public async Task What_is_skipped_waits_for_no_place()
    {
        // Nobody opens the gate: the failure is noticed all the same, and cancels those who wait at it.
        ValueTask<Answer> run = new SkipsWhileItIsFull(_gate).RunAsync(new Ask(3));

        Assert.Equal("3", (await Assert.ThrowsAsync<BoomException>(() => run.Soon())).Message);
    }

    [Fact]
    public async Task Cancellation_starts_nothing_that_was_held_back()
    {
        using CancellationTokenSource cts = new();
        ValueTask<Answer> run = new TwoAtOnce(_gate, _journal).RunAsync(new Ask(3), cts.Token);
        await _gate.ReachedBy(2);
        await cts.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(["A", "B"], _journal.Entries);
    }

    [Fact]
    public async Task The_limit_is_one_activation_s_own()
    {
        ValueTask<Answer> run = new TwiceLimited(new OneAtATime(_gate)).RunAsync(new Ask(1));
        await _gate.ReachedBy(2);
        Assert.Equal(2, _gate.Waiting);
        for (int i = 1; i <= 6; i++)
        {
            await _gate.ReachedBy(Math.Min(6, i + 1));
            _gate.Release();
        }

        Assert.Equal("3 3", (await run.Soon()).Text);
        Assert.Equal(2, _gate.MostWaiting);
    }

    [Fact]
    public async Task Runs_do_not_share_a_limit()
    {
        OneAtATime workflow = new(_gate);
        ValueTask<Answer> one = workflow.RunAsync(new Ask(1));
        ValueTask<Answer> two = workflow.RunAsync(new Ask(2));
        await _gate.ReachedBy(2);
        Assert.Equal(2, _gate.Waiting);
        _gate.Open();

        Assert.Equal("3", (await one.Soon()).Text);
        Assert.Equal("6", (await two.Soon()).Text);
    }
}
