namespace Patterns.P19_CancelActivity;

/// <summary>One task is withdrawn: it never starts, or is stopped where it is; the rest of the run goes on.</summary>
/// <remarks>
/// <see cref="CancelsAttribute"/> names what is withdrawn when the node completes. Here the owner is asked on the telephone, who may have the bag already; then nobody
/// needs to search for it. The search is over before <c>Write</c> starts, whichever way it ended.
/// </remarks>
[Workflow]
public sealed partial class FindBag(IAirport airport)
{
    public partial ValueTask<Letter> RunAsync(Claim claim, CancellationToken ct = default);

    [Node]
    ValueTask<Hall> Unlock(Claim claim, CancellationToken ct) => airport.UnlockAsync(claim, ct);

    [Node]
    ValueTask<Bag> Search(Hall hall, CancellationToken ct) => airport.SearchAsync(hall, ct);

    [Node, Cancels(nameof(Search))]
    ValueTask<GoodNews> Telephone(Claim claim, CancellationToken ct) => airport.TelephoneAsync(claim, ct);

    [Node]
    ValueTask<Letter> Write(GoodNews news, Bag? bag, CancellationToken ct) => airport.WriteAsync(news, bag, ct);
}

public sealed record Claim(string Owner);

public sealed record Hall(int Number);

public sealed record Bag(string Colour);

public sealed record GoodNews(string Text);

public sealed record Letter(string Text);

public interface IAirport
{
    ValueTask<Hall> UnlockAsync(Claim claim, CancellationToken ct);

    ValueTask<Bag> SearchAsync(Hall hall, CancellationToken ct);

    ValueTask<GoodNews> TelephoneAsync(Claim claim, CancellationToken ct);

    ValueTask<Letter> WriteAsync(GoodNews news, Bag? bag, CancellationToken ct);
}
