#pragma warning disable FG9004
namespace FlowGen.Stress.Tests;

public sealed record Topic(int Number);

public sealed record Opening(int Number);

public sealed record Reply(int Number);

public sealed record Farewell(int Number);

public sealed record Bid(int Number);

public sealed record Lot(int Number);

/// <param name="First">The answer to the first question.</param>
/// <param name="Second">That to the second; -1 when nobody answered in time.</param>
/// <param name="Last">That to the last.</param>
public sealed record Said(int First, int Second, int Last);

/// <param name="First">The answer that came first of two.</param>
/// <param name="Lots">One for each lot.</param>
public sealed record Sold(int First, IReadOnlyList<int> Lots);

/// <summary>Asks one question after the other, the second with a time limit that is often over.</summary>
[Workflow]
public sealed partial class Dialogue
{
    public partial ValueTask<Said> RunAsync(Topic topic, CancellationToken ct = default);

    [Wait]
    private partial ValueTask<Opening> Open(Topic topic);

    [Wait, Timeout(Milliseconds = 1)]
    private partial ValueTask<Reply> Answer(Opening opening);

    [Catch(nameof(Answer))]
    static Reply Nobody(TimeoutException error) => new(error.Message.Length > 0 ? -1 : 0);

    [Wait]
    private partial ValueTask<Farewell> Close(Reply reply);

    [Node]
    static Said Tell(Opening opening, Reply reply, Farewell farewell) => new(opening.Number, reply.Number, farewell.Number);
}

/// <summary>Asks several questions at once: two of which one is enough, and one for each lot.</summary>
[Workflow]
public sealed partial class Auction
{
    public partial ValueTask<Sold> RunAsync(Topic topic, CancellationToken ct = default);

    [Wait]
    private partial ValueTask<Opening> Left(Topic topic);

    [Wait]
    private partial ValueTask<Opening> Right(Topic topic);

    [Node]
    static IReadOnlyList<Lot> Lots(Topic topic) => [new(topic.Number), new(topic.Number + 1), new(topic.Number + 2)];

    [Wait]
    private partial ValueTask<Bid> Sell([Each(MaxParallelism = 0)] Lot lot);

    [Node]
    static Sold Tell([FromFirst(nameof(Left), nameof(Right))] Opening opening, IReadOnlyList<Bid> bids) => new(opening.Number, [.. bids.Select(bid => bid.Number)]);
}
