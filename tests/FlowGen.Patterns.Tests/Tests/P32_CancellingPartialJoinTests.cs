namespace Patterns.P32_CancellingPartialJoin;

public sealed class P32_CancellingPartialJoinTests : ISources
{
    private readonly Doors _doors = new();

    [Fact]
    public async Task The_second_of_three_cancels_the_rest()
    {
        await using CheckFact.Handle run = new CheckFact(this).Start(new Question("when"));
        await _doors["witness"].Reached;
        _doors.Open("witness");
        Assert.Equal(1, _doors["agency"].Waiting);
        _doors.Open("archive");
        Assert.Equal(0, _doors["agency"].Waiting);

        Assert.Equal(new Agreement("archive+witness"), await run.Completion.Soon());
        Assert.Equal(NodeState.Cancelled, run[CheckFact.NodeId.Agency]);
    }

    [Fact]
    public async Task A_failure_before_the_join_fails_the_run()
    {
        InvalidOperationException burnt = new("burnt");
        ValueTask<Agreement?> run = new CheckFact(this).RunAsync(new Question("when"));
        await _doors["witness"].Reached;
        _doors.Open("witness");
        _doors["archive"].Fail(burnt);

        Assert.Same(burnt, await Assert.ThrowsAsync<InvalidOperationException>(() => run.Soon()));
        Assert.Equal(0, _doors["agency"].Waiting);
    }

    [Fact]
    public async Task Cancellation_of_the_run_reaches_all_of_them()
    {
        using CancellationTokenSource cts = new();
        ValueTask<Agreement?> run = new CheckFact(this).RunAsync(new Question("when"), cts.Token);
        await _doors["witness"].Reached;
        _doors.Open("witness");
        await cts.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(0, _doors["archive"].Waiting + _doors["agency"].Waiting);
    }

    public ValueTask<Answer> AskAsync(string source, Question question, CancellationToken ct) => _doors[source].Wait(new Answer(source, "noon"), ct);
}
