namespace Behaviour.Joins;

/// <summary>A rule about two, of which one has a handler.</summary>
[Workflow]
internal sealed partial class AsksForTheCaught(Gate work, Gate handling, Gate other, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    ValueTask<One> Work(Ask ask, CancellationToken ct) => work.Wait(new One(ask.Number), ct);

    [Catch(nameof(Work))]
    ValueTask<One> Instead(Ask ask, IOException error, CancellationToken ct) => handling.Wait(new One(-ask.Number), ct);

    [Node]
    ValueTask<Two> Other(Ask ask, CancellationToken ct) => other.Wait(new Two(ask.Number), ct);

    static Readiness OneOfThem(ReadOnlySpan<NodeState> states)
        => states.Contains(NodeState.Completed) ? Readiness.Run : states.Contains(NodeState.Failed) ? Readiness.Skip : Readiness.Wait;

    [Node, ReadyWhen(nameof(OneOfThem), nameof(Work), nameof(Other))]
    Three Follow(One? one, Two? two) => journal.Add("follow", new Three((one?.Number ?? 0) + (two?.Number ?? 0)));

    [Node, BestEffort]
    static void Observe(Outcome<One> one) => _ = one.IsFailed;

    [Node]
    static Answer Tell(Three? three) => new($"{three?.Number}");
}

/// <summary>Somebody follows either of two, of which one has a handler.</summary>
[Workflow]
internal sealed partial class FollowsTheCaught(Gate work, Gate handling, Gate other, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    ValueTask<One> Work(Ask ask, CancellationToken ct) => work.Wait(new One(ask.Number), ct);

    [Catch(nameof(Work))]
    ValueTask<One> Instead(Ask ask, IOException error, CancellationToken ct) => handling.Wait(new One(-ask.Number), ct);

    [Node]
    ValueTask<Two> Other(Ask ask, CancellationToken ct) => other.Wait(new Two(ask.Number), ct);

    [Node, AfterAny(nameof(Work), nameof(Other))]
    Three Follow(Ask ask) => journal.Add("follow", new Three(ask.Number));

    [Node]
    static Answer Tell(One? one, Two two, Three three) => new($"{one?.Number} {two.Number} {three.Number}");
}

/// <summary>A node that has failed is where its handler is.</summary>
public sealed class CaughtRuleTests
{
    private readonly Gate _work = new();
    private readonly Gate _handling = new();
    private readonly Gate _other = new();
    private readonly Journal _journal = new();

    private AsksForTheCaught Workflow => new(_work, _handling, _other, _journal);

    [Fact]
    public async Task The_rule_waits_for_the_handler_and_its_value_is_there()
    {
        Task<Answer> run = Workflow.RunAsync(new Ask(1)).AsTask();
        _work.Fail(new IOException());
        Assert.Equal(0, _journal.Count("follow"));
        _handling.Open();
        Assert.Equal(["follow"], _journal.Entries);
        _other.Open();

        Assert.Equal("-1", (await run.Soon()).Text);
    }

    [Fact]
    public async Task A_failure_that_nobody_handles_is_one_to_the_rule()
    {
        BoomException boom = new("boom");
        Task<Answer> run = Workflow.RunAsync(new Ask(1)).AsTask();
        _work.Fail(boom);
        _other.Open();

        Assert.Equal("", (await run.Soon()).Text);
        Assert.Empty(_journal.Entries);
    }

    [Fact]
    public async Task Without_a_failure_the_handler_changes_nothing()
    {
        Task<Answer> run = Workflow.RunAsync(new Ask(1)).AsTask();
        _work.Open();
        _other.Open();

        Assert.Equal("1", (await run.Soon()).Text);
        Assert.Equal(1, _journal.Count("follow"));
    }

    [Fact]
    public async Task Who_follows_any_of_them_waits_for_the_handler_or_another()
    {
        Task<Answer> run = new FollowsTheCaught(_work, _handling, _other, _journal).RunAsync(new Ask(1)).AsTask();
        _work.Fail(new IOException());
        Assert.Empty(_journal.Entries);
        _handling.Open();
        Assert.Equal(["follow"], _journal.Entries);
        _other.Open();

        Assert.Equal("-1 1 1", (await run.Soon()).Text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cancelled_while_the_handler_runs_nothing_follows(bool isHandled)
    {
        using CancellationTokenSource cts = new();
        Task<Answer> run = Workflow.RunAsync(new Ask(1), cts.Token).AsTask();
        if (isHandled)
        {
            _work.Fail(new IOException());
            Assert.Equal(1, _handling.Waiting);
        }

        await cts.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(0, _journal.Count("follow"));
    }
}
