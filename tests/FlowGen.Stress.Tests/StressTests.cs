using System.Globalization;
using Xunit.Abstractions;

namespace FlowGen.Stress.Tests;

/// <summary>
/// Many runs at once that are started, paused, resumed, answered, cancelled and timed out from many threads: whatever happens, each ends, gives everything
/// back, and has undone what it did not complete.
/// </summary>
public sealed class StressTests(ITestOutputHelper output)
{
    private const int Threads = 8;
    private const int InFlight = 256;

    /// <summary>FLOWGEN_STRESS_RUNS, or 40,000. A million take minutes.</summary>
    private static int Runs => int.TryParse(Environment.GetEnvironmentVariable("FLOWGEN_STRESS_RUNS"), CultureInfo.InvariantCulture, out int runs) ? runs : 40_000;

    /// <summary>FLOWGEN_STRESS_SEED, or one of its own.</summary>
    private static int Seed => int.TryParse(Environment.GetEnvironmentVariable("FLOWGEN_STRESS_SEED"), CultureInfo.InvariantCulture, out int seed) ? seed : Environment.TickCount;

    [Fact]
    public async Task Every_run_ends_and_gives_everything_back()
    {
        int seed = Seed;
        int runs = Runs;
        output.WriteLine($"{runs} runs, seed {seed}");
        Ledger ledger = new();
        List<Exception> unobserved = [];
        EventHandler<UnobservedTaskExceptionEventArgs> watch = (_, told) =>
        {
            lock (unobserved)
            {
                unobserved.Add(told.Exception);
            }
        };
        TaskScheduler.UnobservedTaskException += watch;
        Tally total = new();
        try
        {
            Errand errand = new(new Packing(ledger), ledger);
            Tally[] tallies = await Task.WhenAll(Enumerable.Range(0, Threads)
                .Select(thread => Task.Run(() => new Driver(errand, new Random(seed + thread)).RunAsync(thread, runs / Threads, InFlight))));
            foreach (Tally tally in tallies)
            {
                total.Add(tally);
            }

            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= watch;
        }

        output.WriteLine(total.ToString());
        Assert.Equal(runs / Threads * Threads, total.Completed + total.Failed + total.Cancelled);
        Assert.Equal(0, total.Odd);
        Assert.True(total is { Completed: > 0, Failed: > 0, Cancelled: > 0, Paused: > 0, Answered: > 0 }, total.ToString());
        Assert.Empty(unobserved);
        Assert.Equal(0, ledger.Surprises);

        // What completed runs have done is kept, and nothing else.
        Assert.Equal((total.Completed, total.Completed), ledger.Kept);
        Assert.All(FlowRuntime.Default.GetMemory(), pool => Assert.True(pool.InUse == 0 && pool.Rented == pool.Returned, pool.ToString()));
    }
}
