using FlowGen.Benchmarks.Sources;

namespace FlowGen.Benchmarks.Elements;

/// <summary>Every element suspends and resumes on the thread pool; eight are in flight.</summary>
[Workflow]
public sealed partial class SuspendingElements
{
    private static readonly ParallelOptions EightInFlight = new() { MaxDegreeOfParallelism = 8 };

    public partial ValueTask<int> RunAsync(Element[] elements, CancellationToken ct = default);

    /// <summary>The baseline: <see cref="Parallel.ForEachAsync{TSource}(IEnumerable{TSource}, ParallelOptions, Func{TSource, CancellationToken, ValueTask})"/>.</summary>
    public async ValueTask<int> ByHand(Element[] elements)
    {
        int[] values = new int[elements.Length];
        await Parallel.ForEachAsync(elements, EightInFlight, async (element, ct) =>
            values[element.Index] = await Visit(element, ct).ConfigureAwait(false)).ConfigureAwait(false);
        return Sum(values);
    }

    [Node]
    ValueTask<int> Visit([Each(MaxParallelism = 8)] Element element, CancellationToken ct) => Hop.Later(element.Value);

    [Node]
    int Sum([From(nameof(Visit))] int[] values)
    {
        int sum = 0;
        foreach (int value in values)
            sum += value;
        return sum;
    }
}
