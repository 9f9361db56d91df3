namespace Behaviour.Loops;

internal sealed record Tally(int Count);

/// <summary>Nothing in it suspends: plain code.</summary>
[Workflow]
internal sealed partial class CountsAtOnce
{
    public partial Tally Run(Tally start, int limit, CancellationToken ct = default);

    static bool IsShort(Tally tally, int limit) => tally.Count < limit;

    [Node, Repeat(While = nameof(IsShort), MaxIterations = 0)]
    static Tally Step([Carry] Tally tally) => new(tally.Count + 1);
}

/// <summary>One node in flight at a time; the carried parameter is found by its type.</summary>
[Workflow]
internal sealed partial class CountsSlowly(Gate gate, Journal journal)
{
    public partial ValueTask<Tally> RunAsync(Tally start, int limit, CancellationToken ct = default);

    static bool IsEnough(Tally tally, int limit) => tally.Count >= limit;

    [Node, Repeat(Until = nameof(IsEnough))]
    async ValueTask<Tally> Step(Tally tally, CancellationToken ct)
    {
        journal.Add($"{tally.Count}");
        await gate.Wait(ct);
        return new Tally(tally.Count + 1);
    }
}

/// <summary>With something beside it.</summary>
[Workflow]
internal sealed partial class CountsBeside(Gate gate, Gate other, Journal journal)
{
    public partial ValueTask<Answer> RunAsync(Tally start, int limit, CancellationToken ct = default);

    static bool IsEnough(Tally tally, int limit) => tally.Count >= limit;

    [Node, Repeat(Until = nameof(IsEnough))]
    async ValueTask<Tally> Step(Tally tally, CancellationToken ct)
    {
        journal.Add($"{tally.Count}");
        await gate.Wait(ct);
        return new Tally(tally.Count + 1);
    }

    [Node]
    ValueTask<One> Beside(int limit, CancellationToken ct) => other.Wait(new One(limit), ct);

    [Node]
    static Answer Join([From(nameof(Step))] Tally tally, One one) => new($"{tally.Count} {one.Number}");
}

/// <summary>As a part, twice.</summary>
[Workflow]
internal sealed partial class CountsTwice(CountsSlowly counts)
{
    public partial ValueTask<Answer> RunAsync(Tally start, int limit, CancellationToken ct = default);

    [SubWorkflow(nameof(counts))]
    private partial ValueTask<Tally> First(Tally start, int limit);

    [SubWorkflow(nameof(counts))]
    private partial ValueTask<Tally> Second([From(nameof(First))] Tally start, [From(nameof(Further))] int limit);

    [Node]
    static int Further(int limit) => 2 * limit;

    [Node]
    static Answer Show([From(nameof(First))] Tally first, [From(nameof(Second))] Tally second) => new($"{first.Count} {second.Count}");
}

/// <summary>Called through its virtual entry where it is another class than the declared one.</summary>
[Workflow]
internal partial class CountsAnyhow(Gate gate)
{
    public virtual partial ValueTask<Tally> RunAsync(Tally start, int limit, CancellationToken ct = default);

    private protected static bool IsEnough(Tally tally, int limit) => tally.Count >= limit;

    [Node, Repeat(Until = nameof(IsEnough))]
    private protected virtual ValueTask<Tally> Step(Tally tally, CancellationToken ct) => gate.Wait(new Tally(tally.Count + 1), ct);
}

[Workflow]
internal sealed partial class CountsByTwo(Gate gate) : CountsAnyhow(gate)
{
    private protected override ValueTask<Tally> Step(Tally tally, CancellationToken ct) => new(new Tally(tally.Count + 2));
}

[Workflow]
internal sealed partial class CountsLinked(CountsAnyhow counts)
{
    public partial ValueTask<Answer> RunAsync(Tally start, int limit, CancellationToken ct = default);

