namespace Behaviour.Loops;

/// <summary>Its third iteration waits, those before complete at once. What the loop and the nodes around it read has to survive that.</summary>
[Workflow]
internal sealed partial class WaitsInTheThird(Gate gate)
{
    [return: From(nameof(Show))]
    public partial ValueTask<Answer> RunAsync(Tally start, int limit, CancellationToken ct = default);

    static bool IsEnough(Tally tally, int limit) => tally.Count >= limit;

    [Node]
    static One Before(int limit) => new(limit + 1);

    [Node, Repeat(Until = nameof(IsEnough), MaxIterations = 5)]
    ValueTask<Tally> Step([Carry] Tally start, One one, CancellationToken ct)
    {
        Tally next = new(start.Count + one.Number - one.Number + 1);
        return start.Count == 2 ? gate.Wait(next, ct) : new(next);
    }

    [Node]
    static Answer Show([From(nameof(Step))] Tally tally, One one, int limit) => new($"{tally.Count} {one.Number} {limit}");
}

/// <summary>The same where a failure is handled, and without a limit.</summary>
[Workflow]
internal sealed partial class WaitsInTheThirdGuarded(Gate gate, Policies.Trouble trouble)
{
    public partial ValueTask<Answer> RunAsync(Tally start, int limit, CancellationToken ct = default);

    static bool IsEnough(Tally tally, int limit) => tally.Count >= limit;

    [Node]
    static One Before(int limit) => new(limit + 1);

    [Node, Repeat(Until = nameof(IsEnough), MaxIterations = 0)]
    ValueTask<Tally> Step([Carry] Tally start, One one, CancellationToken ct)
    {
        Tally next = new(start.Count + one.Number - one.Number + 1);
        return start.Count == 2 ? gate.Wait(next, ct) : new(trouble.Pass(next));
    }

    [Catch(nameof(Step))]
    static Tally Instead(BoomException error, One one) => new(-one.Number);

    [Node]
    static Answer Show([From(nameof(Step))] Tally step, One one) => new($"{step.Count} {one.Number}");
}

public sealed class HandedOverLoopTests
{
    private readonly Gate _gate = new();

    [Theory]
    [InlineData(2, 0)]
    [InlineData(5, 1)]
    public async Task Iterations_are_counted_on(int limit, int waits)
    {
        ValueTask<Answer> run = new WaitsInTheThird(_gate).RunAsync(new Tally(0), limit);
        Assert.Equal(waits, _gate.Waiting);
        _gate.Open();

        Assert.Equal($"{limit} {limit + 1} {limit}", (await run.Soon()).Text);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task The_limit_holds_and_names_the_run(int start)
    {
        ValueTask<Answer> run = new WaitsInTheThird(_gate).RunAsync(new Tally(start), limit: 100);
        _gate.Open();

        FlowLimitException error = await Assert.ThrowsAsync<FlowLimitException>(() => run.Soon());
        Assert.Equal("Step", error.NodePath);
        Assert.NotNull(error.RunId);
    }

    [Fact]
    public async Task A_cancelled_run_makes_no_further_iteration()
    {
        using CancellationTokenSource source = new();
        ValueTask<Answer> run = new WaitsInTheThird(_gate).RunAsync(new Tally(0), limit: 5, source.Token);
        await source.CancelAsync();

        Assert.Equal(source.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon())).CancellationToken);
    }

    [Theory]
    [InlineData(0, "4 5")]
    [InlineData(1, "-5 5")]
    public async Task A_guarded_loop(int failures, string expected)
    {
        ValueTask<Answer> run = new WaitsInTheThirdGuarded(_gate, Policies.Trouble.Times(failures)).RunAsync(new Tally(0), limit: 4);
        _gate.Open();

        Assert.Equal(expected, (await run.Soon()).Text);
    }
}
