namespace Patterns.P21_StructuredLoop;

/// <summary>A task repeats while a condition holds; the loop has one entry and one exit.</summary>
/// <remarks>
/// <see cref="RepeatAttribute"/> runs the node at least once and asks afterwards; the value of a round is the parameter of the next. With the condition in
/// <see cref="WhenAttribute"/> as well, it is also asked before the first round, so that a smooth table is not sanded at all. A loop never runs more often than its limit.
/// </remarks>
[Workflow]
public sealed partial class FinishTable(IWorkshop workshop)
{
    public partial ValueTask<Table> RunAsync(Plank plank, CancellationToken ct = default);

    [Node]
    ValueTask<Surface> Inspect(Plank plank, CancellationToken ct) => workshop.InspectAsync(plank, ct);

    static bool IsRough(Surface surface) => surface.Roughness > 0;

    [Node, When(nameof(IsRough)), Repeat(While = nameof(IsRough), MaxIterations = 10)]
    ValueTask<Surface> Sand([From(nameof(Inspect))] Surface surface, CancellationToken ct) => workshop.SandAsync(surface, ct);

    [Node, After(nameof(Sand))]
    ValueTask<Table> Varnish(Plank plank, CancellationToken ct) => workshop.VarnishAsync(plank, ct);
}

public sealed record Plank(string Wood);

public sealed record Surface(int Roughness);

public sealed record Table(string Wood);

public interface IWorkshop
{
    ValueTask<Surface> InspectAsync(Plank plank, CancellationToken ct);

    ValueTask<Surface> SandAsync(Surface surface, CancellationToken ct);

    ValueTask<Table> VarnishAsync(Plank plank, CancellationToken ct);
}
