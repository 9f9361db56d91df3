namespace Patterns.P26_CancelMultipleInstanceActivity;

public sealed class P26_CancelMultipleInstanceActivityTests : ITeams
{
    private static readonly Missing s_person = new("Tom", [new("hill"), new("lake"), new("wood")]);

    private readonly Doors _doors = new();

    [Fact]
    public async Task All_unfinished_instances_are_withdrawn_and_the_finished_ones_count_for_nothing()
    {
        await using SearchAndRescue.Handle run = new SearchAndRescue(this).Start(s_person);
        await _doors["wood"].Reached;
        _doors.Open("hill");
        Assert.True(run.TurnUp.TrySet(new Sighting("pub")));
        Assert.Equal(0, _doors["lake"].Waiting + _doors["wood"].Waiting);

        Assert.Equal(new Ending(0, "pub"), await run.Completion.Soon());
        Assert.Equal(NodeState.Cancelled, run[SearchAndRescue.NodeId.Search]);
    }

    [Fact]
    public async Task When_all_have_finished_nobody_waits_any_more()
    {
        _doors.Open("hill", "lake", "wood");
        await using SearchAndRescue.Handle run = new SearchAndRescue(this).Start(s_person);

        Assert.Equal(new Ending(3, Place: null), await run.Completion.Soon());
        Assert.Equal(NodeState.Cancelled, run[SearchAndRescue.NodeId.TurnUp]);
    }

    [Fact]
    public async Task The_failure_of_an_instance_fails_the_run()
    {
        InvalidOperationException lost = new("team lost");
        await using SearchAndRescue.Handle run = new SearchAndRescue(this).Start(s_person);
        await _doors["wood"].Reached;
        _doors["lake"].Fail(lost);

        Assert.Same(lost, await Assert.ThrowsAsync<InvalidOperationException>(() => run.Completion.Soon()));
        Assert.Equal(0, _doors["hill"].Waiting + _doors["wood"].Waiting);
        Assert.False(run.TurnUp.TrySet(new Sighting("pub")));
    }

    [Fact]
    public async Task Cancellation_of_the_run_is_not_a_withdrawal()
    {
        await using SearchAndRescue.Handle run = new SearchAndRescue(this).Start(s_person);
        await _doors["wood"].Reached;
        run.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Completion.Soon());
        Assert.Equal(RunStatus.Cancelled, run.Status);
    }

    public ValueTask<Trace> SearchAsync(Sector sector, CancellationToken ct) => _doors[sector.Name].Wait(new Trace(sector.Name), ct);
}
