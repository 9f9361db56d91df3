namespace Patterns.P39_CriticalSection;

public sealed class P39_CriticalSectionTests : IHarbour
{
    private readonly Doors _doors = new();
    private readonly InFlight _channel = new();

    [Fact]
    public async Task The_section_is_held_until_the_whole_region_has_ended()
    {
        ValueTask<LogBook> run = Run();
        await _doors["Ann enters"].Reached;
        _doors.Open("Ann enters");
        Assert.Equal(1, _doors["Ann leaves"].Waiting);
        Assert.Equal(0, _doors["Bob enters"].Arrivals);

        _doors.Open("Ann leaves");
        await _doors["Bob enters"].Reached;
        _doors.Open("Bob enters", "Bob leaves", "Ann is checked");

        Assert.Equal(new LogBook("Ann in, Bob out, Ann checked"), await run.Soon());
        Assert.Equal(2, _channel.Total);
        Assert.Equal(1, _channel.Most);
    }

    [Fact]
    public async Task What_is_not_in_the_section_overlaps()
    {
        ValueTask<LogBook> run = Run();
        await _doors["Ann enters"].Reached;
        await _doors["Ann is checked"].Reached;
        _doors.Open("Ann is checked", "Ann enters", "Ann leaves", "Bob enters", "Bob leaves");

        Assert.Equal(new LogBook("Ann in, Bob out, Ann checked"), await run.Soon());
    }

    [Fact]
    public async Task Another_run_has_a_section_of_its_own()
    {
        ValueTask<LogBook> one = Run();
        ValueTask<LogBook> two = Run();
        await _doors["Ann enters"].ReachedBy(2);
        _doors.Open("Ann enters", "Ann leaves", "Bob enters", "Bob leaves", "Ann is checked");

        await one.Soon();
        await two.Soon();
        Assert.Equal(2, _channel.Most);
    }

    [Fact]
    public async Task A_failure_in_the_section_lets_nobody_else_in()
    {
        InvalidOperationException aground = new("aground");
        ValueTask<LogBook> run = Run();
        await _doors["Ann enters"].Reached;
        _doors["Ann enters"].Fail(aground);

        Assert.Same(aground, await Assert.ThrowsAsync<InvalidOperationException>(() => run.Soon()));
        Assert.Equal(0, _doors["Bob enters"].Arrivals);
        Assert.Equal(0, _doors["Ann is checked"].Waiting);
    }

    [Fact]
    public async Task Cancellation_reaches_who_is_inside_and_who_waits()
    {
        using CancellationTokenSource cts = new();
        ValueTask<LogBook> run = Run(cts.Token);
        await _doors["Ann enters"].Reached;
        await cts.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(0, _doors["Bob enters"].Arrivals);
    }

    public async ValueTask<Entered> EnterAsync(Ship ship, CancellationToken ct)
    {
        _channel.Enter();
        await _doors[$"{ship.Name} enters"].Wait(ct);
        return new Entered(ship.Name);
    }

    public async ValueTask<Passage> LeaveAsync(Entered entered, CancellationToken ct)
    {
        await _doors[$"{entered.Ship} leaves"].Wait(ct);
        _channel.Leave();
        return new Passage(entered.Ship);
    }

    public ValueTask<Papers> CheckAsync(Ship ship, CancellationToken ct) => _doors[$"{ship.Name} is checked"].Wait(new Papers(ship.Name), ct);

    private ValueTask<LogBook> Run(CancellationToken ct = default)
        => new ShipTraffic(this, new PassChannel(this)).RunAsync(new Ship("Ann"), new Ship("Bob"), ct);
}
