namespace Behaviour.Elements;

/// <summary>Two are enough; those that failed count as seen, not as completed.</summary>
[Workflow]
internal sealed partial class TwoAreEnough(Gate[] gates, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(IEnumerable<Item> items, CancellationToken ct = default);

    static bool AreTwo(EachProgress progress) => progress.Completed == 2;

    [Node]
    async ValueTask<Done> Work([Each(MaxParallelism = 3, Until = nameof(AreTwo))] Item item, CancellationToken ct)
    {
        try
        {
            await gates[item.Number].Wait(ct);
        }
        catch (OperationCanceledException)
        {
            journal.Add($"cancelled {item.Number}");
            throw;
        }

        return new Done(item.Number);
    }

    [Node]
    Answer Show(Done[] done) => new(string.Join(' ', done.Select(d => d.Number)));
}

[Workflow]
internal sealed partial class TwoAndThoseInFlight(Gate[] gates)
{
    public partial ValueTask<Answer> RunAsync(IEnumerable<Item> items, CancellationToken ct = default);

    static bool AreTwo(EachProgress progress) => progress.Completed >= 2;

    [Node]
    ValueTask<Done> Work([Each(MaxParallelism = 3, Until = nameof(AreTwo), Rest = EachRest.Finish)] Item item, CancellationToken ct)
        => gates[item.Number].Wait(new Done(item.Number), ct);

    [Node]
    Answer Show(Done[] done) => new(string.Join(' ', done.Select(d => d.Number)));
}

/// <summary>Gives up after two failures, and says what it has.</summary>
[Workflow]
internal sealed partial class GivesUp(Gate[] gates, List<EachProgress> seen)
{
    public partial ValueTask<Answer> RunAsync(Item[] items, CancellationToken ct = default);

    static bool TooMany(EachProgress progress) => progress.Failed == 2;

    [Node]
    ValueTask<Done> Work([Each(MaxParallelism = 2, OnError = EachError.Collect, Until = nameof(TooMany))] Item item, CancellationToken ct)
        => gates[item.Number].Wait(new Done(item.Number), ct);

    [Node]
    Answer Show(Outcome<Done>[] done) => new($"{seen.Count}: {string.Join(' ', done.Select(d => d.Succeeded ? $"{d.Value!.Number}" : d.Error!.Message))}");
}

/// <summary>The rule throws at the second element.</summary>
[Workflow]
internal sealed partial class BadRule(Gate[] gates)
{
    public partial ValueTask<Answer> RunAsync(Item[] items, CancellationToken ct = default);

    static bool Throws(EachProgress progress) => progress.Completed == 2 ? throw new BoomException("rule") : false;

    [Node]
    ValueTask<Done> Work([Each(MaxParallelism = 3, Until = nameof(Throws))] Item item, CancellationToken ct)
        => gates[item.Number].Wait(new Done(item.Number), ct);

    [Node]
    Answer Show(Done[] done) => new($"{done.Length}");
}

/// <summary>A source that is awaited: with enough elements nobody waits for more.</summary>
[Workflow]
internal sealed partial class EnoughOfTheAwaited(Journal journal)
{
    public partial ValueTask<Answer> RunAsync(IAsyncEnumerable<Item> items, CancellationToken ct = default);

    static bool AreTwo(EachProgress progress) => progress.Completed == 2;

    [Node]
    Done Work([Each(MaxParallelism = 2, Until = nameof(AreTwo), Rest = EachRest.Finish)] Item item) => journal.Add($"{item.Number}", new Done(item.Number));

    [Node]
    Answer Show(Done[] done) => new(string.Join(' ', done.Select(d => d.Number)));
}

/// <summary>Until, and what becomes of the rest.</summary>
public sealed class UntilTests
{
    private readonly Gate[] _gates = [new(), new(), new(), new(), new()];
    private readonly Journal _journal = new();

    [Fact]
    public async Task Enough_cancels_those_in_flight_and_starts_no_more()
    {
        Task<Answer> run = new TwoAreEnough(_gates, _journal).RunAsync(Items(5)).AsTask();
        _gates[2].Open();
        Assert.Equal(1, _gates[3].Waiting);
        _gates[0].Open();

        Assert.Equal("0 2", (await run.Soon()).Text);
        Assert.Equal(["cancelled 1", "cancelled 3"], _journal.Entries.Order(StringComparer.Ordinal));
        Assert.Equal(0, _gates[4].Arrivals);
    }

    [Fact]
    public async Task One_that_returns_normally_after_there_is_enough_has_no_place_in_the_result()
    {
        Task<Answer> run = new TwoAreEnough([_gates[0], _gates[1], new(), _gates[3], _gates[4]], _journal).RunAsync(Items(2)).AsTask();
        _gates[0].Open();
        Assert.False(run.IsCompleted);
        _gates[1].Open();

        Assert.Equal("0 1", (await run.Soon()).Text);
    }

