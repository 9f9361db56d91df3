namespace Behaviour.Nesting;

/// <summary>The innermost of three: one node that suspends, one that yields nothing and suspends elsewhere.</summary>
[Workflow]
internal sealed partial class Inner(Gate gate, Gate aside, Journal journal)
{
    public partial ValueTask<Two> RunAsync(One one, CancellationToken ct = default);

    [Node]
    ValueTask<Two> Work(One one, CancellationToken ct) => gate.Wait(new Two(one.Number + 1), ct);

    [Node]
    async ValueTask Aside(One one, CancellationToken ct)
    {
        await aside.Wait(ct);
        journal.Add($"aside {one.Number}");
    }
}

[Workflow]
internal sealed partial class Middle(Inner inner)
{
    public partial ValueTask<Three> RunAsync(One one, CancellationToken ct = default);

    [SubWorkflow<Inner>]
    private partial ValueTask<Two> Deep(One one);

    [Node]
    Three Wrap(Two two) => new(two.Number * 10);
}

[Workflow]
internal sealed partial class Outer(Middle middle, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    static bool Wanted(Ask ask) => ask.Number > 0;

    [Node]
    One Begin(Ask ask) => new(ask.Number);

    [SubWorkflow(nameof(middle)), When(nameof(Wanted))]
    private partial ValueTask<Three> Call(One one);

    [Node]
    Answer End(Three? three) => journal.Add("end", new Answer($"{three?.Number ?? -1}"));
}

/// <summary>A shared instance serves where a child needs no arguments and the parent holds none.</summary>
[Workflow]
internal sealed partial class Argumentless
{
    public partial ValueTask<One> RunAsync(Ask ask);

    [Node]
    async ValueTask<One> Work(Ask ask)
    {
        await Task.Yield();
        return new One(ask.Number + 1);
    }
}

[Workflow]
internal sealed partial class UsesShared
{
    public partial ValueTask<Answer> RunAsync(Ask ask);

    [SubWorkflow<Argumentless>]
    private partial ValueTask<One> Left(Ask ask);

    [SubWorkflow<Argumentless>]
    private partial ValueTask<One> Right(Ask ask);

    [Node]
    Answer Join(One left, One right) => new($"{left.Number} {right.Number}");
}

/// <summary>Two instances of one child type, told apart by their members; a void child beside them.</summary>
[Workflow]
internal sealed partial class Writes(Journal journal, string name)
{
    public partial ValueTask RunAsync(Ask ask);

    [Node]
    void Write(Ask ask) => journal.Add($"{name} {ask.Number}");
}

[Workflow]
internal sealed partial class UsesTwoInstances(Writes first, Writes second)
{
    public partial ValueTask RunAsync(Ask ask);

    [SubWorkflow(nameof(second))]
    private partial ValueTask Second(Ask ask);

    [SubWorkflow(nameof(first)), After(nameof(Second))]
    private partial ValueTask First(Ask ask);
}

/// <summary>Its result is slow; the only node after that is known early not to run.</summary>
[Workflow]
internal sealed partial class SkipsItsLast(Gate gate)
{
    public partial ValueTask<Two> RunAsync(One one, CancellationToken ct = default);

    static bool Never(One one) => one.Number < 0;

    [Node]
    ValueTask<Two> Slow(One one, CancellationToken ct) => gate.Wait(new Two(one.Number), ct);

    [Node, When(nameof(Never))]
    void Use(Two two) => _ = two.Number;
}

[Workflow]
internal sealed partial class WaitsForSkipping(SkipsItsLast child, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Ask ask, CancellationToken ct = default);

    [Node]
    One Begin(Ask ask) => new(ask.Number);

    [SubWorkflow(nameof(child))]
    private partial ValueTask<Two> Child(One one);

    [Node]
    Answer End(Two two) => journal.Add("end", new Answer($"{two.Number}"));
}

public sealed class BoundariesTests
{
    private readonly Gate _gate = new();
    private readonly Gate _aside = new();
    private readonly Journal _journal = new();
    private readonly RecordingObserver _observer = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Success_opens_and_closes_every_boundary_in_order(bool openFirst)
    {
        if (openFirst)
        {
            OpenBoth();
        }

        ValueTask<Answer> run = Start(4);
        OpenBoth();

        Assert.Equal("50", (await run.Soon()).Text);
        Assert.Equal([">Call", ">Call.Deep", "<Call.Deep Completed", "<Call Completed"], _observer.Boundaries);
    }

