namespace Patterns.P22_Recursion;

public sealed class P22_RecursionTests : IPriceList
{
    private readonly Doors _doors = new();
    private readonly RecordingObserver _observer = new();

    [Fact]
    public async Task Parts_of_parts_cost_what_the_same_workflow_says()
    {
        _doors.Open("car", "engine", "screw", "door");
        Part engine = new("engine", new Part("screw"), new Part("screw"));

        Cost cost = await Flow().RunAsync(new Part("car", engine, new Part("door"), new Part("door"))).Soon();

        Assert.Equal(new Cost(3 + 6 + 5 + 5 + 4 + 4), cost);
    }

    [Fact]
    public async Task All_levels_are_one_run()
    {
        _doors.Open("car", "engine", "screw");

        await Flow().RunAsync(new Part("car", new Part("engine", new Part("screw")))).Soon();

        Assert.Single(_observer.Events.Select(e => e.RunId).Distinct());
        Assert.Equal(2, _observer.Events.Count(e => e.Kind == FlowEventKind.SubWorkflowStarted));
        Assert.Equal(2, _observer.Events.Count(e => e is { Kind: FlowEventKind.SubWorkflowCompleted, Detail: "Completed" }));
    }

    [Fact]
    public async Task Parts_are_worked_out_at_the_same_time()
    {
        ValueTask<Cost> run = Flow().RunAsync(new Part("car", new Part("engine"), new Part("door")));
        await _doors["engine"].Reached;
        await _doors["door"].Reached;
        _doors.Open("door", "engine", "car");

        Assert.Equal(new Cost(13), await run.Soon());
    }

    [Fact]
    public async Task Four_calls_inside_of_each_other_are_allowed()
    {
        _doors.Open("a");

        Assert.Equal(new Cost(5), await Flow().RunAsync(Nested(4)).Soon());
    }

    [Fact]
    public async Task A_fifth_is_refused()
    {
        _doors.Open("a");

        FlowLimitException error = await Assert.ThrowsAsync<FlowLimitException>(() => Flow().RunAsync(Nested(5)).Soon());

        Assert.Contains("4 run-time chosen calls", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_failure_of_the_innermost_fails_the_run_as_it_is()
    {
        InvalidOperationException unknown = new("no price");
        _doors.Open("car", "engine");
        _doors["screw"].Fail(unknown);

        ValueTask<Cost> run = Flow().RunAsync(new Part("car", new Part("engine", new Part("screw"))));

        Assert.Same(unknown, await Assert.ThrowsAsync<InvalidOperationException>(() => run.Soon()));
    }

    [Fact]
    public async Task Cancellation_reaches_the_innermost()
    {
        _doors.Open("car", "engine");
        using CancellationTokenSource cts = new();
        ValueTask<Cost> run = Flow().RunAsync(new Part("car", new Part("engine", new Part("screw"))), cts.Token);
        await _doors["screw"].Reached;
        await cts.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(0, _doors["screw"].Waiting);
        Assert.Equal("run Cancelled", _observer.Lines[^1]);
    }

    public ValueTask<Price> PriceAsync(string part, CancellationToken ct) => _doors[part].Wait(new Price(part.Length), ct);

    private static Part Nested(int levels) => levels == 0 ? new Part("a") : new Part("a", Nested(levels - 1));

    private CostOfPart Flow() => new(this) { Runtime = _observer.Watch() };
}
