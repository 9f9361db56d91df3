namespace Patterns.P27_CompleteMultipleInstanceActivity;

/// <summary>All unfinished instances of a task are withdrawn, and the workflow goes on as if the task had completed with the finished ones.</summary>
/// <remarks>
/// The editor may close the round. <see cref="CancelsAttribute.KeepFinished"/> makes the difference to cancelling: the <see cref="EachAttribute"/> node
/// completes with what its finished elements have yielded. The opinions are optional for the verdict, because an editor may close the round before it has
/// begun.
/// </remarks>
[Workflow]
public sealed partial class ReviewPaper(IReferees referees)
{
    public partial ValueTask<Verdict> RunAsync(Paper paper, CancellationToken ct = default);

    [Node]
    Referee[] Choose(Paper paper) => paper.Referees;

    [Node, Cancels(nameof(Close))]
    ValueTask<Opinion> Review([Each(MaxParallelism = 0)] Referee referee, Paper paper, CancellationToken ct) => referees.AskAsync(referee, paper, ct);

    [Wait, Cancels(nameof(Review), KeepFinished = true)]
    private partial ValueTask<Deadline> Close(Paper paper);

    [Node]
    Verdict Decide(IReadOnlyList<Opinion>? opinions, Deadline? deadline)
        => new(opinions?.Count ?? 0, opinions is { Count: > 0 } ? opinions.Average(o => o.Mark) : 0, deadline?.Reason);
}

public sealed record Referee(string Name);

public sealed record Paper(string Title, Referee[] Referees);

public sealed record Opinion(string Referee, int Mark);

public sealed record Deadline(string Reason);

public sealed record Verdict(int Opinions, double Mark, string? ClosedFor);

public interface IReferees
{
    ValueTask<Opinion> AskAsync(Referee referee, Paper paper, CancellationToken ct);
}
