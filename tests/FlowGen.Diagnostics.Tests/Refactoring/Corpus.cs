using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Tests.Shapes;
using FlowGen.Testing;

namespace FlowGen.Diagnostics.Tests.Refactoring;

/// <summary>Every workflow that the tests know to be sound: scenarios, the sample, shapes, cases, and random ones.</summary>
internal static class Corpus
{
    private static readonly Lazy<Dictionary<string, string[]>> s_files = new(() => Collect().ToDictionary(f => f.Name, f => f.Files, StringComparer.Ordinal));

    public static TheoryData<string> Names => [.. s_files.Value.Keys];

    public static Subject Get(string name) => Subject.Of(s_files.Value[name]);

    private static IEnumerable<(string Name, string[] Files)> Collect()
    {
        // The others are among those of the acceptance tests.
        string scenarios = Path.Combine(Repository.Root, "samples", "Scenarios", "Workflows");
        foreach (string name in new[] { "S3_TicketDesk", "S5_Fulfil" })
        {
            yield return (name, [AcceptanceTests.Domain, File.ReadAllText(Path.Combine(scenarios, name + ".cs"))]);
        }

        foreach (string name in AcceptanceTests.Names)
        {
            yield return (name, [.. AcceptanceTests.Sources(name)]);
        }

        string sample = Path.Combine(Repository.Root, "samples", "PackageAudit");
        IEnumerable<string> parts = new[] { "Model", "Nodes", "Reading", "Workflows" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(sample, folder), "*.cs").Order(StringComparer.Ordinal));
        yield return ("PackageAudit", [.. parts.Select(File.ReadAllText)]);

        // One graph with forty types of data is one graph.
        foreach (Shape shape in ShapeCatalog.All.Where(shape => !shape.Name.StartsWith("data, ", StringComparison.Ordinal)))
        {
            yield return (shape.Name, [shape.Source]);
        }

        foreach (Case @case in Case.All().Where(c => c.Marks.All(m => !Rule.IsError(m.Id))))
        {
            yield return (@case.ToString(), [@case.Source]);
        }

        foreach (int seed in RandomWorkflow.Seeds)
        {
            yield return ($"random {seed}", [RandomWorkflow.Source(seed)]);
        }
    }
}
