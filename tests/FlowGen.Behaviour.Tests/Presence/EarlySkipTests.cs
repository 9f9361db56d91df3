namespace Behaviour.Presence;

/// <summary><c>Use</c> needs what is slow, but the condition says early that it will not run.</summary>
[Workflow]
internal sealed partial class SkipsEarly(Gate slow, Journal journal)
{
    public partial ValueTask RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    ValueTask<One> Slow(Ask ask, CancellationToken ct) => slow.Wait(new One(ask.Number), ct);

    [Node]
    bool Wanted(Ask ask) => ask.Number > 0;

    [Node, When(nameof(Wanted))]
    void Use(One one) => journal.Add($"use {one.Number}");

    [Node, After(nameof(Use))]
    void Then(Ask ask) => journal.Add("then");
}

/// <summary>One of two required sources is skipped while the other is still on its way.</summary>
[Workflow]
internal sealed partial class SkipsByAbsence(Gate slow, Journal journal)
{
    public partial ValueTask RunAsync(Ask ask, CancellationToken ct = default);

    static bool Wanted(Ask ask) => ask.Number > 0;

    [Node]
    ValueTask<One> Slow(Ask ask, CancellationToken ct) => slow.Wait(new One(ask.Number), ct);

    [Node, When(nameof(Wanted))]
    Two Absent(Ask ask) => new(ask.Number);

    [Node]
    void Use(One one, Two two) => journal.Add($"use {one.Number} {two.Number}");

    [Node, After(nameof(Use))]
    void Then(Ask ask) => journal.Add("then");
}

/// <summary>A skipped node settles only after those it is ordered after: ordering is transitive over skipped nodes.</summary>
[Workflow]
internal sealed partial class SkipsInOrder(Gate slow, Journal journal)
{
    public partial ValueTask RunAsync(Ask ask, CancellationToken ct = default);

    static bool Wanted(Ask ask) => ask.Number > 0;

    [Node]
    async ValueTask Slow(Ask ask, CancellationToken ct)
    {
        await slow.Wait(ct);
        journal.Add($"slow {ask.Number}");
    }

    [Node, After(nameof(Slow)), When(nameof(Wanted))]
    void Never(Ask ask) => journal.Add($"never {ask.Number}");

    [Node, NeedsAny(nameof(Slow)), When(nameof(Wanted))]
    void NeverEither(Ask ask) => journal.Add($"never {ask.Number}");

    [Node, After(nameof(Never))]
    void Then(Ask ask) => journal.Add("then");

    [Node, After(nameof(NeverEither))]
    void ThenToo(Ask ask) => journal.Add("then too");

    [Node]
    void Free(Ask ask) => journal.Add("free");
}

/// <summary>One of two that are needed is skipped; the other, which a handler may stand in for, is still on its way.</summary>
[Workflow]
internal sealed partial class SkipsByNeed(Gate slow, Gate handling, Journal journal)
{
    public partial ValueTask RunAsync(Ask ask, CancellationToken ct = default);

    static bool Wanted(Ask ask) => ask.Number > 0;

    [Node]
    ValueTask<One> Slow(Ask ask, CancellationToken ct) => slow.Wait(new One(ask.Number), ct);

    [Catch(nameof(Slow))]
    async ValueTask<One> Instead(Ask ask, BoomException error)
    {
        await handling.Wait();
        journal.Add($"instead of {error.Message}");
        return new One(ask.Number);
    }

    [Node, When(nameof(Wanted))]
    Two Absent(Ask ask) => new(ask.Number);

    [Node, Needs(nameof(Slow), nameof(Absent))]
    void Use(Ask ask) => journal.Add($"use {ask.Number}");

    [Node, After(nameof(Use))]
    void Then(Ask ask) => journal.Add("then");
}

public sealed class EarlySkipTests
{
    private readonly Gate _slow = new();
    private readonly Gate _handling = new();
    private readonly Journal _journal = new();

    [Fact]
    public async Task A_node_whose_condition_fails_does_not_wait_for_its_data()
    {
        ValueTask run = new SkipsEarly(_slow, _journal).RunAsync(new Ask(0));
        Assert.Equal(["then"], _journal.Entries);
        Assert.False(run.IsCompleted);

        _slow.Open();
        await run.Soon();
        Assert.Equal(["then"], _journal.Entries);
    }

    [Fact]
    public async Task The_same_node_waits_when_it_will_run()
    {
        ValueTask run = new SkipsEarly(_slow, _journal).RunAsync(new Ask(1));
        Assert.Empty(_journal.Entries);

        _slow.Open();
        await run.Soon();
        Assert.Equal(["use 1", "then"], _journal.Entries);
    }

    [Fact]
    public async Task A_node_with_one_source_absent_does_not_wait_for_the_other()
    {
        ValueTask run = new SkipsByAbsence(_slow, _journal).RunAsync(new Ask(0));
        Assert.Equal(["then"], _journal.Entries);

        _slow.Open();
        await run.Soon();
    }

    [Fact]
    public async Task A_node_with_one_need_absent_does_not_wait_for_one_that_has_a_handler()
    {
        ValueTask run = new SkipsByNeed(_slow, _handling, _journal).RunAsync(new Ask(0));
        Assert.Equal(["then"], _journal.Entries);

        _slow.Open();
        await run.Soon();
        Assert.Equal(["then"], _journal.Entries);
    }

    [Fact]
    public async Task What_needs_a_node_that_has_failed_waits_for_its_handler()
    {
        ValueTask run = new SkipsByNeed(_slow, _handling, _journal).RunAsync(new Ask(1));
        _slow.Fail(new BoomException("slow"));
        await _handling.Reached;
        Assert.Empty(_journal.Entries);

        _handling.Open();
        await run.Soon();
        Assert.Equal(["instead of slow", "use 1", "then"], _journal.Entries);
    }

    [Fact]
    public async Task A_skipped_node_settles_after_its_predecessors()
    {
        ValueTask run = new SkipsInOrder(_slow, _journal).RunAsync(new Ask(0));
        await _slow.Reached;
        Assert.Equal(["free"], _journal.Entries);

        _slow.Open();
        await run.Soon();
        Assert.Equal(["free", "slow 0"], _journal.Entries.Take(2));
        Assert.Equal(["then", "then too"], _journal.Entries.Skip(2).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_run_ends_only_when_what_nobody_waits_for_has_settled()
    {
        ValueTask run = new SkipsEarly(_slow, _journal).RunAsync(new Ask(0));
        _slow.Fail(new BoomException("late"));

        await Assert.ThrowsAsync<BoomException>(() => run.Soon());
    }
}
