namespace Patterns.P33_GeneralisedAndJoin;

/// <summary>A task needs one arrival on each of its inputs; arrivals beyond that are kept, in order, for the rounds that follow.</summary>
/// <remarks>
/// Suppliers deliver as they please. <see cref="WaitAttribute"/> keeps what comes before it is asked for, and each round of the <see cref="RepeatAttribute"/>
/// asks for one of each kind: three frames before the first wheels lie there until their wheels come.
/// </remarks>
[Workflow]
public sealed partial class BuildBatch(BuildBike line)
{
    public partial ValueTask<Batch> RunAsync(Batch batch, CancellationToken ct = default);

    [SubWorkflow(nameof(line)), Repeat(Until = nameof(IsComplete))]
    private partial ValueTask<Batch> Next(Batch batch);

    static bool IsComplete(Batch batch) => batch.Bikes.Length >= batch.Ordered;
}

/// <summary>One bike: needs one frame and one set of wheels, whichever comes first.</summary>
[Workflow]
public sealed partial class BuildBike(IWorkshop workshop)
{
    public partial ValueTask<Batch> RunAsync(Batch batch, CancellationToken ct = default);

    [Wait]
    private partial ValueTask<BikeFrame> Frame([Input] Batch batch);

    [Wait]
    private partial ValueTask<WheelSet> Wheels([Input] Batch batch);

    [Node]
    ValueTask<Bike> Assemble(BikeFrame frame, WheelSet wheels, CancellationToken ct) => workshop.AssembleAsync(frame, wheels, ct);

    [Node]
    Batch Add([Input] Batch batch, Bike bike) => batch with { Bikes = [.. batch.Bikes, bike] };
}

public sealed record BikeFrame(int Number);

public sealed record WheelSet(int Number);

public sealed record Bike(int Frame, int Wheels);

public sealed record Batch(int Ordered, params Bike[] Bikes);

public interface IWorkshop
{
    ValueTask<Bike> AssembleAsync(BikeFrame frame, WheelSet wheels, CancellationToken ct);
}
