namespace Patterns.P22;

public sealed record Part(string Name, params Part[] Parts);

public sealed record Price(decimal Amount);

public sealed record Cost(decimal Amount);

public interface IPriceList
{
    ValueTask<Price> PriceAsync(string part, CancellationToken ct);
}

/// <summary>
/// What a machine costs: its own price and the costs of its parts, each of which the same workflow works out. The recursion ends at parts that have none, and at the
/// latest four calls deep.
/// </summary>
[Workflow]
public sealed partial class CostOfPart(IPriceList prices)
{
    public partial ValueTask<Cost> RunAsync(Part part, CancellationToken ct = default);

    [Node]
    ValueTask<Price> LookUp(Part part, CancellationToken ct) => prices.PriceAsync(part.Name, ct);

    [Node]
    Part[] TakeApart(Part part) => part.Parts;

    [Node]
    FlowRef<Part, Cost> Itself(Part part) => new(this);

    [DynamicSubWorkflow(Candidates = [typeof(CostOfPart)], AllowRecursion = true, MaxDepth = 4)]
    private partial ValueTask<Cost> CostOf([Each(MaxParallelism = 0)] Part component, FlowRef<Part, Cost> itself);

    [Node]
    Cost Add(Price own, IReadOnlyList<Cost> components) => new(own.Amount + components.Sum(c => c.Amount));
}
