namespace Behaviour.Rulings;

internal sealed record Piece(int Number);

internal sealed record Cut(int Number);

/// <summary>Everything that can be said of a node, on one with elements.</summary>
[Workflow]
internal sealed partial class CutsPieces(Gate[] gates, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(IEnumerable<Piece> pieces, Ask ask, CancellationToken ct = default);

    bool IsWanted(Ask ask) => journal.Add("asked", ask.Number > 0);

    [Node, When(nameof(IsWanted)), Retry(1, DelayMs = 1_000, Jitter = false), Timeout(Milliseconds = 500)]
    async ValueTask<Cut> Work([Each(MaxParallelism = 0)] Piece piece, CancellationToken ct)
    {
        journal.Add($"{piece.Number}");
        await gates[piece.Number].Wait(ct);
        return new Cut(piece.Number);
    }

    [Catch(nameof(Work))]
    Cut[] Instead(Exception error) => journal.Add($"caught {error.GetType().Name}", Array.Empty<Cut>());

    [Node]
    static Answer Show([From(nameof(Work), nameof(Instead))] Cut[]? cuts) => new(cuts is null ? "skipped" : string.Join(' ', cuts.Select(c => c.Number)));
}

[Workflow]
internal sealed partial class TriesPieces(Gate[] gates)
{
    public partial ValueTask<Answer> RunAsync(IEnumerable<Piece> pieces, CancellationToken ct = default);

    [Node, BestEffort]
    ValueTask<Cut> Work([Each(MaxParallelism = 0)] Piece piece, CancellationToken ct) => gates[piece.Number].Wait(new Cut(piece.Number), ct);

    [Node]
    static Answer Show(Cut[]? cuts) => new(cuts is null ? "skipped" : string.Join(' ', cuts.Select(c => c.Number)));
}

[Workflow]
internal sealed partial class OmitsPieces(Gate[] gates)
{
    public partial ValueTask<Answer> RunAsync(IEnumerable<Piece> pieces, CancellationToken ct = default);

    [Node]
    ValueTask<Cut> Work([Each(MaxParallelism = 0, OnError = EachError.Skip)] Piece piece, CancellationToken ct) => gates[piece.Number].Wait(new Cut(piece.Number), ct);

    [Node]
    static Answer Show(Cut[] cuts) => new(string.Join(' ', cuts.Select(c => c.Number)));
}

/// <summary>Rulings, [Each].</summary>
public sealed class EachTests
{
    private readonly Gate[] _gates = [new(), new(), new()];
    private readonly Journal _journal = new();
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task Timeout_and_Retry_are_per_element()
    {
        Task<Answer> run = Start(1, 0, 1);
        _gates[1].Release();
        _clock.Advance(TimeSpan.FromMilliseconds(500));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("asked 0 1 0", _journal.ToString());
        _gates[0].Release();

        Assert.Equal("0 1", (await run.Soon()).Text);
    }

    [Fact]
    public async Task When_Catch_and_BestEffort_are_per_node()
    {
        Assert.Equal("skipped", (await Start(0, 0, 1).Soon()).Text);
        Assert.Equal("asked", _journal.ToString());

        Task<Answer> caught = Start(1, 0, 1, 2);
        _gates[1].Release();
        _gates[0].Fail(new BoomException("zero"));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("", (await caught.Soon()).Text);
        Assert.Equal(1, _journal.Count("caught BoomException"));

        _gates[2].Open();
        Assert.Equal("skipped", (await new TriesPieces(_gates).RunAsync([new(2), new(0)]).Soon()).Text);
    }

    [Fact]
    public async Task An_empty_source_gives_an_empty_result()
    {
        Assert.Equal("", (await Start(1).Soon()).Text);
        Assert.Equal("", (await new OmitsPieces(_gates).RunAsync([]).Soon()).Text);
    }

    [Fact]
    public async Task Skip_omits_failed_elements()
    {
        Task<Answer> run = new OmitsPieces(_gates).RunAsync([new(0), new(1), new(2)]).AsTask();
        _gates[1].Fail(new BoomException("one"));
        _gates[2].Release();
        _gates[0].Release();

        Assert.Equal("0 2", (await run.Soon()).Text);
    }

    [Fact]
    public async Task An_error_of_the_source_s_enumeration_belongs_to_the_node()
    {
        _gates[0].Open();

        Assert.Equal("skipped", (await new TriesPieces(_gates).RunAsync(Broken()).Soon()).Text);
        Assert.Equal("", (await new CutsPieces(_gates, _journal).RunAsync(Broken(), new Ask(1)).Soon()).Text);
        Assert.Contains("caught BoomException", _journal.Entries);
        Assert.Equal("source", (await Assert.ThrowsAsync<BoomException>(() => new OmitsPieces(_gates).RunAsync(Broken()).Soon())).Message);
    }

    private static IEnumerable<Piece> Broken()
    {
        yield return new Piece(0);
        throw new BoomException("source");
    }

    private Task<Answer> Start(int wanted, params int[] pieces)
    {
        CutsPieces workflow = new(_gates, _journal) { Runtime = new FlowRuntime(new FlowRuntimeOptions { TimeProvider = _clock }) };
        return workflow.RunAsync(pieces.Select(n => new Piece(n)), new Ask(wanted)).AsTask();
    }
}
