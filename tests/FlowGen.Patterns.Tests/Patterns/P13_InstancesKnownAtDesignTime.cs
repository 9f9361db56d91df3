namespace Patterns.P13_InstancesKnownAtDesignTime;

/// <summary>A task is done a fixed number of times, and what follows waits for all of them.</summary>
/// <remarks>
/// The task is a node class. Each member that names it is an instance, with a node of its own in the graph; parameters of one type are told apart by the names of the nodes.
/// </remarks>
[Workflow]
public sealed partial class AnalyseSample(ILaboratory laboratory)
{
    public partial ValueTask<Finding> RunAsync(Sample sample, CancellationToken ct = default);

    [Node<Measure>]
    private partial ValueTask<Reading> First(Sample sample);

    [Node<Measure>]
    private partial ValueTask<Reading> Second(Sample sample);

    [Node<Measure>]
    private partial ValueTask<Reading> Third(Sample sample);

    [Node]
    ValueTask<Finding> Report(Reading first, Reading second, Reading third, CancellationToken ct)
        => laboratory.ReportAsync(first, second, third, ct);
}

public sealed class Measure(ILaboratory laboratory)
{
    public ValueTask<Reading> ExecuteAsync(Sample sample, CancellationToken ct) => laboratory.MeasureAsync(sample, ct);
}

public sealed record Sample(int Value);

public sealed record Reading(int Value);

public sealed record Finding(int Sum);

public interface ILaboratory
{
    ValueTask<Reading> MeasureAsync(Sample sample, CancellationToken ct);

    ValueTask<Finding> ReportAsync(Reading first, Reading second, Reading third, CancellationToken ct);
}
