namespace Patterns.P20_CancelCase;

/// <summary>A whole run is stopped, wherever it is.</summary>
/// <remarks>
/// There is nothing to write for it: <c>Cancel()</c> of the handle, or the caller's token, stops every run. Nothing starts any more, what executes is cancelled and awaited, and
/// <see cref="CompensateAttribute"/> undoes what had completed, the latest first.
/// </remarks>
[Workflow]
public sealed partial class PlanWedding(IPlanner planner)
{
    public partial ValueTask<Programme> RunAsync(Couple couple, CancellationToken ct = default);

    [Node]
    ValueTask<Venue> BookVenue(Couple couple, CancellationToken ct) => planner.BookVenueAsync(couple, ct);

    [Compensate(nameof(BookVenue))]
    ValueTask CancelVenue(Venue venue) => planner.CancelVenueAsync(venue);

    [Node]
    ValueTask<Band> BookBand(Venue venue, CancellationToken ct) => planner.BookBandAsync(venue, ct);

    [Compensate(nameof(BookBand))]
    ValueTask CancelBand(Band band) => planner.CancelBandAsync(band);

    [Node]
    ValueTask<Cake> OrderCake(Venue venue, CancellationToken ct) => planner.OrderCakeAsync(venue, ct);

    [Node]
    ValueTask<Programme> Print(Band band, Cake cake, CancellationToken ct) => planner.PrintAsync(band, cake, ct);
}

public sealed record Couple(string Names);

public sealed record Venue(string Name);

public sealed record Band(string Name);

public sealed record Cake(int Tiers);

public sealed record Programme(string Text);

public interface IPlanner
{
    ValueTask<Venue> BookVenueAsync(Couple couple, CancellationToken ct);

    ValueTask CancelVenueAsync(Venue venue);

    ValueTask<Band> BookBandAsync(Venue venue, CancellationToken ct);

    ValueTask CancelBandAsync(Band band);

    ValueTask<Cake> OrderCakeAsync(Venue venue, CancellationToken ct);

    ValueTask<Programme> PrintAsync(Band band, Cake cake, CancellationToken ct);
}
