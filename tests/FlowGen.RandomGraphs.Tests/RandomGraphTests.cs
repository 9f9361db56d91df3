using System.Globalization;
using RandomGraphs.Running;
using RandomGraphs.Shrinking;
using Xunit.Abstractions;

namespace RandomGraphs;

/// <summary>
/// Random workflows against the reference. FLOWGEN_RANDOM_SEED says from which seed (1 unless said), FLOWGEN_RANDOM_GRAPHS how many,
/// FLOWGEN_RANDOM_SECONDS how long instead, FLOWGEN_RANDOM_FEATURES ("Retry, Catch") which parts of the language beyond the core, FLOWGEN_RANDOM_FINDINGS after how
/// many differences to stop (5 unless said), FLOWGEN_RANDOM_SHRINK how many seconds to look for the smallest graph (60 unless said); with seconds and no seed, every run takes another. What differs is written to the folder "findings"
/// beside the test's assembly, and the smallest graph that still does to the test's message.
/// </summary>
public sealed class RandomGraphTests(ITestOutputHelper output)
{
    private const int GraphsByDefault = 2_000;

    [Fact]
    public async Task Random_graphs_do_what_the_reference_says()
    {
        int? seconds = Setting("FLOWGEN_RANDOM_SECONDS");
        int seed = Setting("FLOWGEN_RANDOM_SEED") ?? (seconds is null ? 1 : Random.Shared.Next());
        Session session = new(seed) { Features = Enum.TryParse(Environment.GetEnvironmentVariable("FLOWGEN_RANDOM_FEATURES"), out Features features) ? features : Features.All, Patience = TimeSpan.FromSeconds(20), MostFindings = Setting("FLOWGEN_RANDOM_FINDINGS") ?? Session.MostByDefault, Found = Keep };
        await session.RunAsync(Setting("FLOWGEN_RANDOM_GRAPHS") ?? (seconds is null ? GraphsByDefault : int.MaxValue), seconds is { } s ? TimeSpan.FromSeconds(s) : null);

        output.WriteLine($"{session}");
        Console.WriteLine($"{session}");
        IReadOnlyList<Finding> findings = session.Findings;
        if (findings.MinBy(finding => finding.Flow.AllNodes.Count()) is { } finding)
        {
            Finding smallest = await Task.Run(() => new Shrinker().ShrinkAsync(finding, TimeSpan.FromSeconds(Setting("FLOWGEN_RANDOM_SHRINK") ?? 60)));
            Assert.Fail(string.Join(Environment.NewLine, [$"{session}", .. findings.Select(f => $"seed {f.Seed}: {f.Differences[0]}"), "The smallest:", $"{smallest}"]));
        }
    }

    private static void Keep(Finding finding)
    {
        string folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "findings")).FullName;
        File.WriteAllText(Path.Combine(folder, $"seed {finding.Seed}.txt"), $"{finding}");
    }

    private static int? Setting(string name)
        => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int value) ? value : null;
}
