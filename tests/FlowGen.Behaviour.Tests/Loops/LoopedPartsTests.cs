namespace Behaviour.Loops;

[State]
internal sealed class Sheet : ICleanup
{
    public int Lines { get; set; }

    public void Cleanup() => Lines = 0;
}

[State(Scope = StateScope.Run)]
internal sealed class Ledger : ICleanup
{
    public int Lines { get; set; }

    public void Cleanup() => Lines = 0;
}

/// <summary>The body of a loop: state of its own, and state of the whole run.</summary>
[Workflow]
internal sealed partial class Writes(Gate gate)
{
    public partial ValueTask<Tally> RunAsync(Tally tally, CancellationToken ct = default);

    [Node]
    async ValueTask<One> Write([Input] Tally tally, Sheet sheet, Ledger ledger, CancellationToken ct)
    {
        sheet.Lines++;
        ledger.Lines++;
        await gate.Wait(ct);
        return new One(tally.Count + sheet.Lines);
    }

    [Node]
    static Tally Close(One one, Ledger ledger) => new(one.Number + (100 * ledger.Lines) - (100 * ledger.Lines));
}

/// <summary>Around a sub-workflow.</summary>
[Workflow]
internal sealed partial class WritesOn(Writes writes)
{
    public partial ValueTask<Answer> RunAsync(Tally tally, int limit, CancellationToken ct = default);

    static bool IsEnough(Tally tally, int limit) => tally.Count >= limit;

    [SubWorkflow(nameof(writes)), Repeat(Until = nameof(IsEnough))]
    private partial ValueTask<Tally> Part([Input, Carry] Tally tally);

    [Node]
    static Answer Show([From(nameof(Part))] Tally tally, Ledger ledger) => new($"{tally.Count} {ledger.Lines}");
}

/// <summary>A loop around a loop.</summary>
[Workflow]
internal sealed partial class Inner(Gate gate, Journal journal)
{
    public partial ValueTask<Tally> RunAsync(Tally tally, int step, CancellationToken ct = default);

    static bool IsRound(Tally tally, int step) => tally.Count % step == 0;

    [Node, Repeat(Until = nameof(IsRound))]
    async ValueTask<Tally> Add(Tally tally, CancellationToken ct)
    {
        journal.Add($"{tally.Count}");
        await gate.Wait(ct);
        return new Tally(tally.Count + 1);
    }
}

[Workflow]
internal sealed partial class Outer(Inner inner, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Tally tally, int step, int limit, CancellationToken ct = default);

    bool IsEnough(Tally tally, int limit) => journal.Add($"={tally.Count}", tally.Count >= limit);

    [SubWorkflow(nameof(inner)), Repeat(Until = nameof(IsEnough))]
    private partial ValueTask<Tally> Part([Input, Carry] Tally tally, int step);

    [Node]
    static Answer Show([From(nameof(Part))] Tally tally) => new($"{tally.Count}");
}

/// <summary>A join of every kind, which starts afresh in each iteration.</summary>
[Workflow]
internal sealed partial class Joins(Gate[] gates, Journal journal)
{
    public partial ValueTask<Tally> RunAsync(Tally tally, CancellationToken ct = default);

    static Readiness TwoOfThree(ReadOnlySpan<NodeState> states)
    {
        int completed = 0;
        foreach (NodeState state in states)
        {
            completed += state == NodeState.Completed ? 1 : 0;
        }

        return completed >= 2 ? Readiness.Run : Readiness.Wait;
    }

    [Node]
    ValueTask<One> A(Tally tally, CancellationToken ct) => gates[0].Wait(new One(tally.Count), ct);

    [Node]
    ValueTask<Two> B(Tally tally, CancellationToken ct) => gates[1].Wait(new Two(tally.Count), ct);

    [Node]
    ValueTask<Three> C(Tally tally, CancellationToken ct) => gates[2].Wait(new Three(tally.Count), ct);

    [Node, AfterAny(nameof(A), nameof(B), nameof(C))]
    void Any(One? one, Two? two, Three? three) => journal.Add("any" + (one is null ? "" : "A") + (two is null ? "" : "B") + (three is null ? "" : "C"));

    [Node, ReadyWhen(nameof(TwoOfThree), nameof(A), nameof(B), nameof(C))]
    void Most(One? one, Two? two, Three? three) => journal.Add("two" + (one is null ? "" : "A") + (two is null ? "" : "B") + (three is null ? "" : "C"));

    [Node, After(nameof(Any), nameof(Most))]
    Tally Close(One one, Two two, Three three) => new((one.Number + two.Number + three.Number) / 3 + 1);
}

[Workflow]
internal sealed partial class JoinsOn(Joins joins)
{
    public partial ValueTask<Answer> RunAsync(Tally tally, int limit, CancellationToken ct = default);

    static bool IsEnough(Tally tally, int limit) => tally.Count >= limit;

    [SubWorkflow(nameof(joins)), Repeat(Until = nameof(IsEnough))]
    private partial ValueTask<Tally> Part([Input, Carry] Tally tally);

    [Node]
    static Answer Show([From(nameof(Part))] Tally tally) => new($"{tally.Count}");
}

/// <summary>A race in each iteration.</summary>
[Workflow]
internal sealed partial class Races(Gate left, Gate right, Journal journal)
{
    public partial ValueTask<Tally> RunAsync(Tally tally, CancellationToken ct = default);

