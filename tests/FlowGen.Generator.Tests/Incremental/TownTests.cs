using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Tests.Incremental;

/// <summary>A project of 1,000 workflows: how many outputs of each step an edit makes anew.</summary>
public class TownTests(TownTests.Warm warm) : IClassFixture<TownTests.Warm>
{
    private const int Streets = 200;
    private const string Nothing = "Parse 1000 Unchanged | Bind 1000 Cached | Link 1000 Cached | Lower 1000 Cached | Emit 1000 Cached | Catalog 1 Cached";

    [Fact]
    public void An_edit_elsewhere_runs_nothing_after_Parse()
        => Check("Elsewhere", "X = 1", "X = 2", Nothing);

    [Fact]
    public void An_edit_in_a_node_s_body_runs_nothing_after_Parse()
        => Check("Town.S7.Leaf", "Number + 0", "Number + 1", Nothing);

    [Fact]
    public void An_edit_of_a_signature_reaches_the_one_that_nobody_contains()
        => Check("Town.S7.Alone", "Done(A value, CancellationToken ct)", "Done(A value)", Reached(1));

    [Fact]
    public void An_edit_of_a_signature_reaches_a_root()
        => Check("Town.S7.First", "Done(C value, CancellationToken ct)", "Done(C value)", Reached(1));

    [Fact]
    public void An_edit_of_a_signature_reaches_every_root_that_contains_it()
        => Check("Town.S7.Leaf", "Done(A value, CancellationToken ct)", "Done(A value)", Reached(4));

    [Fact]
    public void An_edit_of_an_inner_signature_reaches_what_is_around_it()
        => Check("Town.S7.Middle", "Done(B value, CancellationToken ct)", "Done(B value)", Reached(2));

    private static string Reached(int roots) => string.Create(
        CultureInfo.InvariantCulture,
        $"Parse 1 Modified 999 Unchanged | Bind 999 Cached 1 Modified | Link {roots} Modified {1000 - roots} Unchanged | Lower {1000 - roots} Cached {roots} Modified | Emit {1000 - roots} Cached {roots} Modified | Catalog 1 Cached");

    private void Check(string file, string old, string with, string expected)
    {
        GeneratorRunResult result = warm.Driver.RunGenerators(warm.Town.With(file, old, with)).GetRunResult().Results.Single();
        Assert.Null(result.Exception);
        Assert.Equal(expected, string.Join(" | ", typeof(TrackingNames).GetFields().Select(f => f.Name).Select(step => $"{step} {Count(result, step)}")));
    }

    private static string Count(GeneratorRunResult result, string step)
        => string.Join(' ', result.TrackedSteps.GetValueOrDefault(step, ImmutableArray<IncrementalGeneratorRunStep>.Empty)
            .SelectMany(run => run.Outputs)
            .GroupBy(output => output.Reason.ToString(), StringComparer.Ordinal)
            .OrderBy(reason => reason.Key, StringComparer.Ordinal)
            .Select(reason => string.Create(CultureInfo.InvariantCulture, $"{reason.Count()} {reason.Key}")));

    /// <summary>The project as it is before each edit. Drivers and compilations are immutable, so all edits start from the same.</summary>
    public sealed class Warm
    {
        public Warm() => Driver = Town.CreateDriver(trackSteps: true).RunGenerators(Town.Compilation);

        internal Town Town { get; } = new(Streets);

        internal GeneratorDriver Driver { get; }
    }
}
