namespace Patterns.P43_ExplicitTermination;

/// <summary>A named end stops everything that is still under way, and the run has completed.</summary>
/// <remarks>
/// Money is held back, and two checks go on at once. <see cref="EndAttribute"/> ends the run when its node completes: nothing else starts, what executes is
/// cancelled and awaited, and the node's value is the result. That is no failure: nothing is undone.
/// </remarks>
[Workflow]
public sealed partial class DecideLoan(IBank bank)
{
    public partial ValueTask<Decision> RunAsync(Application application, CancellationToken ct = default);

    [Node]
    ValueTask<Hold> HoldMoney(Application application, CancellationToken ct) => bank.HoldAsync(application, ct);

    [Compensate(nameof(HoldMoney))]
    void Release(Hold hold) => bank.Release(hold);

    [Node]
    ValueTask<Standing> LookUp(Application application, CancellationToken ct) => bank.LookUpAsync(application, ct);

    static bool IsFraud(Standing standing) => standing.IsFraud;

    [Node, End, When(nameof(IsFraud))]
    Decision Refuse(Standing standing) => new(false, "fraud");

    [Node]
    ValueTask<Valuation> AppraiseHouse(Application application, CancellationToken ct) => bank.ValueAsync(application, ct);

    [Node, Unless(nameof(IsFraud))]
    Decision Decide(Application application, Hold hold, Valuation valuation)
        => valuation.Amount >= application.Amount ? new(true, $"{hold.Amount} held") : new(false, "worth too little");
}

public sealed record Application(string Name, decimal Amount);

public sealed record Hold(decimal Amount);

public sealed record Standing(bool IsFraud);

public sealed record Valuation(decimal Amount);

public sealed record Decision(bool IsGranted, string Reason);

public interface IBank
{
    ValueTask<Hold> HoldAsync(Application application, CancellationToken ct);

    void Release(Hold hold);

    ValueTask<Standing> LookUpAsync(Application application, CancellationToken ct);

    ValueTask<Valuation> ValueAsync(Application application, CancellationToken ct);
}
