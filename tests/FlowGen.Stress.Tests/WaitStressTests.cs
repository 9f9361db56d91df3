using System.Globalization;
using Xunit.Abstractions;

namespace FlowGen.Stress.Tests;

/// <summary>Runs that ask the outside, and threads that all answer, cancel, pause, resume and look at them at once, while their time runs out.</summary>
public sealed class WaitStressTests(ITestOutputHelper output)
{
    private const int Threads = 6;
    private const int InFlight = 32;

    /// <summary>FLOWGEN_STRESS_RUNS, or 40,000.</summary>
    private static int Runs => int.TryParse(Environment.GetEnvironmentVariable("FLOWGEN_STRESS_RUNS"), CultureInfo.InvariantCulture, out int runs) ? runs : 40_000;

    /// <summary>FLOWGEN_STRESS_SEED, or one of its own.</summary>
    private static int Seed => int.TryParse(Environment.GetEnvironmentVariable("FLOWGEN_STRESS_SEED"), CultureInfo.InvariantCulture, out int seed) ? seed : Environment.TickCount;

    [Fact]
    public async Task Whoever_answers_knows_whether_it_was_heard_and_no_run_is_stuck()
    {
        int seed = Seed;
        int runs = Runs;
        Talk?[] talks = new Talk?[InFlight];
        int[] ends = new int[(int)TaskStatus.Faulted + 1];
        long taken = 0;
        Dialogue dialogue = new();
        Auction auction = new();
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(() => DriveAsync(new Random(seed + thread)))));
        Random last = new(seed);
        foreach (Talk? talk in talks)
        {
            await EndAsync(talk, last);
        }

        output.WriteLine($"{runs} runs, seed {seed}: {ends[(int)TaskStatus.RanToCompletion]} completed, {ends[(int)TaskStatus.Canceled]} cancelled, {taken} answers taken");
        Assert.Equal(runs / Threads * Threads, ends[(int)TaskStatus.RanToCompletion] + ends[(int)TaskStatus.Canceled]);
        Assert.True(ends[(int)TaskStatus.RanToCompletion] > 0 && ends[(int)TaskStatus.Canceled] > 0 && taken > 0);
        Assert.All(FlowRuntime.Default.GetMemory(), pool => Assert.True(pool.InUse == 0 && pool.Rented == pool.Returned, pool.ToString()));

        async Task DriveAsync(Random random)
        {
            for (int i = 1; i <= runs / Threads; i++)
            {
                Talk talk = random.Next(2) == 0 ? new DialogueTalk(dialogue.Start(new Topic(i))) : new AuctionTalk(auction.Start(new Topic(i)));
                Talk? replaced = Interlocked.Exchange(ref talks[random.Next(InFlight)], talk);
                for (int j = 0; j < 16; j++)
                {
                    Volatile.Read(ref talks[random.Next(InFlight)])?.Disturb(random);
                }

                await EndAsync(replaced, random).ConfigureAwait(false);
            }
        }

        async Task EndAsync(Talk? talk, Random random)
        {
            if (talk is not null)
            {
                Interlocked.Increment(ref ends[(int)await talk.EndAsync(random).ConfigureAwait(false)]);
                Interlocked.Add(ref taken, talk.Taken);
            }
        }
    }
}
