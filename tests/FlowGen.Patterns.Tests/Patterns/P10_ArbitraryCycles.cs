namespace Patterns.P10_ArbitraryCycles;

/// <summary>Tasks repeat in cycles that may be entered and left at more than one place.</summary>
/// <remarks>
/// A graph of FlowGen has no cycles. The place in the cycle is a value that the loop carries: a switch goes where it says, every task says where to go next, and the loop ends
/// at whichever place is an exit. Here a manuscript may be handed in at any desk, typesetting may send it back to review or to the author, and it leaves printed or rejected.
/// </remarks>
[Workflow]
public sealed partial class PublishBook(VisitDesk visitDesk)
{
    public partial ValueTask<Manuscript> RunAsync(Manuscript manuscript, CancellationToken ct = default);

    static bool IsDone(Manuscript manuscript) => manuscript.Desk is Desk.Printed or Desk.Rejected;

    [SubWorkflow<VisitDesk>, Repeat(Until = nameof(IsDone), MaxIterations = 50)]
    private partial ValueTask<Manuscript> Visit(Manuscript manuscript);
}

[Workflow]
public sealed partial class VisitDesk(IPublisher publisher)
{
    public partial ValueTask<Manuscript> RunAsync(Manuscript manuscript, CancellationToken ct = default);

    static Desk Where([Input] Manuscript manuscript) => manuscript.Desk;

    [Node, When(nameof(Where), Desk.Author)]
    ValueTask<Manuscript> Revise([Input] Manuscript manuscript, CancellationToken ct) => publisher.ReviseAsync(manuscript, ct);

    [Node, When(nameof(Where), Desk.Reviewer)]
    ValueTask<Manuscript> Review([Input] Manuscript manuscript, CancellationToken ct) => publisher.ReviewAsync(manuscript, ct);

    [Node, Otherwise(nameof(Where))]
    ValueTask<Manuscript> Typeset([Input] Manuscript manuscript, CancellationToken ct) => publisher.TypesetAsync(manuscript, ct);
}

public sealed record Manuscript(string Title, Desk Desk);

public enum Desk
{
    Author,
    Reviewer,
    Typesetter,
    Printed,
    Rejected,
}

public interface IPublisher
{
    ValueTask<Manuscript> ReviseAsync(Manuscript manuscript, CancellationToken ct);

    ValueTask<Manuscript> ReviewAsync(Manuscript manuscript, CancellationToken ct);

    ValueTask<Manuscript> TypesetAsync(Manuscript manuscript, CancellationToken ct);
}
