namespace Patterns.P08_MultiMerge;

public sealed class P08_MultiMergeTests
{
    private readonly Stage _stage = new Stage().Hold("Write", "Photograph");
    private readonly MakeFrontPage _make;

    public P08_MultiMergeTests()
    {
        Newsroom newsroom = new(_stage);
        _make = new MakeFrontPage(newsroom, new Publish(newsroom));
    }

    [Fact]
    public async Task What_follows_runs_for_each_arrival_and_does_not_wait_for_the_other()
    {
        ValueTask run = _make.RunAsync(new Story("Flood"));
        _stage.Open("Photograph");
        Assert.Equal(["Check photo", "Check photo.", "Print photo", "Print photo."], _stage.Log.Skip(3));
        Assert.False(run.IsCompleted);

        _stage.Open("Write");
        await run.Soon();
        Assert.Equal(["Check text", "Check text.", "Print text", "Print text."], _stage.Log.Skip(8));
    }

    [Fact]
    public async Task Both_may_go_through_what_follows_at_the_same_time()
    {
        _stage.Hold("Check text", "Check photo");
        ValueTask run = _make.RunAsync(new Story("Flood"));
        _stage.Open("Write");
        _stage.Open("Photograph");
        Assert.Equal((1, 1), (_stage.Waiting("Check text"), _stage.Waiting("Check photo")));

        _stage.Open("Check photo");
        Assert.Equal(1, _stage.Count("Print photo."));
        _stage.Open("Check text");
        await run.Soon();
        Assert.Equal(1, _stage.Count("Print text."));
    }

    [Fact]
    public async Task A_failure_behind_one_arrival_cancels_the_other_branch()
    {
        StageException error = _stage.Fail("Check photo");
        ValueTask run = _make.RunAsync(new Story("Flood"));
        _stage.Open("Photograph");

        Assert.Same(error, await Assert.ThrowsAsync<StageException>(() => run.Soon()));
        Assert.Equal((1, 0, 0), (_stage.Count("Write~"), _stage.Count("Check text"), _stage.Count("Print photo")));
    }

    [Fact]
    public async Task A_cancellation_finds_each_where_it_is()
    {
        _stage.Hold("Print photo");
        await using MakeFrontPage.Handle run = _make.Start(new Story("Flood"));
        _stage.Open("Photograph");
        await _stage.Reached("Print photo");

        Assert.True(run.Cancel());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Completion.Soon());
        Assert.Equal((1, 1, 0), (_stage.Count("Write~"), _stage.Count("Print photo~"), _stage.Count("Check text")));
    }

    private sealed class Newsroom(Stage stage) : INewsroom
    {
        public ValueTask<Piece> WriteAsync(Story story, CancellationToken ct) => stage.Play("Write", new Piece("text"), ct);

        public ValueTask<Piece> PhotographAsync(Story story, CancellationToken ct) => stage.Play("Photograph", new Piece("photo"), ct);

        public ValueTask<Proof> CheckAsync(Piece piece, CancellationToken ct) => stage.Play($"Check {piece.Kind}", new Proof(piece.Kind), ct);

        public ValueTask PrintAsync(Proof proof, CancellationToken ct) => stage.Play($"Print {proof.Kind}", ct);
    }
}
