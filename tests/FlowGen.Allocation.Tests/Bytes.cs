namespace Allocation;

/// <summary>Counts what one run allocates once everything is warm.</summary>
internal static class Bytes
{
    private const int WarmUp = 3_000;
    private const int Runs = 2_000;
    private const int Rounds = 10;

    /// <summary>Bytes that this thread allocates in 2,000 runs: the least of ten rounds, so that what happens once does not count.</summary>
    /// <remarks>Whatever a run itself allocates is in every round, so in the least one too.</remarks>
    public static long OfThread(Action run)
    {
        Repeat(run, WarmUp);
        long least = long.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Repeat(run, Runs);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    /// <summary>The same for one run: only where every run allocates alike.</summary>
    public static long OfOneRun(Action run) => OfThread(run) / Runs;

    /// <summary>Bytes per run that the whole process allocates in 20,000 runs, whichever threads they visit: the least of ten rounds.</summary>
    /// <remarks>
    /// The loop that awaits the runs allocates a little per round, and so does the test host now and then; less than one byte per run is
    /// therefore none.
    /// </remarks>
    public static async Task<long> OfProcess(Func<ValueTask> run)
    {
        const int runs = 20_000;
        await Repeat(run, WarmUp);
        long least = long.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            await Repeat(run, runs);
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        return least / runs;
    }

    private static void Repeat(Action run, int times)
    {
        for (int i = 0; i < times; i++)
        {
            run();
        }
    }

    private static async Task Repeat(Func<ValueTask> run, int times)
    {
        for (int i = 0; i < times; i++)
        {
            await run();
        }
    }
}
