namespace Behaviour.Joins;

/// <summary>A node that withdraws two others: one executes, one has not started.</summary>
[Workflow]
internal sealed partial class Withdraws(Gate[] gates, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    static bool IsOdd(Ask ask) => ask.Number % 2 != 0;

    [Node, When(nameof(IsOdd)), Cancels(nameof(Search), nameof(Refine))]
    ValueTask<One> Found(Ask ask, CancellationToken ct) => gates[0].Wait(new One(ask.Number), ct);

    [Node]
    async ValueTask<Two> Search(Ask ask, CancellationToken ct)
    {
        try
        {
            await gates[1].Wait(ct);
        }
        catch (OperationCanceledException)
        {
            journal.Add("leaves");
            await gates[3].Wait(CancellationToken.None);
            throw;
        }

        return new Two(ask.Number);
    }

    [Node, After(nameof(Search))]
    ValueTask<Three> Refine(Ask ask, CancellationToken ct) => gates[2].Wait(journal.Add("refine", new Three(ask.Number)), ct);

    [Node]
    Answer Close(One? one, Two? two, Three? three) => journal.Add("close", new Answer($"{one?.Number} {two?.Number} {three?.Number}"));
}

/// <summary>What is withdrawn counts as skipped for those who require it.</summary>
[Workflow]
internal sealed partial class SkipsAfterWithdrawal(Gate[] gates)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node, Cancels(nameof(Search))]
    ValueTask<One> Found(Ask ask, CancellationToken ct) => gates[0].Wait(new One(ask.Number), ct);

    [Node]
    ValueTask<Two> Search(Ask ask, CancellationToken ct) => gates[1].Wait(new Two(ask.Number), ct);

    [Node]
    Three Follow(Two two) => new(two.Number);

    [Node]
    static Answer Close(One one, Three? three) => new(three is null ? $"{one.Number} alone" : $"{one.Number} {three.Number}");
}

/// <summary>A loop keeps what has finished.</summary>
[Workflow]
internal sealed partial class KeepsFinished(Gate enough, Gate[] gates, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(int[] numbers, Ask ask, CancellationToken ct = default);

    [Node, Cancels(nameof(Work), KeepFinished = true)]
    ValueTask<One> Enough(Ask ask, CancellationToken ct) => enough.Wait(new One(ask.Number), ct);

    [Node]
    async ValueTask<int> Work([Each(MaxParallelism = 2)] int numbers, CancellationToken ct)
    {
        journal.Add($"{numbers}");
        await gates[numbers].Wait(ct);
        return numbers;
    }

    [Node]
    static Answer Close(One one, [From(nameof(Work))] int[]? work) => new($"{one.Number}: {(work is null ? "none" : string.Join(' ', work))}");
}

/// <summary>The same without keeping anything, of sub-workflows.</summary>
[Workflow]
internal sealed partial class DropsParts(Runner runner, Gate enough)
{
    public partial ValueTask<Answer> RunAsync(Ask[] asks, Ask ask, CancellationToken ct = default);

    [Node, Cancels(nameof(Part))]
    ValueTask<Two> Enough([Input] Ask ask, CancellationToken ct) => enough.Wait(new Two(ask.Number), ct);

    [SubWorkflow(nameof(runner))]
    private partial ValueTask<One> Part([Each(MaxParallelism = 2)] Ask asks);

    [Node]
    static Answer Close(Two two, [From(nameof(Part))] One[]? parts) => new($"{two.Number} {parts?.Length}");
}

/// <summary>Withdrawal by the completion of another.</summary>
public sealed class CancelsTests
{
    private readonly Gate[] _gates = [new(), new(), new(), new()];
    private readonly Gate _enough = new();
    private readonly Journal _journal = new();
    private readonly RecordingObserver _observer = new();

    [Fact]
    public async Task What_executes_is_cancelled_and_awaited_and_what_has_not_started_never_does()
    {
        Withdraws workflow = new(_gates, _journal) { Runtime = _observer.Watch() };
        Task<Answer> run = workflow.RunAsync(new Ask(1)).AsTask();
        _gates[0].Release();
        Assert.Equal("leaves", _journal.Entries[0]);
        Assert.False(run.IsCompleted);
        Assert.Equal("Cancelled", _observer.StatesOf("Refine"));
        _gates[3].Release();

        Assert.Equal("1  ", (await run.Soon()).Text);
        Assert.DoesNotContain("refine", _journal.Entries);
        Assert.Equal("Executing Cancelled", _observer.StatesOf("Search"));
    }

