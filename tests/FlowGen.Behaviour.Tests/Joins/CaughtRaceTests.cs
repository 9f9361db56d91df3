namespace Behaviour.Joins;

/// <summary>A contestant whose failure somebody handles: the handler stands in for it.</summary>
[Workflow]
internal sealed partial class CaughtRace(Gate[] gates, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    ValueTask<One> A(Ask ask, CancellationToken ct) => gates[0].Wait(new One(ask.Number), ct);

    [Catch(nameof(A))]
    ValueTask<One> Instead(BoomException error, CancellationToken ct) => gates[2].Wait(journal.Add($"instead {error.Message}", new One(-1)), ct);

    [Node]
    ValueTask<One> B(Ask ask, CancellationToken ct) => gates[1].Wait(new One(ask.Number + 1), ct);

    [Node]
    Answer Take([FromFirst(nameof(A), nameof(Instead), nameof(B))] One first) => journal.Add($"take {first.Number}", new Answer($"{first.Number}"));
}

public sealed class CaughtRaceTests
{
    private readonly Gate[] _gates = [new(), new(), new()];
    private readonly Journal _journal = new();

    [Fact]
    public async Task A_handler_may_win_for_the_node_that_it_handles()
    {
        Task<Answer> run = new CaughtRace(_gates, _journal).RunAsync(new Ask(4)).AsTask();
        _gates[0].Fail(new BoomException("A"));
        Assert.Equal(["instead A"], _journal.Entries);
        _gates[2].Release();

        Assert.Equal("-1", (await run.Soon()).Text);
        Assert.Equal(0, _gates[1].Waiting);
    }

    [Fact]
    public async Task A_handler_may_lose()
    {
        Task<Answer> run = new CaughtRace(_gates, _journal).RunAsync(new Ask(4)).AsTask();
        _gates[0].Fail(new BoomException("A"));
        _gates[1].Release();

        Assert.Equal("5", (await run.Soon()).Text);
        Assert.Equal(0, _gates[2].Waiting);
    }

    [Fact]
    public async Task Without_a_failure_the_handler_does_not_run()
    {
        Task<Answer> run = new CaughtRace(_gates, _journal).RunAsync(new Ask(4)).AsTask();
        _gates[0].Release();

        Assert.Equal("4", (await run.Soon()).Text);
        Assert.Equal(["take 4"], _journal.Entries);
    }

    [Fact]
    public async Task If_all_fail_the_last_failure_counts()
    {
        Task<Answer> run = new CaughtRace(_gates, _journal).RunAsync(new Ask(4)).AsTask();
        _gates[1].Fail(new BoomException("B"));
        _gates[0].Fail(new BoomException("A"));
        _gates[2].Fail(new BoomException("instead"));

        Assert.Equal("instead", (await Assert.ThrowsAsync<BoomException>(() => run.Soon())).Message);
    }

    [Fact]
    public async Task A_failure_that_comes_after_the_race_is_over_is_not_handled_any_more()
    {
        Task<Answer> run = new CaughtRace(_gates, _journal).RunAsync(new Ask(4)).AsTask();
        _gates[1].Release();

        Assert.Equal("5", (await run.Soon()).Text);
        Assert.Equal(["take 5"], _journal.Entries);
        Assert.Equal(0, _gates[2].Arrivals);
    }
}
