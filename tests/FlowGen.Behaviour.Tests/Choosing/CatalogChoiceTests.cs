namespace Behaviour.Choosing;

public sealed class CatalogChoiceTests
{
    private readonly FlowCatalog _catalog = new([Doubles.Descriptor, SwitchedOff.Descriptor, WaitsAtGate.Descriptor, Chooser.Descriptor]);

    [Fact]
    public async Task A_workflow_is_chosen_by_its_id()
    {
        Chooser workflow = new(_ => _catalog.Get<Ask, Answer>("doubles"));

        Assert.StartsWith("8 ", (await workflow.RunAsync(new Ask(4)).Soon()).Text, StringComparison.Ordinal);
        Assert.Equal(_catalog.Get<Ask, Answer>("doubles"), _catalog.Get<Ask, Answer>("doubles"));
        Assert.Equal("doubles", _catalog.Get<Ask, Answer>("doubles").WorkflowId);
    }

    [Fact]
    public void A_name_that_nobody_has_is_refused_with_those_that_are_near()
    {
        FlowNotFoundException error = Assert.Throws<FlowNotFoundException>(() => _catalog.Get<Ask, Answer>("dobles"));

        Assert.Contains("Did you mean 'doubles'?", error.Message, StringComparison.Ordinal);
        Assert.Equal("dobles", error.WorkflowId);
        Assert.False(_catalog.TryGet("dobles", out FlowRef<Ask, Answer> none));
        Assert.True(none.IsEmpty);
        Assert.Null(none.WorkflowId);
    }

    [Fact]
    public async Task What_was_not_found_fails_the_node_that_looked_for_it()
    {
        await using Chooser.Handle run = new Chooser(_ => _catalog.Get<Ask, Answer>("dobles")).Start(new Ask(1));

        await Assert.ThrowsAsync<FlowNotFoundException>(() => run.Completion.Soon());
        Assert.Equal(NodeState.Failed, run[Chooser.NodeId.Pick]);
        Assert.Equal(NodeState.Cancelled, run[Chooser.NodeId.Call]);
    }

    [Fact]
    public async Task Disabled_it_is_refused_also_to_those_who_have_it_already_and_enabled_it_runs_again()
    {
        FlowRef<Ask, Answer> before = _catalog.Get<Ask, Answer>("doubles");
        Assert.True(_catalog.IsEnabled("doubles"));
        _catalog.Disable("doubles");
        Assert.False(_catalog.IsEnabled("doubles"));
        Assert.False(_catalog.TryGet("doubles", out FlowRef<Ask, Answer> _));
        foreach (FlowRef<Ask, Answer> flow in new[] { before, _catalog.Get<Ask, Answer>("doubles") })
        {
            FlowDisabledException error = await Assert.ThrowsAsync<FlowDisabledException>(() => new Chooser(_ => flow).RunAsync(new Ask(1)).Soon());
            Assert.Equal("doubles", error.WorkflowId);
            Assert.Equal("Call", error.NodePath);
        }

        _catalog.Enable("doubles");
        Assert.StartsWith("2 ", (await new Chooser(_ => before).RunAsync(new Ask(1)).Soon()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disabling_does_not_concern_a_run_that_is_under_way()
    {
        Gate gate = new();
        _catalog.Use(new WaitsAtGate(gate));
        Task<Answer> run = new Chooser(_ => _catalog.Get<Ask, Answer>("waits at a gate")).RunAsync(new Ask(1)).AsTask();
        await gate.Reached;
        _catalog.Disable("waits at a gate");
        gate.Open();

        Assert.Equal("1", (await run.Soon()).Text);
    }

    [Fact]
    public async Task Declared_disabled_it_stays_so()
    {
        Assert.False(_catalog.IsEnabled("switched off"));
        Assert.Throws<FlowDisabledException>(() => _catalog.Enable("switched off"));

        await Assert.ThrowsAsync<FlowDisabledException>(() => new Chooser(_ => new(new SwitchedOff())).RunAsync(new Ask(1)).Soon());
        await Assert.ThrowsAsync<FlowDisabledException>(() => new Chooser(_ => _catalog.Get<Ask, Answer>("switched off")).RunAsync(new Ask(1)).Soon());
    }

    [Fact]
    public void Asked_for_with_other_types_it_is_refused()
    {
        FlowInputException error = Assert.Throws<FlowInputException>(() => _catalog.Get<Ask, One>("doubles"));

        Assert.Equal("doubles", error.WorkflowId);
        Assert.False(_catalog.TryGet("doubles", out FlowRef<One, Answer> _));
    }

    [Fact]
    public void What_the_catalog_cannot_make_must_be_given()
    {
        Assert.Throws<FlowInputException>(() => _catalog.Get<Ask, Answer>("waits at a gate"));
        WaitsAtGate given = new(new Gate());
        _catalog.Use(given);

        Assert.Equal(new FlowRef<Ask, Answer>(given), _catalog.Get<Ask, Answer>("waits at a gate"));
        Assert.Throws<FlowNotFoundException>(() => _catalog.Use(new Foreign()));
        Assert.Throws<ArgumentNullException>(() => _catalog.Use(null!));
    }

    [Fact]
    public void What_the_provider_of_services_has_is_taken()
    {
        WaitsAtGate provided = new(new Gate());
        FlowCatalog catalog = new([WaitsAtGate.Descriptor, Doubles.Descriptor], new Provider(provided));

        Assert.Equal(new FlowRef<Ask, Answer>(provided), catalog.Get<Ask, Answer>("waits at a gate"));
        Assert.False(catalog.Get<Ask, Answer>("doubles").IsEmpty);
    }

    [Fact]
    public async Task Many_threads_ask_for_the_same_and_get_the_same()
    {
        FlowRef<Ask, Answer>[] seen = new FlowRef<Ask, Answer>[8];
        await Crowd.Run(8, i => seen[i] = _catalog.Get<Ask, Answer>("doubles"));

        Assert.All(seen, flow => Assert.Equal(seen[0], flow));
    }

    [Fact]
    public void Of_unknown_ids_nothing_is_said()
    {
        Assert.Throws<FlowNotFoundException>(() => _catalog.IsEnabled("nobody"));
        Assert.Throws<FlowNotFoundException>(() => _catalog.Enable("nobody"));
        Assert.Throws<FlowNotFoundException>(() => _catalog.Disable("nobody"));
    }

    private sealed class Provider(object service) : IServiceProvider
    {
        public object? GetService(Type serviceType) => serviceType == service.GetType() ? service : null;
    }
}