    [Fact]
    public async Task A_boundary_stands_around_its_nodes()
    {
        OpenBoth();
        await Start(4).Soon();

        Assert.True(_observer.IndexOf(">Call.Deep") < _observer.IndexOf("Call.Deep.Work Executing"));
        Assert.True(_observer.IndexOf("Call.Deep.Aside Completed") < _observer.IndexOf("<Call.Deep Completed"));
        Assert.True(_observer.IndexOf("<Call.Deep Completed") < _observer.IndexOf("Call.Wrap Executing"));
        Assert.True(_observer.IndexOf("<Call Completed") < _observer.IndexOf("End Executing"));
    }

    [Fact]
    public async Task A_child_ends_only_when_all_its_nodes_have()
    {
        ValueTask<Answer> run = Start(4);
        _gate.Open();
        Assert.Empty(_journal.Entries);
        Assert.Equal([">Call", ">Call.Deep"], _observer.Boundaries);
        Assert.Equal("", _observer.StatesOf("Call.Wrap"));

        _aside.Open();
        Assert.Equal("50", (await run.Soon()).Text);
        Assert.Equal(["aside 4", "end"], _journal.Entries);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Failure_closes_every_boundary(bool failFirst)
    {
        BoomException boom = new("boom");
        if (failFirst)
        {
            _gate.Fail(boom);
        }

        ValueTask<Answer> run = Start(4);
        _gate.Fail(boom);

        Assert.Same(boom, await Assert.ThrowsAsync<BoomException>(() => run.Soon()));
        Assert.Equal([">Call", ">Call.Deep", "<Call.Deep Failed", "<Call Failed"], _observer.Boundaries);
        Assert.Equal(0, _aside.Waiting);
    }

    [Fact]
    public async Task A_void_node_of_a_child_may_fail_it()
    {
        BoomException boom = new("boom");
        ValueTask<Answer> run = Start(4);
        _gate.Open();
        _aside.Fail(boom);

        Assert.Same(boom, await Assert.ThrowsAsync<BoomException>(() => run.Soon()));
        Assert.Equal(["<Call.Deep Failed", "<Call Failed"], _observer.Boundaries.Skip(2));
    }

    [Fact]
    public async Task Cancellation_closes_every_boundary()
    {
        using CancellationTokenSource cts = new();
        ValueTask<Answer> run = Start(4, cts.Token);
        await _aside.Reached;
        await cts.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal([">Call", ">Call.Deep", "<Call.Deep Cancelled", "<Call Cancelled"], _observer.Boundaries);
    }

    [Fact]
    public async Task A_child_waits_for_its_result_although_all_that_follows_was_skipped_early()
    {
        WaitsForSkipping workflow = new(new SkipsItsLast(_gate), _journal) { Runtime = _observer.Watch() };
        ValueTask<Answer> run = workflow.RunAsync(new Ask(7));
        await _gate.Reached;
        Assert.Equal([">Child"], _observer.Boundaries);
        Assert.Empty(_journal.Entries);

        _gate.Open();
        Assert.Equal("7", (await run.Soon()).Text);
        Assert.Equal([">Child", "<Child Completed"], _observer.Boundaries);
    }

    [Fact]
    public async Task A_skipped_child_has_no_boundary()
    {
        Assert.Equal("-1", (await Start(0).Soon()).Text);
        Assert.Empty(_observer.Boundaries);
        Assert.Equal("Skipped", _observer.StatesOf("Call"));
        Assert.Equal("", _observer.StatesOf("Call.Deep.Work").Replace("Skipped", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_shared_instance_serves_where_no_arguments_are_needed()
        => Assert.Equal("3 3", (await new UsesShared().RunAsync(new Ask(2)).Soon()).Text);

    [Fact]
    public async Task Members_tell_two_instances_apart()
    {
        await new UsesTwoInstances(new Writes(_journal, "first"), new Writes(_journal, "second")).RunAsync(new Ask(2)).Soon();

        Assert.Equal(["second 2", "first 2"], _journal.Entries);
    }

    [Fact]
    public async Task Every_event_of_a_run_carries_one_run_id()
    {
        OpenBoth();
        await Start(4).Soon();

        Assert.NotEqual(Guid.Empty, Assert.Single(_observer.Events.Select(e => e.RunId).Distinct()));
    }

    private void OpenBoth()
    {
        _gate.Open();
        _aside.Open();
    }

    private ValueTask<Answer> Start(int number, CancellationToken ct = default)
        => new Outer(new Middle(new Inner(_gate, _aside, _journal)), _journal) { Runtime = _observer.Watch() }.RunAsync(new Ask(number), ct);
}
