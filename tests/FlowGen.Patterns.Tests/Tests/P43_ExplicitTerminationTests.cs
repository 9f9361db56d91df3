namespace Patterns.P43_ExplicitTermination;

public sealed class P43_ExplicitTerminationTests : IBank
{
    private readonly Doors _doors = new();
    private readonly Journal _journal = new();
    private bool _isFraud;

    [Fact]
    public async Task Without_reaching_the_end_the_run_goes_its_way()
    {
        _doors.Open("hold", "look up", "value");
        await using DecideLoan.Handle run = new DecideLoan(this).Start(new Application("Tom", 100));

        Assert.Equal(new Decision(true, "100 held"), await run.Completion.Soon());
        Assert.Equal(NodeState.Skipped, run[DecideLoan.NodeId.Refuse]);
    }

    [Fact]
    public async Task The_end_stops_whatever_is_under_way()
    {
        _isFraud = true;
        _doors.Open("hold");
        await using DecideLoan.Handle run = new DecideLoan(this).Start(new Application("Tom", 100));
        await _doors["value"].Reached;
        _doors.Open("look up");
        Assert.Equal(0, _doors["value"].Waiting);

        Assert.Equal(new Decision(false, "fraud"), await run.Completion.Soon());
        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Equal(NodeState.Cancelled, run[DecideLoan.NodeId.AppraiseHouse]);
        Assert.NotEqual(NodeState.Completed, run[DecideLoan.NodeId.Decide]);
    }

    [Fact]
    public async Task Nothing_is_undone_for_the_run_has_completed()
    {
        _isFraud = true;
        _doors.Open("hold", "look up");

        await new DecideLoan(this).RunAsync(new Application("Tom", 100)).Soon();

        Assert.Empty(_journal.Entries);
    }

    [Fact]
    public async Task A_failure_before_the_end_fails_the_run_and_undoes()
    {
        InvalidOperationException closed = new("closed");
        _doors.Open("hold");
        ValueTask<Decision> run = new DecideLoan(this).RunAsync(new Application("Tom", 100));
        await _doors["value"].Reached;
        _doors["value"].Fail(closed);

        Assert.Same(closed, await Assert.ThrowsAsync<InvalidOperationException>(() => run.Soon()));
        Assert.Equal(["released 100"], _journal.Entries);
    }

    [Fact]
    public async Task Cancellation_before_the_end_undoes_too()
    {
        using CancellationTokenSource cts = new();
        _doors.Open("hold");
        ValueTask<Decision> run = new DecideLoan(this).RunAsync(new Application("Tom", 100), cts.Token);
        await _doors["value"].Reached;
        await cts.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(["released 100"], _journal.Entries);
    }

    public ValueTask<Hold> HoldAsync(Application application, CancellationToken ct) => _doors["hold"].Wait(new Hold(application.Amount), ct);

    void IBank.Release(Hold hold) => _journal.Add($"released {hold.Amount}");

    public ValueTask<Standing> LookUpAsync(Application application, CancellationToken ct) => _doors["look up"].Wait(new Standing(_isFraud), ct);

    public ValueTask<Valuation> ValueAsync(Application application, CancellationToken ct) => _doors["value"].Wait(new Valuation(150), ct);
}
