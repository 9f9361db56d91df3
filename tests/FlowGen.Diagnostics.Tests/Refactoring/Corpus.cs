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
        string scenarios = Path.Combine(Repository.Root, "tests", "FlowGen.Behaviour.Tests", "Scenarios");
        string domain = File.ReadAllText(Path.Combine(scenarios, "Domain.cs"));
        foreach (string path in Directory.EnumerateFiles(scenarios, "S*_*.cs").Order(StringComparer.Ordinal))
        {
            yield return (Path.GetFileNameWithoutExtension(path), [domain, File.ReadAllText(path)]);
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