    [SubWorkflow(nameof(counts))]
    private partial ValueTask<Tally> Part(Tally start, int limit);

    [Node]
    static Answer Show([From(nameof(Part))] Tally tally) => new($"{tally.Count}");
}

/// <summary>A loop in each element.</summary>
[Workflow]
internal sealed partial class CountsForEach(CountsSlowly counts)
{
    public partial ValueTask<Answer> RunAsync(Tally[] starts, int limit, CancellationToken ct = default);

    [SubWorkflow(nameof(counts))]
    private partial ValueTask<Tally> Part([Each(MaxParallelism = 2)] Tally start, int limit);

    [Node]
    static Answer Show([From(nameof(Part))] Tally[] tallies) => new(string.Join(' ', tallies.Select(t => t.Count)));
}

/// <summary>Yields nothing, and is asked through a property of a service.</summary>
[Workflow]
internal sealed partial class Drains(Queue<int> queue, Journal journal)
{
    public partial ValueTask RunAsync(int unit, CancellationToken ct = default);

    bool HasMore => queue.Count > 0;

    [Node, Repeat(While = nameof(HasMore))]
    ValueTask Take(int unit, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        journal.Add($"{queue.Dequeue() * unit}");
        return default;
    }
}

public sealed class RepeatTests
{
    private readonly Gate _gate = new();
    private readonly Gate _other = new();
    private readonly Journal _journal = new();

    [Theory]
    [InlineData(0, 5, 5)]
    [InlineData(5, 5, 6)]
    [InlineData(0, 100_000, 100_000)]
    public void A_loop_that_does_not_suspend_runs_at_least_once(int start, int limit, int expected)
        => Assert.Equal(expected, new CountsAtOnce().Run(new Tally(start), limit).Count);

