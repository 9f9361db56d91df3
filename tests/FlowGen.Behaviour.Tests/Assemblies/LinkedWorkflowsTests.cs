using Library;

namespace Behaviour.Assemblies;

/// <summary>Sub-workflows of a referenced assembly are a part of the run: its identity, states, events, failures, cancellation and cleanup.</summary>
public sealed class LinkedWorkflowsTests
{
    private readonly Gate _gate = new();
    private readonly Census _census = new();
    private readonly Journal _journal = new();
    private readonly RecordingObserver _observer = new();

    [Fact]
    public async Task It_runs_in_the_same_run()
    {
        FlowRuntime runtime = _observer.Watch();
        Task<Answer> run = Two(runtime).RunAsync(new Ask(2)).AsTask();
        await _gate.ReachedBy(2);
        Assert.Equal(["beside"], _journal.Entries);
        _gate.ReleaseAt(0);
        _gate.Open();
        Assert.Equal("cold 6 Cold.Print 1 True|dry 100 Dry.Print 2 True|2", (await run.Soon()).Text);

        Assert.Single(_observer.Events.Select(e => e.RunId).Distinct());
        Assert.Equal("Executing Completed", _observer.StatesOf("Cold.Calculate.Multiply"));
        Assert.Equal("Executing Completed", _observer.StatesOf("Dry.Print"));
        Assert.Equal("Skipped", _observer.StatesOf("Cold.Warn"));
        Assert.Equal("Executing Completed", _observer.StatesOf("Dry.Warn"));
        Assert.Equal(
            ["<Cold Completed", "<Cold.Calculate Completed", "<Dry Completed", "<Dry.Calculate Completed", ">Cold", ">Cold.Calculate", ">Dry", ">Dry.Calculate"],
            _observer.Boundaries.Order(StringComparer.Ordinal));
        Assert.True(_observer.IndexOf("<Cold.Calculate Completed") < _observer.IndexOf("<Cold Completed"));

        // The call of Cold cleans at once, that of Dry on demand.
        Assert.Equal((2, 1, 0), (_census.Used, _census.Cleaned, _census.DirtyUses));
        await runtime.CleanUpAsync();
        Assert.Equal(2, _census.Cleaned);
    }

    [Fact]
    public async Task It_runs_at_once_and_without_an_observer()
    {
        _gate.Open();
        ShipsTwo two = Two(new FlowRuntime(new FlowRuntimeOptions()));
        Assert.Equal("cold 6 Cold.Print 1 True|dry 100 Dry.Print 2 True|2", (await two.RunAsync(new Ask(2)).Soon()).Text);
    }

    [Fact]
    public void The_graph_of_the_parent_has_its_nodes_last()
    {
        Assert.Equal(
            [
                "Pack", "Cold", "Dry", "Five", "Beside", "Join",
                "Cold.Calculate", "Cold.Calculate.Multiply", "Cold.Print", "Cold.Warn",
                "Dry.Calculate", "Dry.Calculate.Multiply", "Dry.Print", "Dry.Warn",
            ],
            ShipsTwo.Graph.Nodes.Select(n => n.Path));
        Assert.Equal(Enum.GetNames<ShipsTwo.NodeId>(), ShipsTwo.Graph.Nodes.Take(6).Select(n => n.Path));
        Assert.Equal([], ShipsTwo.Graph.Validate());
        Assert.Equal(["Cold: ship parcel", "Dry: ship parcel"], ShipsTwo.Descriptor.Children.Select(c => $"{c.NodePath}: {c.WorkflowId}"));
        Assert.Contains("Multiply", ShipsTwo.Graph.ToMermaid(), StringComparison.Ordinal);
        Assert.Equal(ShipsTwo.Graph.Find("Cold")!.Index, ShipsTwo.Graph.Find("Cold.Print")!.Parent);
        Assert.Equal(["Inner.Ship.Calculate.Multiply", "Inner.Ship.Print"], Observes.Graph.Nodes.Where(n => n.Depth > 1 && n.Kind != FlowNodeKind.SubWorkflow).Select(n => n.Path).Take(2));
        Assert.Equal([], Observes.Graph.Validate());
    }

    [Fact]
    public async Task A_failure_inside_is_the_failure_of_the_run()
    {
        ShipsTwo two = Two(_observer.Watch());
        ArgumentException failed = await Assert.ThrowsAsync<ArgumentException>(() => two.RunAsync(new Ask(0)).Soon());
        Assert.StartsWith("weightless", failed.Message, StringComparison.Ordinal);
        Assert.Equal("Executing Failed", _observer.StatesOf("Cold.Calculate.Multiply"));
        Assert.Contains("<Cold Failed", _observer.Boundaries);
        Assert.Equal("Cancelled", _observer.StatesOf("Cold.Print"));
        Assert.Equal("Cancelled", _observer.StatesOf("Join"));
        Assert.Equal(_observer.Boundaries.Count(b => b[0] == '>'), _observer.Boundaries.Count(b => b[0] == '<'));
    }

