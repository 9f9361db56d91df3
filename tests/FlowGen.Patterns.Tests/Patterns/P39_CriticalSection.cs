namespace Patterns.P39;

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

/// <summary>Two ships, one channel: whoever comes first has it until it is through. Checking the papers needs no channel and overlaps.</summary>
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
