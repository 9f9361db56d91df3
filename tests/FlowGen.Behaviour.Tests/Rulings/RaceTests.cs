namespace Behaviour.Rulings;

/// <summary>One that hears of its defeat, one that does not, and one that may be skipped.</summary>
[Workflow]
internal sealed partial class Contest(Gate[] gates, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    static bool AreThree(Ask ask) => ask.Number > 0;

    [Node]
    ValueTask<One> Polite(Ask ask, CancellationToken ct) => gates[0].Wait(new One(ask.Number), ct);

    [Node]
    ValueTask<One> Deaf(Ask ask) => gates[1].Wait(new One(ask.Number + 1));

    [Node, When(nameof(AreThree))]
    ValueTask<One> Third(Ask ask, CancellationToken ct) => gates[2].Wait(new One(ask.Number + 2), ct);

    [Node]
    Answer Take([FromFirst(nameof(Polite), nameof(Deaf), nameof(Third))] One first) => journal.Add("take", new Answer($"{first.Number}"));
}

/// <summary>All may be skipped.</summary>
[Workflow]
internal sealed partial class NoContest(Gate gate)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    static bool IsThere(Ask ask) => ask.Number > 0;

    [Node, When(nameof(IsThere))]
    ValueTask<One> Left(Ask ask, CancellationToken ct) => gate.Wait(new One(ask.Number), ct);

    [Node, When(nameof(IsThere))]
    ValueTask<One> Right(Ask ask, CancellationToken ct) => gate.Wait(new One(ask.Number), ct);

    [Node]
    static Two Take([FromFirst(nameof(Left), nameof(Right))] One first) => new(first.Number);

    [Node]
    static Answer Close(Two? two) => new(two is null ? "skipped" : "taken");
}

/// <summary>Rulings, Race.</summary>
public sealed class RaceTests
{
    private readonly Gate[] _gates = [new(), new(), new()];
    private readonly Journal _journal = new();
    private readonly RecordingObserver _observer = new();

    [Fact]
    public async Task The_first_to_complete_wins_and_its_consumer_starts_at_once()
    {
        Task<Answer> run = Start(5);
        _gates[2].Release();
        Assert.Equal(["take"], _journal.Entries);
        _gates[1].Release();

        Assert.Equal("7", (await run.Soon()).Text);
    }

    [Fact]
    public async Task A_failed_or_skipped_contestant_drops_out()
    {
        Task<Answer> run = Start(0);
        _gates[1].Fail(new BoomException("deaf"));
        Assert.Empty(_journal.Entries);
        _gates[0].Release();

        Assert.Equal("0", (await run.Soon()).Text);
    }

    [Fact]
    public async Task If_all_drop_out_the_last_failure_or_the_skip_counts()
    {
        Task<Answer> run = Start(0);
        _gates[1].Fail(new BoomException("deaf"));
        _gates[0].Fail(new BoomException("polite"));
        Assert.Equal("polite", (await Assert.ThrowsAsync<BoomException>(() => run.Soon())).Message);

        Assert.Equal("skipped", (await new NoContest(_gates[2]).RunAsync(new Ask(0)).Soon()).Text);
    }

    [Fact]
    public async Task Losers_are_cancelled_end_as_Cancelled_or_Completed_with_the_value_discarded_and_are_awaited_before_the_activation_ends()
    {
        Task<Answer> run = Start(5);
        _gates[2].Release();
        Assert.Equal(0, _gates[0].Waiting);
        Assert.False(run.IsCompleted);
        _gates[1].Release();

        Assert.Equal("7", (await run.Soon()).Text);
        Assert.Equal("Executing Cancelled", _observer.StatesOf("Polite"));
        Assert.Equal("Executing Completed", _observer.StatesOf("Deaf"));
    }

    private Task<Answer> Start(int number) => new Contest(_gates, _journal) { Runtime = _observer.Watch() }.RunAsync(new Ask(number)).AsTask();
}
