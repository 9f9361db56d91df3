namespace Patterns.P18_Milestone;

/// <summary>A task can be done only while the run is in a certain state: not before it is reached, and no longer once it has been left.</summary>
/// <remarks>
/// The seat can be changed from <c>Book</c>, whose value it takes, until the gate closes: <see cref="CancelsAttribute"/> withdraws the offer at that moment. It may have
/// been used by then or not, so that <c>Board</c> tolerates that there is no new seat.
/// </remarks>
[Workflow, Timeout(Hours = 24)]
public sealed partial class TakeFlight(IAirline airline)
{
    public partial ValueTask<BoardingPass> RunAsync(Passenger passenger, CancellationToken ct = default);

    [Node]
    ValueTask<Booking> Book(Passenger passenger, CancellationToken ct) => airline.BookAsync(passenger, ct);

    [Wait]
    private partial ValueTask<Seat> ChangeSeat(Booking booking);

    [Wait, Cancels(nameof(ChangeSeat))]
    private partial ValueTask<Closing> CloseGate(Booking booking);

    [Node]
    ValueTask<BoardingPass> Board(Booking booking, Closing closing, Seat? seat, CancellationToken ct) => airline.BoardAsync(booking, closing, seat, ct);
}

public sealed record Passenger(string Name);

public sealed record Booking(string Seat);

public sealed record Seat(string Name);

public sealed record Closing(string Gate);

public sealed record BoardingPass(string Gate, string Seat);

public interface IAirline
{
    ValueTask<Booking> BookAsync(Passenger passenger, CancellationToken ct);

    ValueTask<BoardingPass> BoardAsync(Booking booking, Closing closing, Seat? seat, CancellationToken ct);
}
