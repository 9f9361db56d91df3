namespace Patterns.P12_InstancesWithoutSynchronization;

public sealed class P12_InstancesWithoutSynchronizationTests
{
    private static readonly Concert s_concert = new("The Gates");
    private static readonly Friend[] s_friends = [new("Ann"), new("Bob"), new("Cleo")];
    private readonly Stage _stage = new Stage().Hold("Ann", "Bob", "Cleo");
    private readonly AnnounceConcert _announce;

    public P12_InstancesWithoutSynchronizationTests() => _announce = new AnnounceConcert(new Promoter(_stage));

    [Fact]
    public async Task Nobody_waits_for_the_instances_but_the_end_of_the_run()
    {
        ValueTask<Poster> run = _announce.RunAsync(s_concert, s_friends);
        Assert.Equal((1, 1, 1), (_stage.Waiting("Ann"), _stage.Waiting("Bob"), _stage.Waiting("Cleo")));
        Assert.Equal(1, _stage.Count("PutUp."));

        _stage.Open("Cleo");
        _stage.Open("Ann");
        Assert.False(run.IsCompleted);

        _stage.Open("Bob");
        Assert.Equal(new Poster("The Gates"), await run.Soon());
    }

    [Fact]
    public async Task There_may_be_none()
    {
        Assert.Equal(new Poster("The Gates"), await _announce.RunAsync(s_concert, []).Soon());
        Assert.Equal(["Print", "Print.", "PutUp", "PutUp."], _stage.Log);
    }

    [Fact]
    public async Task The_failure_of_an_instance_concerns_nobody()
    {
        _stage.Fail("Bob");
        ValueTask<Poster> run = _announce.RunAsync(s_concert, s_friends);
        _stage.Open("Bob");
        Assert.Equal((0, 0), (_stage.Count("Ann~"), _stage.Count("Cleo~")));

        _stage.Open("Ann");
        _stage.Open("Cleo");
        Assert.Equal(new Poster("The Gates"), await run.Soon());
    }

    [Fact]
    public async Task A_cancellation_reaches_every_instance()
    {
        await using AnnounceConcert.Handle run = _announce.Start(s_concert, s_friends);
        await _stage.Reached("Cleo");

        Assert.True(run.Cancel());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Completion.Soon());
        Assert.Equal((1, 1, 1), (_stage.Count("Ann~"), _stage.Count("Bob~"), _stage.Count("Cleo~")));
    }

    private sealed class Promoter(Stage stage) : IPromoter
    {
        public ValueTask InviteAsync(Friend friend, Concert concert, CancellationToken ct) => stage.Play(friend.Name, ct);

        public ValueTask<Poster> PrintAsync(Concert concert, CancellationToken ct) => stage.Play("Print", new Poster(concert.Band), ct);

        public ValueTask PutUpAsync(Poster poster, CancellationToken ct) => stage.Play("PutUp", ct);
    }
}
