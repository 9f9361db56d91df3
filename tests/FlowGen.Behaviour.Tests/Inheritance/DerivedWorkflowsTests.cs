namespace Behaviour.Inheritance;

/// <summary>Abstract and virtual nodes, workflows that derive from workflows, and what a parent does with an object of a derived class.</summary>
public sealed class DerivedWorkflowsTests
{
    private readonly Journal _journal = new();
    private readonly Gate _gate = new();
    private readonly RecordingObserver _observer = new();

    [Fact]
    public async Task Overrides_alone_run_in_the_graph_of_the_base_workflow()
    {
        _gate.Open();
        ImportTexts import = new(_journal, _gate) { Runtime = _observer.Watch() };
        Assert.Equal("1 1", (await import.RunAsync(new Ask(7)).Soon()).Text);
        Assert.Equal("1 1", (await import.RunAsync(new Ask(8)).Soon()).Text);
        Assert.Equal(["derived 1", "derived 1", "stamp 1", "stamp 1"], _journal.Entries.Order(StringComparer.Ordinal));
        Assert.Equal(["Read", "Count", "Mark", "Tell", "Close"], ImportTexts.Graph.Nodes.Select(n => n.Path));
        Assert.Same(ImportBase<string>.Graph, ImportTexts.Graph);
    }

    [Fact]
    public async Task A_run_belongs_to_the_class_of_its_object()
    {
        _gate.Open();
        await new ImportTexts(_journal, _gate) { Runtime = _observer.Watch() }.RunAsync(new Ask(7)).Soon();
        Assert.Equal("import texts", _observer.Events[0].Detail);
        Assert.Equal(("import texts", 3, typeof(ImportTexts)), (ImportTexts.Descriptor.Id, ImportTexts.Descriptor.Version, ImportTexts.Descriptor.Type));
        Assert.Equal(typeof(Answer), ImportTexts.Descriptor.Output);
        Assert.Same(ImportTexts.Descriptor, Compiled.FlowGenCatalogAccess.Catalog.Get("import texts"));
    }

    [Fact]
    public async Task A_derived_graph_has_the_inherited_nodes_first()
    {
        _gate.Open();
        ImportMore import = new(_journal, _gate) { Runtime = _observer.Watch() };
        Assert.Equal("more 1 1", (await import.RunAsync(new Ask(3)).Soon()).Text);
        Assert.Equal(["Read", "Count", "Mark", "Tell", "Close", "Sum", "Log"], ImportMore.Graph.Nodes.Select(n => n.Path));
        Assert.Equal(["Read", "Count", "Mark", "Tell", "Close", "Sum", "Log"], Enum.GetNames<ImportMore.NodeId>());
        Assert.Equal("Executing Failed", _observer.StatesOf("Tell"));
        Assert.Contains("sum 3 tally True", _journal.Entries);
        Assert.Equal(ImportMore.Descriptor.Id, _observer.Events[0].Detail);
        Assert.Equal([], ImportMore.Graph.Validate());
    }

    [Fact]
    public async Task A_run_that_suspends_can_be_cancelled()
    {
        using CancellationTokenSource source = new();
        Task<Answer> run = new ImportMore(_journal, _gate) { Runtime = _observer.Watch() }.RunAsync(new Ask(3), source.Token).AsTask();
        await _gate.Reached;
        source.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal("Executing Cancelled", _observer.StatesOf("Count"));
        Assert.Equal("Cancelled", _observer.StatesOf("Close"));
    }

    [Fact]
    public async Task A_failure_of_an_override_is_a_failure_of_the_node()
    {
        _gate.Fail(new BoomException("count"));
        ImportTexts import = new(_journal, _gate) { Runtime = _observer.Watch() };
        Assert.Equal("count", (await Assert.ThrowsAsync<BoomException>(() => import.RunAsync(new Ask(7)).Soon())).Message);
        Assert.Equal("Executing Failed", _observer.StatesOf("Count"));
    }

