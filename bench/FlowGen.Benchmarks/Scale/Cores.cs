using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;

namespace FlowGen.Benchmarks.Scale;

/// <summary>How much faster two processors run a wavefront of 64 x 64 nodes with two microseconds of work each, on the thread pool, than one.</summary>
internal static class Cores
{
    private const int Rounds = 5;

    public static void Print(TextWriter output)
    {
        output.WriteLine("| wavefront of 64 x 64 nodes with two microseconds of work each | one processor | two | ratio | pairs |");
        output.WriteLine("| --- | ---: | ---: | ---: | --- |");
        Print("by hand", "by-hand", output);
        Print("FlowGen, `RunOn.ThreadPool` (bar: 1.70)", "flow", output);
    }

    private static void Print(string what, string which, TextWriter output)
    {
        List<double> one = [];
        List<double> two = [];

        // They take turns, so that what else the machine does hits both.
        for (int round = 0; round < Rounds; round++)
        {
            one.Add(Child(1, which));
            two.Add(Child(2, which));
        }

        double[] ratios = [.. one.Zip(two, (a, b) => a / b).Order()];
        one.Sort();
        two.Sort();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {what} | {one[Rounds / 2]:F2} ms | {two[Rounds / 2]:F2} ms | {one[Rounds / 2] / two[Rounds / 2]:F2} | {ratios[0]:F2} to {ratios[^1]:F2} |"));
    }

    /// <summary>Milliseconds of one run, the median of many, on so many processors.</summary>
    public static void PrintRow(int processors, string which, TextWriter output)
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
            Bind(processors);
        Action run = which == "by-hand" ? RunByHand() : RunFlow();
        List<double> times = [];
        for (int i = 0; i < 150; i++)
        {
            long start = Stopwatch.GetTimestamp();
            run();
            if (i >= 75)
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        times.Sort();
        output.WriteLine(times[times.Count / 2].ToString(CultureInfo.InvariantCulture));
    }

    private static Action RunByHand()
    {
        WavefrontByHand wavefront = new(64);
        return () => wavefront.Run(7);
    }

    private static Action RunFlow()
    {
        ScaleFlow flow = ScaleFlow.Compile(ScaleSources.Wavefront(64, Answers.WorkOnPool));
        return () => flow.RunAsync(7).AsTask().GetAwaiter().GetResult();
    }

    [SupportedOSPlatform("linux")]
    [SupportedOSPlatform("windows")]
    private static void Bind(int processors) => Process.GetCurrentProcess().ProcessorAffinity = (1 << processors) - 1;

    private static double Child(int processors, string which)
    {
        string count = processors.ToString(CultureInfo.InvariantCulture);
        return double.Parse(OwnProcess.Run(["--cores-row", count, which], ("DOTNET_PROCESSOR_COUNT", count), ("DOTNET_TieredCompilation", "0")), CultureInfo.InvariantCulture);
    }
}
