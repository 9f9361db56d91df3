namespace Behaviour.Generics;

/// <summary>Workflows with type parameters: by themselves, closed over types in others, watched, failing, cancelled and in crowds.</summary>
public sealed class GenericWorkflowsTests
{
    private readonly Gate _gate = new();
    private readonly Census _census = new();
    private readonly RecordingObserver _observer = new();

    [Fact]
    public async Task It_runs_at_once_and_suspended()
    {
        Convert<Ask, string, int> convert = new(ask => $"{ask.Number}", text => text.Length, _gate, _census);
        Task<int> suspended = convert.RunAsync(new Ask(1234)).AsTask();
        await _gate.Reached;
        Assert.False(suspended.IsCompleted);
        _gate.Open();
        Assert.Equal(4, await suspended.Soon());
        Assert.Equal(2, await convert.RunAsync(new Ask(12)).Soon());
        Assert.Equal((2, 0), (_census.Used, _census.DirtyUses));
    }

    [Fact]
    public void Type_arguments_may_be_values_or_references()
    {
        Assert.Equal([3, 2, 1, 3], new Reverse<int>().Run([1, 2, 3]).Items);
        Assert.Equal(["b", "a"], new Reverse<string>().Run(["a", "b"]).Items);
        Assert.Equal([3, 2, 1, 3], new Reverse<int> { Runtime = _observer.Watch() }.Run([1, 2, 3]).Items);
        Assert.Equal("Executing Completed", _observer.StatesOf("Largest"));
    }

    [Theory]
    [InlineData(1, "x/5/7")]
    [InlineData(0, "//none")]
    public async Task Values_of_type_parameters_may_be_absent(int number, string expected)
    {
        Assert.Equal(expected, await new Absent<string, int, int>("x", 5, 7).RunAsync(new Ask(number)).Soon());
        Assert.Equal(expected, await new Absent<object, int, string>("x", 5, "7") { Runtime = _observer.Watch() }.RunAsync(new Ask(number)).Soon());
    }

    [Fact]
    public async Task A_generic_container_gives_its_type_parameters()
        => Assert.Equal(new Outer<string>.Unpacked("a", 5), await new Outer<string>.Inside<int>().RunAsync("a", 5).Soon());

    [Fact]
    public void Each_closed_type_has_a_graph_of_its_own()
    {
        Assert.NotSame(Convert<Ask, string, int>.Graph, Convert<Ask, string, long>.Graph);
        Assert.Equal(Convert<Ask, string, int>.Graph.Fingerprint, Convert<Ask, string, long>.Graph.Fingerprint);
        Assert.Equal(typeof(Convert<Ask, string, int>), Convert<Ask, string, int>.Descriptor.Type);
        Assert.Equal([typeof(Ask)], Convert<Ask, string, int>.Descriptor.Inputs.Select(i => i.Type));
        Assert.Equal("Behaviour.Generics.Convert<TIn, TMid, TOut>", Convert<Ask, string, int>.Descriptor.Id);
        Assert.Equal([], Convert<Ask, string, int>.Graph.Validate());
    }

    [Fact]
    public void A_parent_lists_the_nodes_of_a_closed_child()
    {
        Assert.Equal(
            ["Left", "Left.Begin", "Left.End", "Twos", "Each", "Each.Begin", "Each.End", "Beside", "Join"],
            UsesGenerics.Graph.Nodes.Select(n => n.Path));
        Assert.Equal(
            [UsesGenerics.NodeId.Left, UsesGenerics.NodeId.Left_Begin, UsesGenerics.NodeId.Left_End],
            Enum.GetValues<UsesGenerics.NodeId>().Take(3));
        Assert.Equal(["Night", "Night.Import", "Night.Import.Begin", "Night.Import.End", "Close"], RunsNightly.Graph.Nodes.Select(n => n.Path));
        Assert.Equal([], UsesGenerics.Graph.Validate());
    }

