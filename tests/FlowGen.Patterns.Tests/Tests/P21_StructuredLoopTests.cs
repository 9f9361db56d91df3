namespace Patterns.P21_StructuredLoop;

public sealed class P21_StructuredLoopTests
{
    private readonly Stage _stage = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    public async Task It_runs_as_often_as_the_condition_holds(int roughness)
    {
        await using FinishTable.Handle run = Finish(roughness).Start(new Plank("oak"));

        Assert.Equal(new Table("oak"), await run.Completion.Soon());
        Assert.Equal((roughness, 1), (_stage.Count("Sand."), _stage.Count("Varnish.")));
        Assert.Equal(roughness == 0 ? NodeState.Skipped : NodeState.Completed, run[FinishTable.NodeId.Sand]);
    }

    [Fact]
    public async Task Rounds_do_not_overlap_and_what_follows_waits_for_the_last()
    {
        _stage.Hold("Sand");
        ValueTask<Table> run = Finish(roughness: 2).RunAsync(new Plank("oak"));
        Assert.Equal((1, 1), (_stage.Waiting("Sand"), _stage.Count("Sand")));

        _stage.Release("Sand");
        Assert.Equal((1, 2, 0), (_stage.Waiting("Sand"), _stage.Count("Sand"), _stage.Count("Varnish")));

        _stage.Release("Sand");
        Assert.Equal(new Table("oak"), await run.Soon());
    }

    [Fact]
    public async Task It_fails_at_its_limit()
    {
        await Assert.ThrowsAsync<FlowLimitException>(() => Finish(roughness: 11).RunAsync(new Plank("oak")).Soon());

        Assert.Equal((10, 0), (_stage.Count("Sand."), _stage.Count("Varnish")));
    }

    [Fact]
    public async Task The_failure_of_a_round_is_that_of_the_loop()
    {
        _stage.Hold("Sand");
        ValueTask<Table> run = Finish(roughness: 5).RunAsync(new Plank("oak"));
        _stage.Release("Sand");
        StageException error = _stage.Fail("Sand");
        _stage.Release("Sand");

        Assert.Same(error, await Assert.ThrowsAsync<StageException>(() => run.Soon()));
        Assert.Equal((2, 0), (_stage.Count("Sand"), _stage.Count("Varnish")));
    }

    [Fact]
    public async Task A_cancellation_leaves_the_loop()
    {
        _stage.Hold("Sand");
        await using FinishTable.Handle run = Finish(roughness: 5).Start(new Plank("oak"));
        _stage.Release("Sand");
        await _stage.Reached("Sand", times: 2);

        Assert.True(run.Cancel());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Completion.Soon());
        Assert.Equal((1, 1, 0), (_stage.Count("Sand."), _stage.Count("Sand~"), _stage.Count("Varnish")));
    }

    private FinishTable Finish(int roughness) => new(new Workshop(_stage, roughness));

    private sealed class Workshop(Stage stage, int roughness) : IWorkshop
    {
        public ValueTask<Surface> InspectAsync(Plank plank, CancellationToken ct) => stage.Play("Inspect", new Surface(roughness), ct);

        public ValueTask<Surface> SandAsync(Surface surface, CancellationToken ct) => stage.Play("Sand", new Surface(surface.Roughness - 1), ct);

        public ValueTask<Table> VarnishAsync(Plank plank, CancellationToken ct) => stage.Play("Varnish", new Table(plank.Wood), ct);
    }
}