    [Fact]
    public void A_loop_that_does_not_suspend_is_cancelled_before_it_begins()
    {
        using CancellationTokenSource cts = new();
        cts.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => new CountsAtOnce().Run(new Tally(0), 5, cts.Token));
    }

    [Fact]
    public async Task The_value_of_one_iteration_is_carried_to_the_next()
    {
        ValueTask<Tally> run = new CountsSlowly(_gate, _journal).RunAsync(new Tally(3), 6);
        Assert.Equal(["3"], _journal.Entries);
        _gate.Release();
        Assert.Equal(["3", "4"], _journal.Entries);
        _gate.Release();
        _gate.Release();

        Assert.Equal(6, (await run.Soon()).Count);
        Assert.Equal(["3", "4", "5"], _journal.Entries);
    }

    [Fact]
    public async Task Iterations_may_complete_at_once_and_later_in_turn()
    {
        ValueTask<Tally> run = new CountsSlowly(_gate, _journal).RunAsync(new Tally(0), 2_000);
        _gate.Release();
        _gate.Open();

        // More iterations than the limit of 1,000 that stands where nothing is said.
        FlowLimitException error = await Assert.ThrowsAsync<FlowLimitException>(() => run.Soon());
        Assert.Equal("Step", error.NodePath);
        Assert.Equal(1_000, _journal.Entries.Count);
    }

    [Fact]
    public async Task A_loop_runs_beside_others()
    {
        ValueTask<Answer> run = new CountsBeside(_gate, _other, _journal).RunAsync(new Tally(0), 3);
        _gate.Release();
        _other.Release();
        _gate.Release();
        _gate.Release();

        Assert.Equal("3 3", (await run.Soon()).Text);
    }

    [Fact]
    public async Task A_loop_goes_on_while_what_is_joined_with_it_takes_longer()
    {
        ValueTask<Answer> run = new CountsBeside(_gate, _other, _journal).RunAsync(new Tally(0), 3);
        _gate.Release();
        _gate.Release();
        _gate.Release();
        Assert.Equal(["0", "1", "2"], _journal.Entries);
        _other.Release();

        Assert.Equal("3 3", (await run.Soon()).Text);
    }

    [Fact]
    public async Task The_failure_of_an_iteration_ends_the_loop()
    {
        ValueTask<Tally> run = new CountsSlowly(_gate, _journal).RunAsync(new Tally(0), 5);
        _gate.Release();
        _gate.Fail(new BoomException("two"));

        Assert.Equal("two", (await Assert.ThrowsAsync<BoomException>(() => run.Soon())).Message);
        Assert.Equal(["0", "1"], _journal.Entries);
    }

    [Fact]
    public async Task Cancellation_reaches_the_iteration_that_executes()
    {
        using CancellationTokenSource cts = new();
        ValueTask<Tally> run = new CountsSlowly(_gate, _journal).RunAsync(new Tally(0), 5, cts.Token);
        _gate.Release();
        await cts.CancelAsync();

        Assert.Equal(cts.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon())).CancellationToken);
    }

    [Fact]
    public async Task The_same_object_counts_anew_after_a_failure()
    {
        Gate broken = new();
        Gate[] gates = [broken];
        CountsSlowly failing = new(broken, _journal);
        ValueTask<Tally> first = failing.RunAsync(new Tally(0), 5);
        broken.Release();
        broken.Fail(new BoomException("first"));
        await Assert.ThrowsAsync<BoomException>(() => first.Soon());
        gates[0].Open();

        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(5 + i, (await failing.RunAsync(new Tally(i), 5 + i).Soon()).Count);
        }
    }

    [Fact]
    public async Task Runs_at_once_count_for_themselves()
    {
        CountsBeside workflow = new(_gate, _other, _journal);
        Task<Answer>[] runs = [.. Enumerable.Range(1, 5).Select(n => workflow.RunAsync(new Tally(0), n).AsTask())];
        _other.Open();
        for (int i = 0; i < 15; i++)
        {
            _gate.ReleaseAt(_gate.Waiting - 1);
        }

        Assert.Equal(["1 1", "2 2", "3 3", "4 4", "5 5"], (await Task.WhenAll(runs).Soon()).Select(a => a.Text));
    }

    [Fact]
    public async Task A_flattened_loop_counts_for_each_call()
    {
        ValueTask<Answer> run = new CountsTwice(new CountsSlowly(_gate, _journal)).RunAsync(new Tally(0), 2);
        while (_gate.Waiting > 0)
        {
            _gate.Release();
        }

        Assert.Equal("2 4", (await run.Soon()).Text);
        Assert.Equal(["0", "1", "2", "3"], _journal.Entries);
    }

    [Theory]
    [InlineData(false, "5")]
    [InlineData(true, "6")]
    public async Task A_linked_loop_counts(bool byTwo, string expected)
    {
        _gate.Open();
        CountsAnyhow counts = byTwo ? new CountsByTwo(_gate) : new CountsAnyhow(_gate);

        Assert.Equal(expected, (await new CountsLinked(counts).RunAsync(new Tally(0), 5).Soon()).Text);
    }

    [Fact]
    public async Task Each_element_counts_for_itself()
    {
        ValueTask<Answer> run = new CountsForEach(new CountsSlowly(_gate, _journal)).RunAsync([new(0), new(3), new(1)], 4);
        Assert.Equal(2, _gate.Waiting);
        while (_gate.Waiting > 0)
        {
            _gate.ReleaseAt(_gate.Waiting - 1);
        }

        Assert.Equal("4 4 4", (await run.Soon()).Text);
    }

    [Fact]
    public async Task A_property_may_decide_and_a_node_may_yield_nothing()
    {
        await new Drains(new Queue<int>([1, 2, 3]), _journal).RunAsync(10).Soon();

        Assert.Equal(["10", "20", "30"], _journal.Entries);
    }

    [Fact]
    public void A_condition_that_throws_fails_the_node()
        => Assert.Throws<NullReferenceException>(() => new CountsAtOnce().Run(null!, 5));
}
