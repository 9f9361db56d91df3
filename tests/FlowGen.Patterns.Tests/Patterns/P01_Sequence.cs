namespace Patterns.P01_Sequence;

/// <summary>A task starts after the one before it has ended.</summary>
/// <remarks>
/// A parameter says it: a node starts when the nodes that its parameters come from have completed. Where there is nothing to hand over, as before <c>Wash</c>,
/// <see cref="NeedsAttribute"/> says the same without data.
/// </remarks>
[Workflow]
public sealed partial class BakeBread(IBakery bakery)
{
    public partial ValueTask<Loaf> RunAsync(Flour flour, CancellationToken ct = default);

    [Node]
    ValueTask<Dough> Knead(Flour flour, CancellationToken ct) => bakery.KneadAsync(flour, ct);

    [Node]
    ValueTask<Loaf> Bake(Dough dough, CancellationToken ct) => bakery.BakeAsync(dough, ct);

    [Node, Needs(nameof(Bake))]
    ValueTask Wash(CancellationToken ct) => bakery.WashUpAsync(ct);
}

public sealed record Flour(int Grams);

public sealed record Dough(int Grams);

public sealed record Loaf(int Grams);

public interface IBakery
{
    ValueTask<Dough> KneadAsync(Flour flour, CancellationToken ct);

    ValueTask<Loaf> BakeAsync(Dough dough, CancellationToken ct);

    ValueTask WashUpAsync(CancellationToken ct);
}
