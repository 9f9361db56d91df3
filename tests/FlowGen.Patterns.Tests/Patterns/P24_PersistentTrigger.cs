namespace Patterns.P24;

public sealed record Claim(string Car);

public sealed record ClaimNumber(int Value);

public sealed record Appraisal(decimal Damage);

public sealed record Settlement(int Claim, decimal Amount);

public interface IRegistry
{
    ValueTask<ClaimNumber> RegisterAsync(Claim claim, CancellationToken ct);
}

/// <summary>The appraiser may be faster than the office: an appraisal that comes before anybody asks for it is kept until somebody does.</summary>
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
