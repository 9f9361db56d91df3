using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;

namespace FlowGen.Benchmarks.Scale;

/// <summary>How much faster two processors run a wavefront of 64 x 64 nodes with two microseconds of work each, on the thread pool, than one.</summary>
internal static class Cores
{
    private const int Rounds = 3;

    public static void Print(TextWriter output)
    {
        List<double> one = [];
        List<double> two = [];

        // They take turns, so that what else the machine does hits both.
        for (int round = 0; round < Rounds; round++)
        {
            one.Add(Child(1));
            two.Add(Child(2));
        }

        one.Sort();
        two.Sort();
        double[] ratios = [.. one.Zip(two, (a, b) => a / b).Order()];
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"one processor {one[Rounds / 2]:F2} ms, two {two[Rounds / 2]:F2} ms, ratio of the medians {one[Rounds / 2] / two[Rounds / 2]:F2} (bar: 1.70); pairs {ratios[0]:F2} to {ratios[^1]:F2}"));
    }

    /// <summary>Milliseconds of one run, the median of many, on so many processors.</summary>
    public static void PrintRow(int processors, TextWriter output)
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
            Bind(processors);
        ScaleFlow flow = ScaleFlow.Compile(ScaleSources.Wavefront(64, Answers.WorkOnPool));
        List<double> times = [];
        for (int run = 0; run < 150; run++)
        {
            long start = Stopwatch.GetTimestamp();
            _ = flow.RunAsync(7).AsTask().GetAwaiter().GetResult();
            if (run >= 75)
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        times.Sort();
        output.WriteLine(times[times.Count / 2].ToString(CultureInfo.InvariantCulture));
    }

    [SupportedOSPlatform("linux")]
    [SupportedOSPlatform("windows")]
    private static void Bind(int processors) => Process.GetCurrentProcess().ProcessorAffinity = (1 << processors) - 1;

    private static double Child(int processors)
    {
        string count = processors.ToString(CultureInfo.InvariantCulture);
        using Process child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [typeof(Cores).Assembly.Location, "--cores-row", count])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            Environment = { ["DOTNET_PROCESSOR_COUNT"] = count, ["DOTNET_TieredCompilation"] = "0" },
        })!;
        return double.Parse(child.StandardOutput.ReadToEnd(), CultureInfo.InvariantCulture);
    }
}