    [Fact]
    public async Task A_failing_sibling_cancels_it()
    {
        ShipsTwo two = Two(_observer.Watch());
        Task<Answer> run = two.RunAsync(new Ask(2)).AsTask();
        await _gate.ReachedBy(2);
        _gate.Fail(new BoomException("printer"));
        Assert.Equal("printer", (await Assert.ThrowsAsync<BoomException>(() => run.Soon())).Message);
        Assert.Equal(0, _gate.Waiting);
    }

    [Fact]
    public async Task Cancelling_the_run_reaches_it_and_cleans_it()
    {
        using CancellationTokenSource source = new();
        FlowRuntime runtime = _observer.Watch();
        Task<Answer> run = Two(runtime).RunAsync(new Ask(2), source.Token).AsTask();
        await _gate.ReachedBy(2);
        source.Cancel();
        OperationCanceledException cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(source.Token, cancelled.CancellationToken);
        Assert.Equal("Executing Cancelled", _observer.StatesOf("Cold.Print"));
        Assert.Contains("<Cold Cancelled", _observer.Boundaries);
        Assert.Contains("<Dry Cancelled", _observer.Boundaries);
        await runtime.CleanUpAsync();
        Assert.Equal(2, _census.Cleaned);
    }

    [Fact]
    public async Task It_runs_once_per_element()
    {
        _gate.Open();
        ShipsMany many = new(new ShipParcel(new Price(), _census, _gate)) { Runtime = _observer.Watch() };
        Parcel[] parcels = [.. Enumerable.Range(1, 6).Select(n => new Parcel($"p{n}", n))];
        Assert.Equal("p1,p2,p3,p4,p5,p6", (await many.RunAsync(parcels).Soon()).Text);
        Assert.Equal(6, _observer.Boundaries.Count(b => b == "<Ship Completed"));
        Assert.Equal(6, _observer.StatesOf("Ship.Print").Split(' ').Count(s => s == "Completed"));
        Assert.Equal((6, 6, 0), (_census.Used, _census.Cleaned, _census.DirtyUses));
    }

    [Theory]
    [InlineData(5, "Completed p 15 Inner.Ship.Print 1 True ")]
    [InlineData(0, "Failed weightless (Parameter 'parcel') ")]
    [InlineData(200, "Completed none ")]
    public async Task A_parent_of_its_parent_observes_it(int weight, string expected)
    {
        _gate.Open();
        Observes observes = new(new Ships(new ShipParcel(new Price(), _census, _gate)), new Retired()) { Runtime = _observer.Watch() };
        Assert.Equal(expected, (await observes.RunAsync(new Parcel("p", weight)).Soon()).Text);
        Assert.Equal(weight > 100 ? "Skipped" : weight > 0 ? "Executing Completed" : "Cancelled", _observer.StatesOf("Inner.Ship.Print"));
        Assert.Equal("Executing Failed", _observer.StatesOf("Never"));
        Assert.IsType<FlowDisabledException>(_observer.Events.Last(e => e.Path == "Never").Error);
    }

    [Theory]
    [InlineData(1, "Completed Completed 4", "Completed")]
    [InlineData(0, "Failed Failed 4", "Failed")]
    public async Task Outcomes_are_values_and_boundaries_say_what_they_are(int number, string expected, string boundary)
    {
        Attempts attempts = new(Attempt<One>(number), Attempt<string>(number)) { Runtime = _observer.Watch() };
        Assert.Equal(expected, (await attempts.RunAsync(new Ask(number), new Parcel("p", 4)).Soon()).Text);
        Assert.Contains($"<First {boundary}", _observer.Boundaries);
        Assert.Equal("Executing Completed", _observer.StatesOf("Weigh.Read"));

        static Attempt<T> Attempt<T>(int number) => new(async value =>
        {
            await Task.Yield();
            return number > 0 ? value : throw new BoomException("attempt");
        });
    }

    [Fact]
    public async Task A_class_of_this_assembly_may_complete_it()
    {
        Task<Label> run = new Sends(new Van(_gate)) { Runtime = _observer.Watch() }.RunAsync(new Parcel("p", 1)).AsTask();
        await _gate.Reached;
        _gate.Open();
        Assert.Equal("p 7", (await run.Soon()).Text);
        Assert.Equal("Executing Completed", _observer.StatesOf("Send.Quote"));
        Assert.Single(_observer.Events.Select(e => e.RunId).Distinct());

        RecordingObserver own = new();
        await new Van(_gate) { Runtime = own.Watch() }.RunAsync(new Parcel("p", 1)).Soon();
        Assert.Equal("van", own.Events[0].Detail);
    }

    [Fact]
    public async Task Many_runs_share_nothing()
    {
        _gate.Open();
        ShipsTwo two = Two(new FlowRuntime(new FlowRuntimeOptions()));
        string[] answers = await Task.WhenAll(Enumerable.Range(1, 300).Select(n => Task.Run(async () => (await two.RunAsync(new Ask(n % 5 + 1)).Soon()).Text)));
        Assert.All(answers, (text, n) => Assert.Equal($"cold {3 * ((n + 1) % 5 + 1)} Cold.Print 1 True|dry 100 Dry.Print 2 True|2", text));
        Assert.Equal(0, _census.DirtyUses);
    }

    private ShipsTwo Two(FlowRuntime runtime) => new(new ShipParcel(new Price(), _census, _gate), _journal) { Runtime = runtime };
}
