namespace Patterns.P03_Synchronization;

public sealed class P03_SynchronizationTests
{
    private readonly Stage _stage = new Stage().Hold("Pack", "Print", "Declare");
    private readonly ShipOrder _ship;

    public P03_SynchronizationTests() => _ship = new ShipOrder(new Warehouse(_stage));

    [Theory]
    [InlineData("Pack", "Print", "Declare")]
    [InlineData("Declare", "Pack", "Print")]
    [InlineData("Print", "Declare", "Pack")]
    public async Task It_waits_for_the_last_whichever_that_is(string first, string second, string last)
    {
        ValueTask<Departure> run = _ship.RunAsync(new Order(7));
        _stage.Open(first);
        _stage.Open(second);
        Assert.Equal(0, _stage.Count("Load"));

        _stage.Open(last);
        Assert.Equal(new Departure("No. 7"), await run.Soon());
        Assert.Equal(1, _stage.Count("Load"));
    }

    [Fact]
    public async Task It_never_runs_when_a_branch_fails()
    {
        StageException error = _stage.Fail("Print");
        ValueTask<Departure> run = _ship.RunAsync(new Order(7));
        _stage.Open("Pack");
        _stage.Open("Print");

        Assert.Same(error, await Assert.ThrowsAsync<StageException>(() => run.Soon()));
        Assert.Equal((1, 0), (_stage.Count("Declare~"), _stage.Count("Load")));
    }

    [Fact]
    public async Task It_never_runs_when_the_run_is_cancelled()
    {
        await using ShipOrder.Handle run = _ship.Start(new Order(7));
        await _stage.Reached("Declare");
        _stage.Open("Pack");
        _stage.Open("Print");

        Assert.True(run.Cancel());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Completion.Soon());
        Assert.Equal((1, 0), (_stage.Count("Declare~"), _stage.Count("Load")));
    }

    private sealed class Warehouse(Stage stage) : IWarehouse
    {
        public ValueTask<Parcel> PackAsync(Order order, CancellationToken ct) => stage.Play("Pack", new Parcel(order.Number), ct);

        public ValueTask<Label> PrintAsync(Order order, CancellationToken ct) => stage.Play("Print", new Label($"No. {order.Number}"), ct);

        public ValueTask DeclareAsync(Order order, CancellationToken ct) => stage.Play("Declare", ct);

        public ValueTask<Departure> LoadAsync(Parcel parcel, Label label, CancellationToken ct) => stage.Play("Load", new Departure(label.Text), ct);
    }
}
