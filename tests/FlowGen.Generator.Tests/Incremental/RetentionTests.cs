using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Tests.Incremental;

/// <summary>
/// A generator lives as long as its editor. Whatever passes between its steps is plain text and numbers, so what an edit has replaced can
/// be collected: no compilation but the latest is held, and memory does not grow with edits.
/// </summary>
[Collection(nameof(RetentionTests))]
public class RetentionTests
{
    private const int Streets = 4;

    /// <summary>
    /// What 800 edits may add. They add about 0.2 MB, which is the compiler's own caches of syntax and names filling up, bounded
    /// in themselves. A generator that keeps what it lowered for each edit adds 11 MB, and one that keeps a symbol adds compilations.
    /// </summary>
    private const long Slack = 1024 * 1024;

    [Fact]
    public void Memory_stays_flat_over_a_thousand_edits()
    {
        Town town = new(Streets);
        GeneratorDriver driver = Town.CreateDriver(trackSteps: false).RunGenerators(town.Compilation);
        driver = Edit(driver, town, from: 0, to: 200);
        long early = Measure();
        driver = Edit(driver, town, from: 200, to: 1_000);
        long late = Measure();
        GC.KeepAlive(driver);
        GC.KeepAlive(town);
        Assert.True(late - early < Slack, string.Create(CultureInfo.InvariantCulture, $"{early:N0} bytes after 200 edits, {late:N0} after 1,000"));
    }

    [Fact]
    public void No_compilation_but_the_latest_is_held()
    {
        Town town = new(Streets);
        GeneratorDriver driver = Town.CreateDriver(trackSteps: false).RunGenerators(town.Compilation);
        List<WeakReference> compilations = [];
        for (int number = 0; number < 10; number++)
        {
            driver = EditOnce(driver, town, number, compilations);
        }

        Measure();
        Assert.Equal(10, compilations.Count);
        Assert.All(compilations.SkipLast(1), compilation => Assert.False(compilation.IsAlive));
        GC.KeepAlive(driver);
    }

    private static GeneratorDriver Edit(GeneratorDriver driver, Town town, int from, int to)
    {
        for (int number = from; number < to; number++)
        {
            driver = EditOnce(driver, town, number, compilations: null);
        }

        return driver;
    }

    /// <summary>In turn: elsewhere, a body, a signature, and an error, each with a text that was never there before.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static GeneratorDriver EditOnce(GeneratorDriver driver, Town town, int number, List<WeakReference>? compilations)
    {
        string text = (number + 2).ToString(CultureInfo.InvariantCulture);
        Compilation edited = (number % 4) switch
        {
            0 => town.With("Elsewhere", "X = 1", "X = " + text),
            1 => town.With("Town.S1.Leaf", "Number + 0", "Number + " + text),
            2 => town.With("Town.S2.Leaf", "Done(A value", $"Done{text}(A value{text}"),
            _ => town.With("Town.S3.Leaf", "Done(A value", $"Done(D value{text}"),
        };
        compilations?.Add(new WeakReference(edited));
        return driver.RunGenerators(edited);
    }

    private static long Measure()
    {
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }

    /// <summary>Alone in the process while it runs: it looks at all of its memory.</summary>
    [CollectionDefinition(nameof(RetentionTests), DisableParallelization = true)]
    public sealed class Alone;
}
