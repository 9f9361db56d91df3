using System.Text;
using FlowGen.Testing;

namespace Patterns.Pages;

/// <summary>The page of a pattern under docs/patterns, and the table of all of them, docs/patterns.md.</summary>
internal static class PatternPage
{
    public const string IndexPath = "docs/patterns.md";

    public static string PathOf(Pattern pattern) => "docs/patterns/" + PatternCatalogue.FileName(pattern.Number);

    public static string Write(Pattern pattern)
    {
        StringBuilder text = new();
        Line(text, $"# {pattern.Number}. {pattern.Name}\n");
        Line(text, $"{pattern.Source.Definition}\n");
        Line(text, $"```csharp pattern\n{pattern.Source.Code}\n```\n");
        foreach (string remark in pattern.Source.Remarks)
        {
            Line(text, $"{remark}\n");
        }

        foreach ((string name, FlowGraph graph) in pattern.Workflows)
        {
            if (pattern.Workflows.Count > 1)
            {
                Line(text, $"`{name}`:\n");
            }

            Line(text, $"```mermaid\n{graph.ToMermaid().TrimEnd('\n')}\n```\n");
        }

        Line(text, $"[The workflow](../../{pattern.SourcePath}) and [its tests](../../{pattern.TestsPath}). [All patterns](../patterns.md)");
        return text.ToString();
    }

    /// <summary>A pattern without a workflow in this assembly is in the table if somebody has written its page by hand.</summary>
    public static string WriteIndex(IEnumerable<Pattern> patterns)
    {
        Dictionary<int, Pattern> known = patterns.ToDictionary(pattern => pattern.Number);
        StringBuilder text = new("""
            # Workflow patterns

            The control-flow patterns of Russell, ter Hofstede, van der Aalst and Mulyar ("Workflow Control-Flow Patterns: A Revised View"), each as a workflow.
            The tests run every one of them, and check that its page shows the code that runs and the graph that FlowGen prints of it.

            | # | pattern | meaning | written with |
            | --- | --- | --- | --- |

            """.ReplaceLineEndings("\n"));
        for (int number = 1; number <= PatternCatalogue.Count; number++)
        {
            if (known.TryGetValue(number, out Pattern? pattern))
            {
                Row(text, number, pattern.Source.Definition, string.Join(", ", pattern.Attributes.Select(name => $"`[{name}]`")));
            }
            else if (FindByHand(number) is { } definition)
            {
                Row(text, number, definition, "");
            }
        }

        return text.ToString();
    }

    private static void Row(StringBuilder text, int number, string definition, string attributes)
        => Line(text, $"| {number} | [{PatternCatalogue.Name(number)}](patterns/{PatternCatalogue.FileName(number)}) | {definition} | {(attributes.Length == 0 ? "-" : attributes)} |");

    /// <summary>The first paragraph of a page behind its heading.</summary>
    private static string? FindByHand(int number)
    {
        string path = Path.Combine(Repository.Root, "docs/patterns", PatternCatalogue.FileName(number));
        return File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n").Split("\n\n")[1].Replace('\n', ' ').Trim() : null;
    }

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
