namespace Patterns.P24_PersistentTrigger;

/// <summary>A signal is kept until a task takes it, however early it comes.</summary>
/// <remarks>
/// The appraiser may be faster than the office. <see cref="WaitAttribute"/> keeps what comes before anybody asks, several in their order; that is the default.
/// What nobody has taken when the run ends is gone with it.
/// </remarks>
[Workflow]
public sealed partial class SettleClaim(IRegistry registry)
{
    public partial ValueTask<Settlement> RunAsync(Claim claim, CancellationToken ct = default);

    [Node]
    ValueTask<ClaimNumber> Register(Claim claim, CancellationToken ct) => registry.RegisterAsync(claim, ct);

    [Wait, Timeout(Hours = 72)]
    private partial ValueTask<Appraisal> Appraise(ClaimNumber number);

    [Node]
    Settlement Settle(ClaimNumber number, Appraisal appraisal) => new(number.Value, appraisal.Damage);
}

public sealed record Claim(string Car);

public sealed record ClaimNumber(int Value);

public sealed record Appraisal(decimal Damage);

public sealed record Settlement(int Claim, decimal Amount);

public interface IRegistry
{
    ValueTask<ClaimNumber> RegisterAsync(Claim claim, CancellationToken ct);
}
