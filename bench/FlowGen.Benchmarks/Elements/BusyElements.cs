using FlowGen.Benchmarks.Sources;

namespace FlowGen.Benchmarks.Elements;

/// <summary>Every element occupies a processor; as many are in flight as there are processors.</summary>
[Workflow]
public sealed partial class BusyElements
{
    private static readonly ParallelOptions OneEach = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };

    public partial ValueTask<int> RunAsync(Element[] elements, int workers, CancellationToken ct = default);

    /// <summary>The baseline: <see cref="Parallel.ForEachAsync{TSource}(IEnumerable{TSource}, ParallelOptions, Func{TSource, CancellationToken, ValueTask})"/>.</summary>
    public async ValueTask<int> ByHand(Element[] elements)
    {
        int[] values = new int[elements.Length];
        await Parallel.ForEachAsync(elements, OneEach, (element, _) =>
        {
            values[element.Index] = Visit(element, 0);
            return ValueTask.CompletedTask;
        }).ConfigureAwait(false);
        return Sum(values);
    }

    [Node(RunOn = RunOn.ThreadPool)]
    int Visit([Each(MaxParallelismFrom = nameof(workers))] Element element, int workers) => Busy.Work(element.Value);

    [Node]
    int Sum([From(nameof(Visit))] int[] values)
    {
        int sum = 0;
        foreach (int value in values)
            sum += value;
        return sum;
    }
}
