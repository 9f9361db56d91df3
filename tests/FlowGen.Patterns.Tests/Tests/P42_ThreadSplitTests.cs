namespace Patterns.P42_ThreadSplit;

public sealed class P42_ThreadSplitTests : IBoxOffice
{
    private readonly Doors _doors = new();
    private readonly Journal _journal = new();

    [Fact]
    public async Task Each_thread_walks_the_branch_at_its_own_pace()
    {
        ValueTask run = Flow().RunAsync(new Booking("Eve", 3));
        await _doors["print 3"].Reached;
        _doors.Open("print 2", "mail 2");
        Assert.Equal(["mailed 2"], _journal.Entries);
        Assert.Equal(2, _doors["print 1"].Waiting + _doors["print 3"].Waiting);

        _doors.Open("print 3", "print 1", "mail 1", "mail 3");
        await run.Soon();
        Assert.Equal(["mailed 2", "mailed 1", "mailed 3"], _journal.Entries);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    public async Task As_many_as_asked_for(int seats)
    {
        for (int i = 1; i <= seats; i++)
        {
            _doors.Open($"print {i}", $"mail {i}");
        }

        await Flow().RunAsync(new Booking("Eve", seats)).Soon();

        Assert.Equal(Enumerable.Range(1, seats).Select(i => $"mailed {i}"), _journal.Entries);
    }

    [Fact]
    public async Task The_failure_of_one_thread_fails_the_run()
    {
        InvalidOperationException jam = new("paper jam");
        ValueTask run = Flow().RunAsync(new Booking("Eve", 3));
        await _doors["print 3"].Reached;
        _doors.Open("print 1", "mail 1");
        _doors["print 3"].Fail(jam);

        Assert.Same(jam, await Assert.ThrowsAsync<InvalidOperationException>(() => run.Soon()));
        Assert.Equal(["mailed 1"], _journal.Entries);
        Assert.Equal(0, _doors["print 2"].Waiting);
    }

    [Fact]
    public async Task Cancellation_reaches_all_threads_wherever_they_are()
    {
        using CancellationTokenSource cts = new();
        ValueTask run = Flow().RunAsync(new Booking("Eve", 2), cts.Token);
        _doors.Open("print 1");
        await _doors["mail 1"].Reached;
        await _doors["print 2"].Reached;
        await cts.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(0, _doors["mail 1"].Waiting + _doors["print 2"].Waiting);
        Assert.Empty(_journal.Entries);
    }

    public ValueTask<Printed> PrintAsync(Seat seat, CancellationToken ct) => _doors[$"print {seat.Number}"].Wait(new Printed(seat.Number), ct);

    public async ValueTask MailAsync(Printed ticket, CancellationToken ct)
    {
        await _doors[$"mail {ticket.Seat}"].Wait(ct);
        _journal.Add($"mailed {ticket.Seat}");
    }

    private IssueTickets Flow() => new(new IssueTicket(this));
}