    [Fact]
    public async Task A_closed_child_is_a_part_of_the_run()
    {
        Journal journal = new();
        UsesGenerics uses = Uses(journal);
        Task<Answer> run = uses.RunAsync(new Ask(3)).AsTask();
        await _gate.ReachedBy(4);
        Assert.Equal(["beside"], journal.Entries);
        _gate.Open();
        Assert.Equal("1 1,1,1", (await run.Soon()).Text);

        Assert.Single(_observer.Events.Select(e => e.RunId).Distinct());
        Assert.Equal("Executing Completed", _observer.StatesOf("Left"));
        Assert.Equal("Executing Completed", _observer.StatesOf("Left.Begin"));
        Assert.Equal("Executing Completed", _observer.StatesOf("Left.End"));
        Assert.Equal(4, _observer.Boundaries.Count(b => b.StartsWith('>')));
        Assert.Equal(4, _observer.Boundaries.Count(b => b.EndsWith("Completed", StringComparison.Ordinal)));
        Assert.Equal((4, 0), (_census.Used, _census.DirtyUses));
    }

    [Fact]
    public async Task A_failure_of_a_closed_child_goes_to_its_parent()
    {
        UsesGenerics uses = Uses(new Journal());
        Task<Answer> run = uses.RunAsync(new Ask(0)).AsTask();
        await _gate.Reached;
        _gate.Fail(new BoomException("left"));
        Assert.Equal("left", (await Assert.ThrowsAsync<BoomException>(() => run.Soon())).Message);
        Assert.Equal([">Left", "<Left Failed"], _observer.Boundaries);
        Assert.Equal("Executing Failed", _observer.StatesOf("Left"));
        Assert.Equal("Executing Failed", _observer.StatesOf("Left.End"));
        Assert.Equal("Cancelled", _observer.StatesOf("Join"));
    }

    [Fact]
    public async Task A_failure_three_levels_down_may_be_handled_at_the_top()
    {
        RunsNightly runs = Nightly();
        Task<Answer> run = runs.RunAsync(new Ask(5)).AsTask();
        await _gate.Reached;
        _gate.Fail(new BoomException("deep"));
        Assert.Equal("-1", (await run.Soon()).Text);
        Assert.Equal([">Night", ">Night.Import", "<Night.Import Failed", "<Night Failed"], _observer.Boundaries);
        Assert.Equal("Executing Completed", _observer.StatesOf("Close"));
    }

    [Fact]
    public async Task Cancelling_reaches_three_levels_down()
    {
        using CancellationTokenSource source = new();
        Task<Answer> run = Nightly().RunAsync(new Ask(5), source.Token).AsTask();
        await _gate.Reached;
        source.Cancel();
        OperationCanceledException cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(source.Token, cancelled.CancellationToken);
        Assert.Equal([">Night", ">Night.Import", "<Night.Import Cancelled", "<Night Cancelled"], _observer.Boundaries);
        Assert.Equal("Executing Cancelled", _observer.StatesOf("Night.Import.End"));
        Assert.Equal("Cancelled", _observer.StatesOf("Close"));
    }

    [Fact]
    public async Task Many_runs_share_nothing()
    {
        _gate.Open();
        UsesGenerics uses = new(
            new(ask => $"{ask.Number}", text => new One(int.Parse(text)), _gate, _census),
            new(two => $"{two.Number}", text => new Three(int.Parse(text)), _gate, _census),
            new Journal());
        string[] answers = await Task.WhenAll(Enumerable.Range(0, 500).Select(n => Task.Run(async () => (await uses.RunAsync(new Ask(n % 4)).Soon()).Text)));
        Assert.All(answers.Select((text, n) => (text, n: n % 4)), a => Assert.Equal($"{a.n} {string.Join(',', Enumerable.Range(1, a.n))}", a.text));
        Assert.Equal(0, _census.DirtyUses);
    }

    private UsesGenerics Uses(Journal journal) => new(
        new(ask => $"{ask.Number}", text => new One(text.Length), _gate, _census),
        new(two => $"{two.Number}", text => new Three(text.Length), _gate, _census),
        journal)
    {
        Runtime = _observer.Watch(),
    };

    private RunsNightly Nightly() => new(new Nightly<Ask>(new(ask => $"{ask.Number}", text => new Two(text.Length), _gate, _census)))
    {
        Runtime = _observer.Watch(),
    };
}
