namespace Patterns.P02_ParallelSplit;

public sealed class P02_ParallelSplitTests
{
    private static readonly Morning s_morning = new(new DateOnly(2030, 1, 1));
    private readonly Stage _stage = new Stage().Hold("Heat", "CountTill", "Sweep");
    private readonly OpenShop _open;

    public P02_ParallelSplitTests() => _open = new OpenShop(new Shop(_stage));

    [Fact]
    public async Task All_branches_are_under_way_at_once()
    {
        ValueTask run = _open.RunAsync(s_morning);
        Assert.Equal(["Unlock", "Unlock.", "Heat", "CountTill", "Sweep"], _stage.Log);

        _stage.Open("Sweep");
        _stage.Open("Heat");
        Assert.False(run.IsCompleted);

        _stage.Open("CountTill");
        await run.Soon();
        Assert.Equal(["Sweep.", "Heat.", "CountTill."], _stage.Log.Skip(5));
    }

    [Fact]
    public async Task There_are_no_branches_before_the_split()
    {
        _stage.Hold("Unlock");
        ValueTask run = _open.RunAsync(s_morning);
        Assert.Equal(["Unlock"], _stage.Log);

        foreach (string part in new[] { "Heat", "CountTill", "Sweep", "Unlock" })
        {
            _stage.Open(part);
        }

        await run.Soon();
        Assert.Equal(8, _stage.Log.Count);
    }

    [Fact]
    public async Task The_failure_of_a_branch_cancels_the_others()
    {
        StageException error = _stage.Fail("CountTill");
        ValueTask run = _open.RunAsync(s_morning);
        _stage.Open("CountTill");

        Assert.Same(error, await Assert.ThrowsAsync<StageException>(() => run.Soon()));
        Assert.Equal((1, 1), (_stage.Count("Heat~"), _stage.Count("Sweep~")));
    }

    [Fact]
    public async Task A_cancellation_reaches_every_branch()
    {
        await using OpenShop.Handle run = _open.Start(s_morning);
        await _stage.Reached("Sweep");

        Assert.True(run.Cancel());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Completion.Soon());
        Assert.Equal((1, 1, 1), (_stage.Count("Heat~"), _stage.Count("CountTill~"), _stage.Count("Sweep~")));
        Assert.Equal(RunStatus.Cancelled, run.Status);
    }

    private sealed class Shop(Stage stage) : IShop
    {
        public ValueTask<Premises> UnlockAsync(Morning morning, CancellationToken ct) => stage.Play("Unlock", new Premises("High Street"), ct);

        public ValueTask HeatAsync(Premises premises, CancellationToken ct) => stage.Play("Heat", ct);

        public ValueTask CountTillAsync(Premises premises, CancellationToken ct) => stage.Play("CountTill", ct);

        public ValueTask SweepAsync(Premises premises, CancellationToken ct) => stage.Play("Sweep", ct);
    }
}
