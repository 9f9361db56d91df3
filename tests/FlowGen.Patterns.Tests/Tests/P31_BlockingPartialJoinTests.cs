namespace Patterns.P31_BlockingPartialJoin;

public sealed class P31_BlockingPartialJoinTests : IScales
{
    private readonly Doors _doors = new();
    private readonly Journal _journal = new();

    [Fact]
    public async Task Two_of_three_go_on_and_a_new_round_waits_for_the_third()
    {
        ValueTask<Load> run = Flow().RunAsync(new Load(1));
        await _doors["right 1"].Reached;
        _doors.Open("right 1");
        Assert.Empty(_journal.Entries);
        _doors.Open("left 1");
        Assert.Equal(["left+right 1"], _journal.Entries);
        Assert.Equal(0, _doors["left 2"].Arrivals);

        _doors.Open("middle 1");
        await _doors["right 2"].Reached;
        Assert.Equal(["left+right 1"], _journal.Entries);

        _doors.Open("middle 2", "left 2");
        Assert.Equal(["left+right 1", "left+middle 2"], _journal.Entries);
        Assert.False(run.IsCompleted);
        _doors.Open("right 2");

        Assert.Equal(new Load(3), await run.Soon());
    }

    [Fact]
    public async Task A_failure_fails_the_run_even_after_the_join()
    {
        InvalidOperationException broken = new("broken");
        ValueTask<Load> run = Flow().RunAsync(new Load(1));
        await _doors["right 1"].Reached;
        _doors.Open("left 1", "middle 1");
        _doors["right 1"].Fail(broken);

        Assert.Same(broken, await Assert.ThrowsAsync<InvalidOperationException>(() => run.Soon()));
        Assert.Equal(["left+middle 1"], _journal.Entries);
        Assert.Equal(0, _doors["left 2"].Arrivals);
    }

    [Fact]
    public async Task Cancellation_ends_the_wait_for_the_reset()
    {
        using CancellationTokenSource cts = new();
        ValueTask<Load> run = Flow().RunAsync(new Load(1), cts.Token);
        await _doors["right 1"].Reached;
        _doors.Open("left 1", "middle 1");
        await cts.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(0, _doors["right 1"].Waiting);
        Assert.Equal(0, _doors["left 2"].Arrivals);
    }

    public ValueTask<Reading> WeighAsync(string scale, Load load, CancellationToken ct)
        => _doors[$"{scale} {load.Number}"].Wait(new Reading(scale, load.Number), ct);

    void IScales.Accept(IReadOnlyList<Reading> readings) => _journal.Add($"{string.Join('+', readings.Select(r => r.Scale))} {readings[0].Load}");

    private WeighAll Flow() => new(new WeighLoad(this));
}
