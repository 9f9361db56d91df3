namespace Patterns.P14_InstancesKnownAtRunTime;

public sealed class P14_InstancesKnownAtRunTimeTests
{
    private readonly Stage _stage = new();

    [Theory]
    [InlineData("", "")]
    [InlineData("pen", "pen")]
    [InlineData("pen ink pad cup", "pen ink pad cup")]
    public async Task There_are_as_many_as_the_run_finds(string articles, string content)
    {
        Parcel parcel = await Collect(articles).RunAsync(new Order(7)).Soon();

        Assert.Equal(content, parcel.Content);
        Assert.Equal(1, _stage.Count("Pack"));
    }

    [Fact]
    public async Task All_run_at_once_and_all_are_waited_for_and_keep_their_order()
    {
        _stage.Hold("pen", "ink", "pad");
        ValueTask<Parcel> run = Collect("pen ink pad").RunAsync(new Order(7));
        Assert.Equal((1, 1, 1), (_stage.Waiting("pen"), _stage.Waiting("ink"), _stage.Waiting("pad")));
        _stage.Open("pad");
        _stage.Open("pen");
        Assert.Equal(0, _stage.Count("Pack"));

        _stage.Open("ink");
        Assert.Equal("pen ink pad", (await run.Soon()).Content);
    }

    [Fact]
    public async Task The_failure_of_one_cancels_the_others()
    {
        _stage.Hold("pen", "ink", "pad");
        StageException error = _stage.Fail("ink");
        ValueTask<Parcel> run = Collect("pen ink pad").RunAsync(new Order(7));
        _stage.Open("ink");

        Assert.Same(error, await Assert.ThrowsAsync<StageException>(() => run.Soon()));
        Assert.Equal((1, 1, 0), (_stage.Count("pen~"), _stage.Count("pad~"), _stage.Count("Pack")));
    }

    [Fact]
    public async Task A_cancellation_reaches_those_that_have_not_finished()
    {
        _stage.Hold("pen", "ink");
        await using CollectOrder.Handle run = Collect("pen ink").Start(new Order(7));
        await _stage.Reached("ink");
        _stage.Open("pen");

        Assert.True(run.Cancel());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Completion.Soon());
        Assert.Equal((1, 1, 0), (_stage.Count("pen."), _stage.Count("ink~"), _stage.Count("Pack")));
    }

    private CollectOrder Collect(string articles) => new(new Warehouse(_stage, articles));

    private sealed class Warehouse(Stage stage, string articles) : IWarehouse
    {
        public ValueTask<IReadOnlyList<Line>> LookUpAsync(Order order, CancellationToken ct)
            => stage.Play<IReadOnlyList<Line>>("LookUp", [.. articles.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(article => new Line(article))], ct);

        public ValueTask<Item> FetchAsync(Line line, CancellationToken ct) => stage.Play(line.Article, new Item(line.Article), ct);

        public ValueTask<Parcel> PackAsync(Item[] items, CancellationToken ct)
            => stage.Play("Pack", new Parcel(string.Join(' ', items.Select(item => item.Article))), ct);
    }
}
