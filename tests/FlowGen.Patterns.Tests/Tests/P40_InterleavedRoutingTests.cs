namespace Patterns.P40_InterleavedRouting;

public sealed class P40_InterleavedRoutingTests : IClinic
{
    private readonly Doors _doors = new();
    private readonly Journal _journal = new();
    private readonly InFlight _examined = new();

    [Theory]
    [InlineData("lab", "scanner", "booth")]
    [InlineData("booth", "lab", "scanner")]
    [InlineData("scanner", "booth", "lab")]
    public async Task Each_once_in_the_order_that_comes_and_one_at_a_time(params string[] order)
    {
        ValueTask<Findings> run = new CheckUp(this).RunAsync(new Patient("Tom"));
        await _doors["booth is free"].Reached;
        foreach (string room in order)
        {
            _doors.Open(room + " is free");
        }

        Assert.Equal([order[0]], _journal.Entries);
        _doors.Open(order[0]);
        await _doors[order[1]].Reached;
        Assert.Equal([order[0], order[1]], _journal.Entries);
        _doors.Open(order[1]);
        await _doors[order[2]].Reached;
        _doors.Open(order[2]);

        Assert.Equal(new Findings("lab done, scanner done, booth done"), await run.Soon());
        Assert.Equal(order, _journal.Entries);
        Assert.Equal(1, _examined.Most);
    }

    [Fact]
    public async Task A_failure_leaves_the_others_out()
    {
        InvalidOperationException fainted = new("fainted");
        ValueTask<Findings> run = new CheckUp(this).RunAsync(new Patient("Tom"));
        await _doors["booth is free"].Reached;
        _doors.Open("lab is free", "scanner is free");
        await _doors["lab"].Reached;
        _doors["lab"].Fail(fainted);

        Assert.Same(fainted, await Assert.ThrowsAsync<InvalidOperationException>(() => run.Soon()));
        Assert.Equal(["lab"], _journal.Entries);
        Assert.Equal(0, _doors["booth is free"].Waiting);
    }

    [Fact]
    public async Task Cancellation_reaches_the_one_that_is_on_and_those_that_wait()
    {
        using CancellationTokenSource cts = new();
        ValueTask<Findings> run = new CheckUp(this).RunAsync(new Patient("Tom"), cts.Token);
        await _doors["booth is free"].Reached;
        _doors.Open("lab is free", "scanner is free");
        await cts.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(["lab"], _journal.Entries);
        Assert.Equal(0, _doors["lab"].Waiting);
    }

    public ValueTask CallAsync(string room, Patient patient, CancellationToken ct) => _doors[room + " is free"].Wait(ct);

    public async ValueTask<string> ExamineAsync(string room, Patient patient, CancellationToken ct)
    {
        _journal.Add(room);
        _examined.Enter();
        await _doors[room].Wait(ct);
        _examined.Leave();
        return room + " done";
    }
}
