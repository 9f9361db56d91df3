namespace Patterns.P08_MultiMerge;

/// <summary>Several branches meet without synchronization: what follows runs for each of them that arrives.</summary>
/// <remarks>
/// What follows is a workflow of its own, called behind each branch. It is laid out once for each call, so that the arrivals do not wait for each other; its code is emitted
/// once.
/// </remarks>
[Workflow]
public sealed partial class MakeFrontPage(INewsroom newsroom, Publish publish)
{
    public partial ValueTask RunAsync(Story story, CancellationToken ct = default);

    [Node]
    ValueTask<Piece> Write(Story story, CancellationToken ct) => newsroom.WriteAsync(story, ct);

    [Node]
    ValueTask<Piece> Photograph(Story story, CancellationToken ct) => newsroom.PhotographAsync(story, ct);

    [SubWorkflow<Publish>]
    private partial ValueTask PublishText([From(nameof(Write))] Piece piece);

    [SubWorkflow<Publish>]
    private partial ValueTask PublishPhoto([From(nameof(Photograph))] Piece piece);
}

[Workflow]
public sealed partial class Publish(INewsroom newsroom)
{
    public partial ValueTask RunAsync(Piece piece, CancellationToken ct = default);

    [Node]
    ValueTask<Proof> Check(Piece piece, CancellationToken ct) => newsroom.CheckAsync(piece, ct);

    [Node]
    ValueTask Print(Proof proof, CancellationToken ct) => newsroom.PrintAsync(proof, ct);
}

public sealed record Story(string Title);

public sealed record Piece(string Kind);

public sealed record Proof(string Kind);

public interface INewsroom
{
    ValueTask<Piece> WriteAsync(Story story, CancellationToken ct);

    ValueTask<Piece> PhotographAsync(Story story, CancellationToken ct);

    ValueTask<Proof> CheckAsync(Piece piece, CancellationToken ct);

    ValueTask PrintAsync(Proof proof, CancellationToken ct);
}
