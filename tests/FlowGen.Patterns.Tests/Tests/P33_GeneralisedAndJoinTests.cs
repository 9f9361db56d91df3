namespace Patterns.P33_GeneralisedAndJoin;

public sealed class P33_GeneralisedAndJoinTests : IWorkshop
{
    private readonly Gate _bench = new();

    [Fact]
    public async Task Surplus_arrivals_are_kept_for_later_rounds()
    {
        _bench.Open();
        await using BuildBatch.Handle run = Flow().Start(new Batch(3));
        Assert.True(run.Next_Frame.TrySet(new BikeFrame(1)));
        Assert.True(run.Next_Frame.TrySet(new BikeFrame(2)));
        Assert.True(run.Next_Frame.TrySet(new BikeFrame(3)));
        Assert.False(run.Completion.IsCompleted);

        Assert.True(run.Next_Wheels.TrySet(new WheelSet(7)));
        Assert.True(run.Next_Wheels.TrySet(new WheelSet(8)));
        Assert.True(run.Next_Wheels.TrySet(new WheelSet(9)));

        Assert.Equal([new Bike(1, 7), new Bike(2, 8), new Bike(3, 9)], (await run.Completion.Soon()).Bikes);
    }

    [Fact]
    public async Task A_round_needs_one_of_each()
    {
        _bench.Open();
        await using BuildBatch.Handle run = Flow().Start(new Batch(2));
        run.Next_Wheels.TrySet(new WheelSet(7));
        run.Next_Wheels.TrySet(new WheelSet(8));
        Assert.Equal(0, _bench.Arrivals);

        run.Next_Frame.TrySet(new BikeFrame(1));
        await _bench.ReachedBy(1);
        Assert.True(await run.Next_Frame.WhenPendingAsync().Soon());
        Assert.Equal(1, _bench.Arrivals);
        Assert.False(run.Next_Wheels.IsPending);

        run.Next_Frame.TrySet(new BikeFrame(2));
        Assert.Equal([new Bike(1, 7), new Bike(2, 8)], (await run.Completion.Soon()).Bikes);
    }

    [Fact]
    public async Task Arrivals_during_a_round_belong_to_the_next()
    {
        await using BuildBatch.Handle run = Flow().Start(new Batch(2));
        run.Next_Frame.TrySet(new BikeFrame(1));
        run.Next_Wheels.TrySet(new WheelSet(7));
        await _bench.Reached;
        Assert.True(run.Next_Frame.TrySet(new BikeFrame(2)));
        Assert.True(run.Next_Wheels.TrySet(new WheelSet(8)));
        Assert.Equal(1, _bench.Arrivals);
        _bench.Open();

        Assert.Equal([new Bike(1, 7), new Bike(2, 8)], (await run.Completion.Soon()).Bikes);
    }

    [Fact]
    public async Task A_failure_drops_what_was_kept()
    {
        InvalidOperationException bent = new("bent");
        await using BuildBatch.Handle run = Flow().Start(new Batch(2));
        run.Next_Frame.TrySet(new BikeFrame(1));
        run.Next_Frame.TrySet(new BikeFrame(2));
        run.Next_Wheels.TrySet(new WheelSet(7));
        await _bench.Reached;
        _bench.Fail(bent);

        Assert.Same(bent, await Assert.ThrowsAsync<InvalidOperationException>(() => run.Completion.Soon()));
        Assert.False(run.Next_Wheels.TrySet(new WheelSet(8)));
    }

    [Fact]
    public async Task Cancellation_ends_a_round_that_waits()
    {
        await using BuildBatch.Handle run = Flow().Start(new Batch(2));
        run.Next_Frame.TrySet(new BikeFrame(1));
        Assert.True(await run.Next_Wheels.WhenPendingAsync().Soon());
        run.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Completion.Soon());
        Assert.Equal(0, _bench.Arrivals);
    }

    public ValueTask<Bike> AssembleAsync(BikeFrame frame, WheelSet wheels, CancellationToken ct) => _bench.Wait(new Bike(frame.Number, wheels.Number), ct);

    private BuildBatch Flow() => new(new BuildBike(this));
}
