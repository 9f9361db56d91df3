namespace Patterns.P27_CompleteMultipleInstanceActivity;

public sealed class P27_CompleteMultipleInstanceActivityTests : IReferees
{
    private static readonly Paper s_paper = new("On flows", [new("Ann"), new("Bob"), new("Cid")]);

    private readonly Doors _doors = new();

    [Fact]
    public async Task Unfinished_instances_are_withdrawn_and_the_finished_ones_go_on()
    {
        await using ReviewPaper.Handle run = new ReviewPaper(this).Start(s_paper);
        await _doors["Cid"].Reached;
        _doors.Open("Bob");
        Assert.True(run.Close.TrySet(new Deadline("spring")));
        Assert.Equal(0, _doors["Ann"].Waiting + _doors["Cid"].Waiting);

        Assert.Equal(new Verdict(1, 3, "spring"), await run.Completion.Soon());
    }

    [Fact]
    public async Task It_may_be_completed_with_nothing()
    {
        await using ReviewPaper.Handle run = new ReviewPaper(this).Start(s_paper);
        await _doors["Cid"].Reached;
        run.Close.TrySet(new Deadline("spring"));

        Assert.Equal(new Verdict(0, 0, "spring"), await run.Completion.Soon());
    }

    [Fact]
    public async Task When_all_have_answered_nobody_has_to_close()
    {
        _doors.Open("Ann", "Bob", "Cid");
        await using ReviewPaper.Handle run = new ReviewPaper(this).Start(s_paper);

        Assert.Equal(new Verdict(3, 3, ClosedFor: null), await run.Completion.Soon());
        Assert.Equal(NodeState.Cancelled, run[ReviewPaper.NodeId.Close]);
        Assert.False(run.Close.TrySet(new Deadline("spring")));
    }

    [Fact]
    public async Task The_failure_of_an_instance_fails_the_run()
    {
        InvalidOperationException ill = new("ill");
        await using ReviewPaper.Handle run = new ReviewPaper(this).Start(s_paper);
        await _doors["Cid"].Reached;
        _doors["Bob"].Fail(ill);

        Assert.Same(ill, await Assert.ThrowsAsync<InvalidOperationException>(() => run.Completion.Soon()));
    }

    [Fact]
    public async Task Cancellation_of_the_run_completes_nothing()
    {
        await using ReviewPaper.Handle run = new ReviewPaper(this).Start(s_paper);
        await _doors["Cid"].Reached;
        _doors.Open("Bob");
        run.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Completion.Soon());
        Assert.Equal(NodeState.Cancelled, run[ReviewPaper.NodeId.Review]);
    }

    public ValueTask<Opinion> AskAsync(Referee referee, Paper paper, CancellationToken ct) => _doors[referee.Name].Wait(new Opinion(referee.Name, 3), ct);
}