    [Fact]
    public async Task A_parent_runs_a_derived_workflow_as_a_part_of_its_run()
    {
        Task<Answer> run = Runs(new ImportTexts(_journal, _gate)).RunAsync(new Ask(2)).AsTask();
        await _gate.ReachedBy(2);
        _gate.Open();
        Assert.Equal("1 1|more 1 1|11", (await run.Soon()).Text);
        Assert.Single(_observer.Events.Select(e => e.RunId).Distinct());
        Assert.Equal("Executing Completed", _observer.StatesOf("Texts.Count"));
        Assert.Equal("Executing Completed", _observer.StatesOf("More.Sum"));
        Assert.Equal(
            ["Texts", "Texts.Read", "Texts.Count", "Texts.Mark", "Texts.Tell", "Texts.Close", "More", "More.Read", "More.Count", "More.Mark", "More.Tell", "More.Close", "More.Sum", "More.Log", "Join", "Close"],
            RunsImports.Graph.Nodes.Select(n => n.Path));
        Assert.Equal(2, _observer.Boundaries.Count(b => b.EndsWith("Completed", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_fake_is_called_through_its_virtual_entry()
    {
        _gate.Open();
        Assert.Equal("fake 2|more 1 1|14", (await Runs(new ImportFake(_journal, _gate)).RunAsync(new Ask(2)).Soon()).Text);
        Assert.Single(_observer.Events.Select(e => e.RunId).Distinct());
        Assert.Equal("Executing Completed", _observer.StatesOf("Texts"));
        Assert.Equal("", _observer.StatesOf("Texts.Count"));
    }

    [Fact]
    public async Task A_double_of_one_node_stays_in_the_run()
    {
        _gate.Open();
        ImportDouble texts = new(_journal, _gate);
        await Runs(texts).RunAsync(new Ask(2)).Soon();
        Assert.Equal(1, texts.Reads);
        Assert.Single(_observer.Events.Select(e => e.RunId).Distinct());
        Assert.Equal("Executing Completed", _observer.StatesOf("Texts.Count"));
    }

    [Fact]
    public async Task A_derived_workflow_may_have_nodes_that_its_parent_did_not_foresee()
    {
        _gate.Open();
        RunsPrices runs = new(new Discounts()) { Runtime = _observer.Watch() };
        Assert.Equal("206", (await runs.RunAsync(new Ask(3)).Soon()).Text);
        Assert.Equal("Executing Completed", _observer.StatesOf("Price.Check"));
        Assert.Equal("Executing Completed", _observer.StatesOf("Price.Odd"));
        Assert.Equal(["Price", "Price.Odd", "Price.Close", "Show"], RunsPrices.Graph.Nodes.Select(n => n.Path));

        ArgumentOutOfRangeException failed = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => runs.RunAsync(new Ask(11)).Soon());
        Assert.Equal("ask.Number", failed.ParamName);
        Assert.Equal("Executing Completed Executing Failed", _observer.StatesOf("Price"));
    }

    [Fact]
    public void Synchronous_entries_may_be_overridden()
    {
        Assert.Equal(12, new Prices().Run(new Ask(3)).Number);
        Assert.Equal(206, new Discounts().Run(new Ask(3)).Number);
        Prices prices = new Discounts { Runtime = _observer.Watch() };
        Assert.Equal(8, prices.Run(new Ask(4)).Number);
        Assert.Equal("Skipped", _observer.StatesOf("Odd"));
    }

    [Fact]
    public async Task Many_runs_share_nothing()
    {
        _gate.Open();
        RunsImports runs = new(new ImportTexts(_journal, _gate), new ImportMore(_journal, _gate));
        string[] answers = await Task.WhenAll(Enumerable.Range(0, 300).Select(n => Task.Run(async () => (await runs.RunAsync(new Ask(n % 5)).Soon()).Text)));
        Assert.All(answers, text => Assert.Equal("1 1|more 1 1|11", text));
    }

    private RunsImports Runs(ImportBase<string> texts) => new(texts, new ImportMore(_journal, _gate)) { Runtime = _observer.Watch() };
}
