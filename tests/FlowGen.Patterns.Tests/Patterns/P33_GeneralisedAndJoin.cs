namespace Patterns.P33;

public sealed record BikeFrame(int Number);

public sealed record WheelSet(int Number);

public sealed record Bike(int Frame, int Wheels);

public sealed record Batch(int Ordered, params Bike[] Bikes);

public interface IWorkshop
{
    ValueTask<Bike> AssembleAsync(BikeFrame frame, WheelSet wheels, CancellationToken ct);
}

/// <summary>One bike: needs one frame and one set of wheels, whichever comes first.</summary>
[Workflow]
public sealed partial class BuildBike(IWorkshop workshop)
{
    public partial ValueTask<Batch> RunAsync(Batch batch, CancellationToken ct = default);

    [Wait]
    private partial ValueTask<BikeFrame> Frame(Batch batch);

    [Wait]
    private partial ValueTask<WheelSet> Wheels(Batch batch);

    [Node]
    ValueTask<Bike> Assemble(BikeFrame frame, WheelSet wheels, CancellationToken ct) => workshop.AssembleAsync(frame, wheels, ct);

    [Node]
    Batch Add(Batch batch, Bike bike) => batch with { Bikes = [.. batch.Bikes, bike] };
}

/// <summary>
/// Suppliers deliver as they please. A round takes one arrival of each kind; what arrives beyond that, three frames before the first wheels for example, is kept in order for
/// the rounds that follow.
/// </summary>
[Workflow]
public sealed partial class BuildBatch(BuildBike line)
{
    public partial ValueTask<Batch> RunAsync(Batch batch, CancellationToken ct = default);

    [SubWorkflow(nameof(line)), Repeat(Until = nameof(IsComplete))]
    private partial ValueTask<Batch> Next(Batch batch);

    static bool IsComplete(Batch batch) => batch.Bikes.Length >= batch.Ordered;
}
