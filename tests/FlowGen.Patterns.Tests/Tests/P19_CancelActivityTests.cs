namespace Patterns.P19_CancelActivity;

public sealed class P19_CancelActivityTests
{
    private static readonly Claim s_claim = new("Ann");
    private readonly Stage _stage = new();
    private readonly FindBag _find;

    public P19_CancelActivityTests() => _find = new FindBag(new Airport(_stage));

    [Fact]
    public async Task A_task_that_executes_is_stopped_and_the_rest_goes_on()
    {
        _stage.Hold("Search", "Telephone");
        await using FindBag.Handle run = _find.Start(s_claim);
        await _stage.Reached("Search");
        _stage.Open("Telephone");

        Assert.Equal(new Letter("at home, no bag"), await run.Completion.Soon());
        Assert.True(_stage.InOrder("Search~", "Write"), string.Join(' ', _stage.Log));
        Assert.Equal((NodeState.Cancelled, RunStatus.Completed), (run[FindBag.NodeId.Search], run.Status));
    }

    [Fact]
    public async Task A_task_that_has_not_started_never_does()
    {
        _stage.Hold("Unlock", "Telephone");
        await using FindBag.Handle run = _find.Start(s_claim);
        await _stage.Reached("Telephone");
        _stage.Open("Telephone");
        _stage.Open("Unlock");

        Assert.Equal(new Letter("at home, no bag"), await run.Completion.Soon());
        Assert.Equal((0, NodeState.Cancelled), (_stage.Count("Search"), run[FindBag.NodeId.Search]));
    }

    [Fact]
    public async Task A_task_that_has_completed_keeps_its_value()
    {
        _stage.Hold("Telephone");
        await using FindBag.Handle run = _find.Start(s_claim);
        await _stage.Reached("Telephone");
        Assert.Equal(1, _stage.Count("Search."));
        _stage.Open("Telephone");

        Assert.Equal(new Letter("at home, red bag"), await run.Completion.Soon());
        Assert.Equal(NodeState.Completed, run[FindBag.NodeId.Search]);
    }

    [Fact]
    public async Task A_task_that_fails_withdraws_nothing_but_fails_the_run()
    {
        _stage.Hold("Unlock", "Telephone");
        StageException error = _stage.Fail("Telephone");
        ValueTask<Letter> run = _find.RunAsync(s_claim);
        _stage.Open("Telephone");

        Assert.Same(error, await Assert.ThrowsAsync<StageException>(() => run.Soon()));
        Assert.Equal((1, 0, 0), (_stage.Count("Unlock~"), _stage.Count("Search"), _stage.Count("Write")));
    }

    [Fact]
    public async Task A_cancellation_of_the_run_is_another_matter()
    {
        _stage.Hold("Search", "Telephone");
        await using FindBag.Handle run = _find.Start(s_claim);
        await _stage.Reached("Search");

        Assert.True(run.Cancel());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Completion.Soon());
        Assert.Equal((1, 1, 0), (_stage.Count("Search~"), _stage.Count("Telephone~"), _stage.Count("Write")));
    }

    private sealed class Airport(Stage stage) : IAirport
    {
        public ValueTask<Hall> UnlockAsync(Claim claim, CancellationToken ct) => stage.Play("Unlock", new Hall(3), ct);

        public ValueTask<Bag> SearchAsync(Hall hall, CancellationToken ct) => stage.Play("Search", new Bag("red"), ct);

        public ValueTask<GoodNews> TelephoneAsync(Claim claim, CancellationToken ct) => stage.Play("Telephone", new GoodNews("at home"), ct);

        public ValueTask<Letter> WriteAsync(GoodNews news, Bag? bag, CancellationToken ct)
            => stage.Play("Write", new Letter($"{news.Text}, {bag?.Colour ?? "no"} bag"), ct);
    }
}