    [Fact]
    public async Task Enough_awaits_those_in_flight_and_takes_them()
    {
        Task<Answer> run = new TwoAndThoseInFlight(_gates).RunAsync(Items(5)).AsTask();
        _gates[2].Open();
        _gates[0].Open();
        Assert.False(run.IsCompleted);
        Assert.Equal(0, _gates[4].Arrivals);
        _gates[3].Open();
        Assert.False(run.IsCompleted);
        _gates[1].Open();

        Assert.Equal("0 1 2 3", (await run.Soon()).Text);
    }

    [Fact]
    public async Task A_failure_among_those_that_are_finished_still_fails_the_node()
    {
        Task<Answer> run = new TwoAndThoseInFlight(_gates).RunAsync(Items(3)).AsTask();
        _gates[2].Open();
        _gates[0].Open();
        _gates[1].Fail(new BoomException("late"));

        Assert.Equal("late", (await Assert.ThrowsAsync<BoomException>(() => run.Soon())).Message);
    }

    [Fact]
    public async Task A_rule_may_count_failures()
    {
        Task<Answer> run = new GivesUp(_gates, []).RunAsync(Items(5)).AsTask();
        _gates[0].Open();
        _gates[2].Fail(new BoomException("two"));
        _gates[1].Fail(new BoomException("one"));

        Assert.Equal("0: 0 one two", (await run.Soon()).Text);
    }

    [Fact]
    public async Task A_rule_that_throws_fails_the_node()
    {
        Task<Answer> run = new BadRule(_gates).RunAsync(Items(3)).AsTask();
        _gates[1].Open();
        _gates[2].Open();

        Assert.Equal("rule", (await Assert.ThrowsAsync<BoomException>(() => run.Soon())).Message);
    }

    [Fact]
    public async Task With_too_few_elements_all_of_them_count()
    {
        _gates[0].Open();

        Assert.Equal("0", (await new TwoAreEnough(_gates, _journal).RunAsync(Items(1)).Soon()).Text);
        Assert.Equal("", (await new TwoAreEnough(_gates, _journal).RunAsync([]).Soon()).Text);
    }

    [Fact]
    public async Task A_failure_before_there_is_enough_decides()
    {
        Task<Answer> run = new TwoAreEnough(_gates, _journal).RunAsync(Items(3)).AsTask();
        _gates[0].Open();
        _gates[1].Fail(new BoomException("one"));

        Assert.Equal("one", (await Assert.ThrowsAsync<BoomException>(() => run.Soon())).Message);
        Assert.Equal(["cancelled 2"], _journal.Entries);
    }

    [Fact]
    public async Task Cancellation_is_not_enough()
    {
        using CancellationTokenSource cts = new();
        Task<Answer> run = new TwoAreEnough(_gates, _journal).RunAsync(Items(3), cts.Token).AsTask();
        _gates[0].Open();
        await cts.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
    }

    [Fact]
    public async Task An_awaited_source_is_left_when_there_is_enough()
    {
        Gate source = new();
        Task<Answer> run = new EnoughOfTheAwaited(_journal).RunAsync(Awaited(source)).AsTask();
        source.Release();
        Assert.False(run.IsCompleted);
        source.Release();

        Assert.Equal("1 2", (await run.Soon()).Text);
        Assert.Equal(["1", "2", "disposed"], _journal.Entries);
    }

    [Fact]
    public async Task An_enumerator_is_disposed_when_there_is_enough()
    {
        Task<Answer> run = new TwoAreEnough(_gates, _journal).RunAsync(Watched()).AsTask();
        _gates[0].Open();
        _gates[1].Open();

        Assert.Equal("0 1", (await run.Soon()).Text);
        Assert.Equal("disposed", _journal.Entries[^1]);
    }

    [Fact]
    public async Task The_same_object_counts_anew_in_each_run()
    {
        foreach (Gate gate in _gates)
        {
            gate.Open();
        }

        TwoAreEnough workflow = new(_gates, _journal);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal("0 1", (await workflow.RunAsync(Items(5)).Soon()).Text);
        }
    }

    private static Item[] Items(int count) => [.. Enumerable.Range(0, count).Select(n => new Item(n))];

    private IEnumerable<Item> Watched()
    {
        try
        {
            for (int i = 0; i < 5; i++)
            {
                yield return new Item(i);
            }
        }
        finally
        {
            _journal.Add("disposed");
        }
    }

    private async IAsyncEnumerable<Item> Awaited(Gate source, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct = default)
    {
        try
        {
            for (int i = 1; ; i++)
            {
                await source.Wait(ct);
                yield return new Item(i);
            }
        }
        finally
        {
            _journal.Add("disposed");
        }
    }
}