    [Node]
    async ValueTask<One> Left(Tally tally, CancellationToken ct)
    {
        await left.Wait(ct);
        return journal.Add("left", new One(tally.Count));
    }

    [Node]
    async ValueTask<One> Right(Tally tally, CancellationToken ct)
    {
        await right.Wait(ct);
        return journal.Add("right", new One(tally.Count));
    }

    [Node]
    static Tally Close([FromFirst(nameof(Left), nameof(Right))] One one) => new(one.Number + 1);
}

[Workflow]
internal sealed partial class RacesOn(Races races)
{
    public partial ValueTask<Answer> RunAsync(Tally tally, int limit, CancellationToken ct = default);

    static bool IsEnough(Tally tally, int limit) => tally.Count >= limit;

    [SubWorkflow(nameof(races)), Repeat(Until = nameof(IsEnough))]
    private partial ValueTask<Tally> Part([Input, Carry] Tally tally);

    [Node]
    static Answer Show([From(nameof(Part))] Tally tally) => new($"{tally.Count}");
}

/// <summary>Loops around sub-workflows, and what starts afresh in each iteration.</summary>
public sealed class LoopedPartsTests
{
    private readonly Gate _gate = new();
    private readonly Journal _journal = new();
    private readonly RecordingObserver _observer = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Each_iteration_is_an_activation_of_its_own(bool opens)
    {
        if (opens)
        {
            _gate.Open();
        }

        Task<Answer> run = new WritesOn(new Writes(_gate)) { Runtime = _observer.Watch() }.RunAsync(new Tally(0), 3).AsTask();
        while (_gate.Waiting > 0)
        {
            _gate.Release();
        }

        Assert.Equal("3 3", (await run.Soon()).Text);
        Assert.Equal([">Part", "<Part Completed", ">Part", "<Part Completed", ">Part", "<Part Completed"], _observer.Boundaries);
        Assert.Equal("Executing Completed Executing Completed Executing Completed", _observer.StatesOf("Part.Write"));
    }

    [Fact]
    public async Task A_failing_iteration_closes_its_boundary()
    {
        Task<Answer> run = new WritesOn(new Writes(_gate)) { Runtime = _observer.Watch() }.RunAsync(new Tally(0), 3).AsTask();
        _gate.Release();
        _gate.Fail(new BoomException("second"));

        Assert.Equal("second", (await Assert.ThrowsAsync<BoomException>(() => run.Soon())).Message);
        Assert.Equal([">Part", "<Part Completed", ">Part", "<Part Failed"], _observer.Boundaries);
    }

    [Fact]
    public async Task A_cancelled_iteration_closes_its_boundary()
    {
        using CancellationTokenSource cts = new();
        Task<Answer> run = new WritesOn(new Writes(_gate)) { Runtime = _observer.Watch() }.RunAsync(new Tally(0), 3, cts.Token).AsTask();
        _gate.Release();
        await cts.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal([">Part", "<Part Completed", ">Part", "<Part Cancelled"], _observer.Boundaries);
    }

    [Fact]
    public async Task A_loop_in_a_loop_begins_anew_each_time()
    {
        _gate.Open();

        Assert.Equal("6", (await new Outer(new Inner(_gate, _journal), _journal).RunAsync(new Tally(0), 3, 6).Soon()).Text);
        Assert.Equal("0 1 2 =3 3 4 5 =6", _journal.ToString());
    }

    [Fact]
    public async Task A_loop_in_a_loop_may_suspend_anywhere()
    {
        Task<Answer> run = new Outer(new Inner(_gate, _journal), _journal).RunAsync(new Tally(1), 2, 6).AsTask();
        while (_gate.Waiting > 0)
        {
            _gate.Release();
        }

        Assert.Equal("6", (await run.Soon()).Text);
        Assert.Equal("1 =2 2 3 =4 4 5 =6", _journal.ToString());
    }

    [Fact]
    public async Task Joins_in_a_loop_start_afresh()
    {
        Gate[] gates = [new(), new(), new()];
        Task<Answer> run = new JoinsOn(new Joins(gates, _journal)).RunAsync(new Tally(0), 3).AsTask();
        for (int iteration = 0; iteration < 3; iteration++)
        {
            for (int i = 0; i < 3; i++)
            {
                gates[(iteration + i) % 3].Release();
            }
        }

        Assert.Equal("3", (await run.Soon()).Text);
        Assert.Equal("anyA twoAB anyB twoBC anyC twoAC", _journal.ToString());
    }

    [Fact]
    public async Task Races_in_a_loop_start_afresh()
    {
        Gate right = new();
        Task<Answer> run = new RacesOn(new Races(_gate, right, _journal)).RunAsync(new Tally(0), 4).AsTask();
        _gate.Release();
        right.Release();
        right.Release();
        _gate.Release();

        Assert.Equal("4", (await run.Soon()).Text);
        Assert.Equal("left right right left", _journal.ToString());
        Assert.Equal(0, _gate.Waiting + right.Waiting);
    }

    [Fact]
    public async Task Runs_at_once_share_nothing()
    {
        WritesOn workflow = new(new Writes(_gate));
        Task<Answer>[] runs = [.. Enumerable.Range(1, 4).Select(n => workflow.RunAsync(new Tally(0), n).AsTask())];
        while (_gate.Waiting > 0)
        {
            _gate.ReleaseAt(_gate.Waiting - 1);
        }

        Assert.Equal(["1 1", "2 2", "3 3", "4 4"], (await Task.WhenAll(runs).Soon()).Select(a => a.Text));
    }
}
