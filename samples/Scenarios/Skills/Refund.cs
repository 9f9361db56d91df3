using Agent;
using FlowGen;

namespace Scenarios.Skills;

internal sealed record Purchase(string Article, decimal Price);

internal interface IPurchases
{
    /// <summary>The customer's last purchase that fits.</summary>
    ValueTask<Purchase> LastAsync(string criteria, CancellationToken ct);
}

internal readonly record struct Risk(int Degree);

/// <summary>A skill: what the agent can choose while it runs. It is a workflow like any other, found in a catalog by its id.</summary>
[Workflow(Id = "refund")]
internal sealed partial class Refund(IPurchases purchases)
{
    public partial ValueTask<SkillResult> RunAsync(SkillCall call, CancellationToken ct = default);

    [Node]
    ValueTask<Purchase> Find(SkillCall call, CancellationToken ct) => purchases.LastAsync(call.Arguments, ct);

    [Node]
    Risk Assess(Purchase purchase) => new(purchase.Price > 100 ? 5 : 1);

    [Node]
    SkillResult Offer(Purchase purchase, Risk risk) => new($"The {purchase.Article} is refunded: {purchase.Price}.", risk.Degree);
}
