namespace Patterns.P22_Recursion;

/// <summary>A task calls the workflow that it is a part of.</summary>
/// <remarks>
/// What a machine costs is its own price and what its parts cost, which the same workflow works out. <see cref="DynamicSubWorkflowAttribute"/> runs the
/// workflow that a <c>FlowRef</c> names; <see cref="DynamicSubWorkflowAttribute.AllowRecursion"/> lets that be the calling one, and
/// <see cref="DynamicSubWorkflowAttribute.MaxDepth"/> bounds how deep it goes. All levels are one run. The recursion ends at parts that have none: an
/// <see cref="EachAttribute"/> over nothing calls nothing.
/// </remarks>
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

public sealed record Part(string Name, params Part[] Parts);

public sealed record Price(decimal Amount);

public sealed record Cost(decimal Amount);

public interface IPriceList
{
    ValueTask<Price> PriceAsync(string part, CancellationToken ct);
}
