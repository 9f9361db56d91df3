using System.Diagnostics;
using RandomGraphs.Running;

namespace RandomGraphs.Shrinking;

/// <summary>
/// Looks for the smallest graph that still differs from the reference in the same way: again and again all smaller graphs of one step are
/// compiled together and run, and the first of them that still differs is taken.
/// </summary>
internal sealed class Shrinker(Func<string, string, string>? plant = null)
{
    private const int MostCandidates = 60;
    private const int Attempts = 3;

    private int _batches;

    public async Task<Finding> ShrinkAsync(Finding found, TimeSpan budget)
    {
        long start = Stopwatch.GetTimestamp();
        Finding smallest = found;
        int skip = 0;
        while (Stopwatch.GetElapsedTime(start) < budget)
        {
            List<Flow> candidates = [.. Smaller.Than(smallest.Flow).Skip(skip).Take(MostCandidates)];
            if (candidates.Count == 0)
            {
                break;
            }

            (Finding? smaller, int index) = await FirstThatDiffersAsync(candidates, found);
            skip = smaller is null ? skip + candidates.Count : Math.Max(0, skip + index - 1);
            smallest = smaller ?? smallest;
        }

        return smallest;
    }

    private async Task<(Finding? Finding, int Index)> FirstThatDiffersAsync(List<Flow> candidates, Finding found)
    {
        int batchNumber = _batches++;
        Dictionary<string, Flow> named = Enumerable.Range(0, candidates.Count).ToDictionary(i => $"S{batchNumber}x{i}", i => candidates[i], StringComparer.Ordinal);
        using Batch batch = new(named, plant);
        for (int i = 0; i < candidates.Count; i++)
        {
            for (int attempt = 0; attempt < Attempts; attempt++)
            {
                Finding? finding = await new GraphTester(batch, $"S{batchNumber}x{i}", candidates[i], found.Seed) { Patience = TimeSpan.FromSeconds(3) }.TestAsync();
                if (finding?.Kind == found.Kind)
                {
                    return (finding, i);
                }

                if (batch.Refused.ContainsKey($"S{batchNumber}x{i}"))
                {
                    break;
                }
            }
        }

        return (null, 0);
    }
}
