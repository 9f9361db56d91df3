namespace Patterns.P34_StaticPartialJoinForMultipleInstances;

public sealed class P34_StaticPartialJoinForMultipleInstancesTests : IBoard
{
    private static readonly Motion s_motion = new("build", [new("Ann"), new("Bob"), new("Cid"), new("Dan"), new("Eve")]);

    private readonly Doors _doors = new();

    [Fact]
    public async Task The_third_of_five_goes_on_and_the_rest_is_ignored()
    {
        await using CarryMotion.Handle run = new CarryMotion(this).Start(s_motion);
        await _doors["Eve"].Reached;
        _doors.Open("Dan", "Ann");
        Assert.Equal(0, _doors["gazette"].Arrivals);
        _doors.Open("Bob");
        await _doors["gazette"].Reached;
        Assert.Equal(2, _doors["Cid"].Waiting + _doors["Eve"].Waiting);

        _doors.Open("gazette");
        Assert.False(run.Completion.IsCompleted);
        _doors.Open("Cid", "Eve");

        Assert.Equal(new Resolution("build", "Ann+Bob+Dan"), await run.Completion.Soon());
        Assert.Equal(1, _doors["gazette"].Arrivals);
    }

    [Fact]
    public async Task Fewer_than_three_are_all_waited_for()
    {
        _doors.Open("Ann", "gazette");
        ValueTask<Resolution> run = new CarryMotion(this).RunAsync(new Motion("build", [new("Ann"), new("Bob")]));
        Assert.False(run.IsCompleted);
        _doors.Open("Bob");

        Assert.Equal(new Resolution("build", "Ann+Bob"), await run.Soon());
    }

    [Fact]
    public async Task A_failure_before_the_join_fails_the_run()
    {
        InvalidOperationException ill = new("ill");
        ValueTask<Resolution> run = new CarryMotion(this).RunAsync(s_motion);
        await _doors["Eve"].Reached;
        _doors.Open("Ann", "Bob");
        _doors["Cid"].Fail(ill);

        Assert.Same(ill, await Assert.ThrowsAsync<InvalidOperationException>(() => run.Soon()));
        Assert.Equal(0, _doors["gazette"].Arrivals);
        Assert.Equal(0, _doors["Dan"].Waiting + _doors["Eve"].Waiting);
    }

    [Fact]
    public async Task A_failure_after_the_join_is_ignored_with_the_rest()
    {
        _doors.Open("gazette");
        ValueTask<Resolution> run = new CarryMotion(this).RunAsync(s_motion);
        await _doors["Eve"].Reached;
        _doors.Open("Ann", "Bob", "Cid");
        _doors["Dan"].Fail(new InvalidOperationException("ill"));
        _doors.Open("Eve");

        Assert.Equal(new Resolution("build", "Ann+Bob+Cid"), await run.Soon());
    }

    [Fact]
    public async Task Cancellation_reaches_those_who_are_ignored_too()
    {
        using CancellationTokenSource cts = new();
        ValueTask<Resolution> run = new CarryMotion(this).RunAsync(s_motion, cts.Token);
        await _doors["Eve"].Reached;
        _doors.Open("Ann", "Bob", "Cid");
        await _doors["gazette"].Reached;
        await cts.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(0, _doors["Dan"].Waiting + _doors["Eve"].Waiting);
    }

    public ValueTask<Vote> VoteAsync(Member member, Motion motion, CancellationToken ct) => _doors[member.Name].Wait(new Vote(member.Name), ct);

    public ValueTask<Resolution> PublishAsync(Motion motion, string carriedBy, CancellationToken ct)
        => _doors["gazette"].Wait(new Resolution(motion.Text, carriedBy), ct);
}
