namespace Patterns.P35_CancellingPartialJoinForMultipleInstances;

/// <summary>Of M instances of a task the N-th to complete goes on and cancels the rest.</summary>
/// <remarks>
/// Two fares are enough to compare. With <see cref="EachRest.Cancel"/>, the default, those that are still being asked for are cancelled when
/// <see cref="EachAttribute.Until"/> holds, and what has not started never does.
/// </remarks>
[Workflow]
public sealed partial class BuyTicket(IAirlines airlines)
{
    public partial ValueTask<Ticket> RunAsync(Journey journey, CancellationToken ct = default);

    [Node]
    Airline[] Choose(Journey journey) => journey.Airlines;

    [Node]
    ValueTask<Fare> Quote(
        [Each(MaxParallelism = 0, Until = nameof(AreTwo), Rest = EachRest.Cancel)] Airline airline,
        Journey journey, CancellationToken ct)
        => airlines.QuoteAsync(airline, journey, ct);

    static bool AreTwo(EachProgress fares) => fares.Completed >= 2;

    [Node]
    Ticket Buy(IReadOnlyList<Fare> fares) => new(fares.MinBy(f => f.Price)!.Airline, fares.Count);
}

public sealed record Airline(string Name);

public sealed record Journey(string To, Airline[] Airlines);

public sealed record Fare(string Airline, decimal Price);

public sealed record Ticket(string Airline, int Compared);

public interface IAirlines
{
    ValueTask<Fare> QuoteAsync(Airline airline, Journey journey, CancellationToken ct);
}
