using System.Globalization;
using System.Reflection;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace FlowGen.Benchmarks.Running;

/// <summary>Runs the comparisons that have a bar and prints, for each, whether it holds.</summary>
internal static class Bars
{
    /// <summary>Benchmark classes with at least one bar, whose name contains a part.</summary>
    public static Type[] Classes(string part) => [.. typeof(Bars).Assembly.GetTypes()
        .Where(type => type.GetMethods().Any(method => method.IsDefined(typeof(BarAttribute))))
        .Where(type => type.Name.Contains(part, StringComparison.OrdinalIgnoreCase))
        .OrderBy(type => type.FullName, StringComparer.Ordinal)];

    /// <summary>One line for each bar, from one run of BenchmarkDotNet.</summary>
    public static void Print(IEnumerable<Summary> summaries, TextWriter output)
    {
        output.WriteLine("| what | by hand | FlowGen | ratio | bar | allocated | met |");
        output.WriteLine("| --- | ---: | ---: | ---: | --- | ---: | --- |");
        foreach (Summary summary in summaries)
        {
            Side[] sides = [.. summary.Reports.Where(report => report.ResultStatistics is not null).GroupBy(report => report.BenchmarkCase.Descriptor.WorkloadMethod).Select(Side.Of)];
            Side? baseline = sides.SingleOrDefault(side => side.IsBaseline);
            foreach (Side side in sides)
            {
                if (side.Bar is not { } bar)
                    continue;
                Side? hand = bar.Against is null ? baseline : sides.SingleOrDefault(other => other.Name == bar.Against);
                if (hand is not null)
                    output.WriteLine(Line(bar, hand, side));
            }
        }
    }

    private static string Line(BarAttribute bar, Side hand, Side flow)
    {
        double ratio = flow.Median / hand.Median;
        double extra = flow.Median - hand.Median;
        (bool fast, string limit) = bar.MaxRatio > 0
            ? (ratio <= bar.MaxRatio, string.Create(CultureInfo.InvariantCulture, $"{bar.MaxRatio:F2}x"))
            : (extra <= bar.MaxExtraNanoseconds, string.Create(CultureInfo.InvariantCulture, $"+{bar.MaxExtraNanoseconds:F0} ns (is {extra:+0.0;-0.0})"));
        string met = (fast, flow.Bytes <= bar.MaxBytes) switch
        {
            (true, true) => "yes",
            (false, true) => "NO: time",
            (true, false) => "NO: bytes",
            _ => "NO: time, bytes",
        };
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {bar.Row} | {Time(hand.Median)} | {Time(flow.Median)} | {ratio:F2} | {limit} | {flow.Bytes} B (hand: {hand.Bytes} B) | {met} |");
    }

    private static string Time(double nanoseconds) => nanoseconds < 10_000
        ? string.Create(CultureInfo.InvariantCulture, $"{nanoseconds:F1} ns")
        : string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1000:F1} us");

    /// <summary>One side of a comparison, over all rounds.</summary>
    private sealed record Side(string Name, bool IsBaseline, BarAttribute? Bar, double Median, long Bytes)
    {
        public static Side Of(IGrouping<MethodInfo, BenchmarkReport> rounds)
        {
            BenchmarkCase benchmark = rounds.First().BenchmarkCase;
            return new Side(
                rounds.Key.Name,
                benchmark.Descriptor.Baseline,
                rounds.Key.GetCustomAttribute<BarAttribute>(),
                MedianOf(rounds.Select(report => report.ResultStatistics!.Median)),
                rounds.Max(report => report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0));
        }

        private static double MedianOf(IEnumerable<double> values)
        {
            double[] sorted = [.. values.Order()];
            int middle = sorted.Length / 2;
            return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        }
    }
}
