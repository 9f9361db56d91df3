namespace Patterns.P39_CriticalSection;

/// <summary>Of several regions of one run at most one is entered at a time.</summary>
/// <remarks>
/// The channel is too narrow for two ships. <c>[Exclusive]</c> names the section by a type; all nodes of the run that name the same one
/// take turns, in the order in which they came. A sub-workflow holds the section until its activation has ended, so a region may have any number of steps.
/// Checking the papers is outside and overlaps.
/// </remarks>
[Workflow]
public sealed partial class ShipTraffic(IHarbour harbour, PassChannel channel)
{
    public partial ValueTask<LogBook> RunAsync(Ship inbound, Ship outbound, CancellationToken ct = default);

    [SubWorkflow(nameof(channel)), Exclusive<Channel>]
    private partial ValueTask<Passage> ComeIn([Input] Ship inbound);

    [SubWorkflow(nameof(channel)), Exclusive<Channel>]
    private partial ValueTask<Passage> GoOut([Input] Ship outbound);

    [Node]
    ValueTask<Papers> Check([Input] Ship inbound, CancellationToken ct) => harbour.CheckAsync(inbound, ct);

    [Node]
    LogBook Log(Passage comeIn, Passage goOut, Papers papers) => new($"{comeIn.Ship} in, {goOut.Ship} out, {papers.Ship} checked");
}

/// <summary>Through the channel: in at one end, out at the other.</summary>
[Workflow]
public sealed partial class PassChannel(IHarbour harbour)
{
    public partial ValueTask<Passage> RunAsync(Ship ship, CancellationToken ct = default);

    [Node]
    ValueTask<Entered> Enter(Ship ship, CancellationToken ct) => harbour.EnterAsync(ship, ct);

    [Node]
    ValueTask<Passage> Leave(Entered entered, CancellationToken ct) => harbour.LeaveAsync(entered, ct);
}

public sealed record Ship(string Name);

public sealed record Entered(string Ship);

public sealed record Passage(string Ship);

public sealed record Papers(string Ship);

public sealed record LogBook(string Ships);

/// <summary>The channel is too narrow for two.</summary>
public sealed class Channel;

public interface IHarbour
{
    ValueTask<Entered> EnterAsync(Ship ship, CancellationToken ct);

    ValueTask<Passage> LeaveAsync(Entered entered, CancellationToken ct);

    ValueTask<Papers> CheckAsync(Ship ship, CancellationToken ct);
}
