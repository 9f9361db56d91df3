using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Order;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace FlowGen.Benchmarks.Running;

/// <summary>How long and how often to measure.</summary>
internal static class Jobs
{
    /// <summary>For whoever runs benchmarks by name.</summary>
    public static IConfig Default => Common.AddJob(Warm.AsDefault());

    /// <summary>Every benchmark once, in this process: proves that they run and agree, and measures nothing.</summary>
    public static IConfig Smoke => Common
        .AddJob(Job.Dry.WithToolchain(InProcessEmitToolchain.Instance).WithId("Smoke"))
        .WithOptions(ConfigOptions.DisableOptimizationsValidator);

    /// <summary>
    /// The same job several times, so that both sides of a comparison take turns, each time in a process of its own: on a machine
    /// that others use too, a slow minute then hits both.
    /// </summary>
    public static IConfig Rounds(int rounds)
    {
        ManualConfig config = Common;
        for (int round = 1; round <= rounds; round++)
            config.AddJob(Warm.WithId($"Round {round}"));
        return config;
    }

    // About a second and a half of warm-up: before, it is not yet tier-1 code that runs.
    private static Job Warm => Job.Default
        .WithIterationTime(TimeInterval.FromMilliseconds(150))
        .WithWarmupCount(10)
        .WithIterationCount(15);

    private static ManualConfig Common => ManualConfig.CreateEmpty()
        .AddDiagnoser(MemoryDiagnoser.Default)
        .AddColumnProvider(DefaultColumnProviders.Instance)
        .AddColumn(StatisticColumn.Median, BaselineRatioColumn.RatioMean)
        .AddLogger(ConsoleLogger.Default)
        .AddExporter(MarkdownExporter.GitHub)
        .WithOrderer(new DefaultOrderer(SummaryOrderPolicy.Declared, MethodOrderPolicy.Declared));
}