    [Fact]
    public async Task What_has_settled_before_stays()
    {
        Task<Answer> run = new Withdraws(_gates, _journal).RunAsync(new Ask(1)).AsTask();
        _gates[1].Release();
        _gates[0].Release();

        Assert.Equal("1 1 ", (await run.Soon()).Text);
    }

    [Fact]
    public async Task A_node_that_is_skipped_withdraws_nothing()
    {
        Task<Answer> run = new Withdraws(_gates, _journal).RunAsync(new Ask(2)).AsTask();
        _gates[1].Release();
        _gates[2].Release();

        Assert.Equal(" 2 2", (await run.Soon()).Text);
    }

    [Fact]
    public async Task A_node_that_fails_withdraws_nothing_but_cancels_as_failures_do()
    {
        _gates[3].Open();
        Task<Answer> run = new Withdraws(_gates, _journal).RunAsync(new Ask(1)).AsTask();
        _gates[0].Fail(new BoomException("found"));

        Assert.Equal("found", (await Assert.ThrowsAsync<BoomException>(() => run.Soon())).Message);
        Assert.Equal(["leaves"], _journal.Entries);
    }

    [Theory]
    [InlineData(0, "5 alone")]
    [InlineData(1, "5 5")]
    public async Task Who_requires_it_is_skipped(int first, string expected)
    {
        Task<Answer> run = new SkipsAfterWithdrawal(_gates).RunAsync(new Ask(5)).AsTask();
        _gates[first].Release();
        _gates[0].Open();

        Assert.Equal(expected, (await run.Soon()).Text);
    }

    [Fact]
    public async Task A_node_that_completes_at_once_lets_others_not_even_start()
    {
        _gates[0].Open();

        Assert.Equal("5 alone", (await new SkipsAfterWithdrawal(_gates).RunAsync(new Ask(5)).Soon()).Text);
        Assert.Equal(0, _gates[1].Arrivals);
    }

    [Fact]
    public async Task A_loop_may_keep_what_has_finished()
    {
        Task<Answer> run = new KeepsFinished(_enough, _gates, _journal).RunAsync([0, 1, 2, 3], new Ask(7)).AsTask();
        _gates[1].Release();
        Assert.Equal(["0", "1", "2"], _journal.Entries);
        _enough.Release();

        Assert.Equal("7: 1", (await run.Soon()).Text);
        Assert.Equal(0, _gates[3].Arrivals);
    }

    [Fact]
    public async Task A_loop_that_has_ended_keeps_everything()
    {
        foreach (Gate gate in _gates)
        {
            gate.Open();
        }

        Task<Answer> run = new KeepsFinished(_enough, _gates, _journal).RunAsync([0, 1, 2, 3], new Ask(7)).AsTask();
        _enough.Release();

        Assert.Equal("7: 0 1 2 3", (await run.Soon()).Text);
    }

    [Fact]
    public async Task A_loop_that_has_not_started_is_withdrawn()
    {
        _enough.Open();

        Assert.Equal("7: none", (await new KeepsFinished(_enough, _gates, _journal).RunAsync([0, 1], new Ask(7)).Soon()).Text);
        Assert.Empty(_journal.Entries);
    }

    [Fact]
    public async Task The_next_run_of_the_same_object_is_not_stopped()
    {
        KeepsFinished workflow = new(_enough, _gates, _journal);
        for (int i = 0; i < 3; i++)
        {
            Task<Answer> run = workflow.RunAsync([0, 1, 2], new Ask(i)).AsTask();
            _gates[0].Release();
            _gates[2].Release();
            _enough.Release();
            Assert.Equal($"{i}: 0 2", (await run.Soon()).Text);
        }
    }

    [Fact]
    public async Task Parts_are_left_in_order()
    {
        DropsParts workflow = new(new Runner(_gates[0], _journal), _enough) { Runtime = _observer.Watch() };
        Task<Answer> run = workflow.RunAsync([new(1), new(2), new(3)], new Ask(7)).AsTask();
        _gates[0].Release();
        _enough.Release();

        Assert.Equal("7 ", (await run.Soon()).Text);
        Assert.Equal([">Part", ">Part", "<Part Completed", ">Part", "<Part Cancelled", "<Part Cancelled"], _observer.Boundaries);
    }
}
