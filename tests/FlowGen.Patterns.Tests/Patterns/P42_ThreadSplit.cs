namespace Patterns.P42_ThreadSplit;

/// <summary>One thread becomes several in the same branch.</summary>
/// <remarks>
/// One booking becomes as many threads as it has seats: <see cref="EachAttribute"/> over a sub-workflow. They walk the same branch, each at its own pace, and
/// nothing has to bring them together again but the end of the run.
/// </remarks>
[Workflow]
public sealed partial class IssueTickets(IssueTicket ticket)
{
    public partial ValueTask RunAsync(Booking booking, CancellationToken ct = default);

    [Node]
    Seat[] Split(Booking booking) => [.. Enumerable.Range(1, booking.Seats).Select(number => new Seat(booking.Guest, number))];

    [SubWorkflow(nameof(ticket))]
    private partial ValueTask Issue([Each(MaxParallelism = 0)] Seat seat);
}

/// <summary>What happens to one seat.</summary>
[Workflow]
public sealed partial class IssueTicket(IBoxOffice office)
{
    public partial ValueTask RunAsync(Seat seat, CancellationToken ct = default);

    [Node]
    ValueTask<Printed> Print(Seat seat, CancellationToken ct) => office.PrintAsync(seat, ct);

    [Node]
    ValueTask Mail(Printed ticket, CancellationToken ct) => office.MailAsync(ticket, ct);
}

public sealed record Booking(string Guest, int Seats);

public sealed record Seat(string Guest, int Number);

public sealed record Printed(int Seat);

public interface IBoxOffice
{
    ValueTask<Printed> PrintAsync(Seat seat, CancellationToken ct);

    ValueTask MailAsync(Printed ticket, CancellationToken ct);
}
