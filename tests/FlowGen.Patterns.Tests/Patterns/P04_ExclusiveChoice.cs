namespace Patterns.P04_ExclusiveChoice;

/// <summary>Exactly one of several branches is taken, as data decide.</summary>
/// <remarks>
/// <see cref="WhenAttribute"/> names what decides: a node, as here, or a method of the workflow. <see cref="OtherwiseAttribute"/> takes every value that nobody lists, so
/// that no parcel is left behind; without it the compiler says which value nobody handles.
/// </remarks>
[Workflow]
public sealed partial class RouteParcel(ICarriers carriers)
{
    public partial ValueTask RunAsync(Parcel parcel, CancellationToken ct = default);

    [Node]
    ValueTask<Means> Choose(Parcel parcel, CancellationToken ct) => carriers.ChooseAsync(parcel, ct);

    [Node, When(nameof(Choose), Means.Bicycle)]
    ValueTask Cycle(Parcel parcel, CancellationToken ct) => carriers.CycleAsync(parcel, ct);

    [Node, When(nameof(Choose), Means.Van)]
    ValueTask Drive(Parcel parcel, CancellationToken ct) => carriers.DriveAsync(parcel, ct);

    [Node, Otherwise(nameof(Choose))]
    ValueTask Fly(Parcel parcel, CancellationToken ct) => carriers.FlyAsync(parcel, ct);
}

public sealed record Parcel(int Grams);

public enum Means
{
    Bicycle,
    Van,
    Plane,
    Balloon,
}

public interface ICarriers
{
    ValueTask<Means> ChooseAsync(Parcel parcel, CancellationToken ct);

    ValueTask CycleAsync(Parcel parcel, CancellationToken ct);

    ValueTask DriveAsync(Parcel parcel, CancellationToken ct);

    ValueTask FlyAsync(Parcel parcel, CancellationToken ct);
}
