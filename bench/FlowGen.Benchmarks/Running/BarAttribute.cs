namespace FlowGen.Benchmarks.Running;

/// <summary>
/// Marks the side of a comparison that has to stay under a bar. The other side is the baseline of the same class, unless it names one. Set exactly one
/// of <see cref="MaxRatio"/> and <see cref="MaxExtraNanoseconds"/>.
/// </summary>
/// <param name="row">What is compared, as the table prints it.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BarAttribute(string row) : Attribute
{
    public string Row { get; } = row;

    /// <summary>The method of the class to compare with; null for its baseline.</summary>
    public string? Against { get; init; }

    /// <summary>Of the medians; 0 for none.</summary>
    public double MaxRatio { get; init; }

    /// <summary>Difference of the medians; 0 for none.</summary>
    public double MaxExtraNanoseconds { get; init; }

    /// <summary>Allocated by one run.</summary>
    public long MaxBytes { get; init; }
}
