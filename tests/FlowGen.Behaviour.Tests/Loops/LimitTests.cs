namespace Behaviour.Loops;

[Workflow]
internal sealed partial class StopsAtThree(Gate gate)
{
    public partial ValueTask<Tally> RunAsync(Tally start, int limit, CancellationToken ct = default);

    static bool IsEnough(Tally tally, int limit) => tally.Count >= limit;

    [Node, Repeat(Until = nameof(IsEnough), MaxIterations = 3, AtLimit = RepeatLimit.Stop)]
    ValueTask<Tally> Step(Tally tally, CancellationToken ct) => gate.Wait(new Tally(tally.Count + 1), ct);
}

[Workflow]
internal sealed partial class FailsAtThree(Gate gate, Gate? beside = null)
{
    public partial ValueTask<Answer> RunAsync(Tally start, int limit, CancellationToken ct = default);

    static bool IsEnough(Tally tally, int limit) => tally.Count >= limit;

    [Node, Repeat(Until = nameof(IsEnough), MaxIterations = 3)]
    ValueTask<Tally> Step(Tally tally, CancellationToken ct) => gate.Wait(new Tally(tally.Count + 1), ct);

    [Node]
    ValueTask<One> Beside(int limit, CancellationToken ct) => beside?.Wait(new One(limit), ct) ?? new ValueTask<One>(new One(limit));

    [Node]
    static Answer Show([From(nameof(Step))] Tally tally, One one) => new($"{tally.Count} {one.Number}");
}

/// <summary>Without anything that suspends.</summary>
[Workflow]
internal sealed partial class FailsAtOnce
{
    public partial Tally Run(Tally start, int limit);

    static bool IsEnough(Tally tally, int limit) => tally.Count >= limit;

    [Node, Repeat(Until = nameof(IsEnough), MaxIterations = 3)]
    static Tally Step(Tally tally) => new(tally.Count + 1);
}

[Workflow]
internal sealed partial class StopsAtOnce
{
    public partial Tally Run(Tally start, int limit);

    static bool IsShort(Tally tally, int limit) => tally.Count < limit;

    [Node, Repeat(While = nameof(IsShort), MaxIterations = 3, AtLimit = RepeatLimit.Stop)]
    static Tally Step(Tally tally) => new(tally.Count + 1);
}

/// <summary>The limit is a failure like any other.</summary>
[Workflow]
internal sealed partial class CatchesTheLimit(Gate gate)
{
    public partial ValueTask<Answer> RunAsync(Tally start, int limit, CancellationToken ct = default);

    static bool IsEnough(Tally tally, int limit) => tally.Count >= limit;

    [Node, Repeat(Until = nameof(IsEnough), MaxIterations = 3)]
    ValueTask<Tally> Step(Tally tally, CancellationToken ct) => gate.Wait(new Tally(tally.Count + 1), ct);

    [Catch(nameof(Step))]
    static Tally Instead(FlowLimitException error) => new(-error.NodePath!.Length);

    [Node]
    static Answer Show([From(nameof(Step), nameof(Instead))] Tally tally) => new($"{tally.Count}");
}

[Workflow]
internal sealed partial class RetriesTheLimit(Gate gate)
{
    public partial ValueTask<Tally> RunAsync(Tally start, int limit, CancellationToken ct = default);

    static bool IsEnough(Tally tally, int limit) => tally.Count >= limit;

    [Node, Repeat(Until = nameof(IsEnough), MaxIterations = 3), Retry(5, DelayMs = 0)]
    ValueTask<Tally> Step(Tally tally, CancellationToken ct) => gate.Wait(new Tally(tally.Count + 1), ct);
}

public sealed class LimitTests
{
    private readonly Gate _gate = new();

    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 3)]
    [InlineData(4, 3)]
    public async Task At_the_limit_a_loop_may_stop_with_what_it_has(int limit, int expected)
    {
        ValueTask<Tally> run = new StopsAtThree(_gate).RunAsync(new Tally(0), limit);
        while (_gate.Waiting > 0)
        {
            _gate.Release();
        }

        Assert.Equal(expected, (await run.Soon()).Count);
        Assert.Equal(expected, new StopsAtOnce().Run(new Tally(0), limit).Count);
    }

    [Fact]
    public async Task A_loop_that_needs_exactly_as_many_iterations_completes()
    {
        _gate.Open();

        Assert.Equal("3 3", (await new FailsAtThree(_gate).RunAsync(new Tally(0), 3).Soon()).Text);
        Assert.Equal(3, new FailsAtOnce().Run(new Tally(0), 3).Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task At_the_limit_a_loop_fails_otherwise(bool opens)
    {
        if (opens)
        {
            _gate.Open();
        }

        ValueTask<Answer> run = new FailsAtThree(_gate).RunAsync(new Tally(0), 4);
        while (_gate.Waiting > 0)
        {
            _gate.Release();
        }

        FlowLimitException error = await Assert.ThrowsAsync<FlowLimitException>(() => run.Soon());
        Assert.Equal("Step", error.NodePath);
        Assert.Equal(3, _gate.Arrivals);
    }

    [Fact]
    public void At_the_limit_plain_code_fails_too()
    {
        FlowLimitException error = Assert.Throws<FlowLimitException>(() => new FailsAtOnce().Run(new Tally(0), 4));

        Assert.Equal("Step", error.NodePath);
        Assert.Contains("3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_limit_cancels_what_is_beside_it()
    {
        Gate beside = new();
        _gate.Open();
        ValueTask<Answer> run = new FailsAtThree(_gate, beside).RunAsync(new Tally(0), 4);

        await Assert.ThrowsAsync<FlowLimitException>(() => run.Soon());
        Assert.Equal(0, beside.Waiting);
    }

    [Fact]
    public async Task The_limit_can_be_caught()
    {
        _gate.Open();

        Assert.Equal("-4", (await new CatchesTheLimit(_gate).RunAsync(new Tally(0), 9).Soon()).Text);
        Assert.Equal("3", (await new CatchesTheLimit(_gate).RunAsync(new Tally(0), 3).Soon()).Text);
    }

    [Fact]
    public async Task The_limit_is_outside_of_retries()
    {
        _gate.Open();

        await Assert.ThrowsAsync<FlowLimitException>(() => new RetriesTheLimit(_gate).RunAsync(new Tally(0), 9).Soon());
        Assert.Equal(3, _gate.Arrivals);
    }

    [Fact]
    public async Task The_same_object_may_loop_again_after_the_limit()
    {
        FailsAtThree workflow = new(_gate);
        _gate.Open();
        for (int i = 0; i < 3; i++)
        {
            await Assert.ThrowsAsync<FlowLimitException>(() => workflow.RunAsync(new Tally(0), 4).Soon());
            Assert.Equal("3 3", (await workflow.RunAsync(new Tally(0), 3).Soon()).Text);
        }
    }
}
