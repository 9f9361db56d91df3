using System.Text;
using System.Text.RegularExpressions;

namespace FlowGen.Diagnostics.Tests;

/// <summary>A case of one of the Markdown files under Cases: source with the diagnostics that it must raise marked in it.</summary>
public sealed partial record Case(string File, string Title, string Source, IReadOnlyList<Mark> Marks)
{
    public override string ToString() => $"{File}: {Title}";

    /// <summary>Every case of every file, titles unique within a file.</summary>
    public static IEnumerable<Case> All()
        => Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Cases"), "*.md")
            .Order(StringComparer.Ordinal)
            .SelectMany(path => Read(Path.GetFileNameWithoutExtension(path), System.IO.File.ReadAllText(path)));

    public static IEnumerable<Case> Read(string file, string markdown)
        => CasePattern().Matches(markdown).Select(match =>
        {
            string source = Unmark(match.Groups["source"].Value, out List<Mark> marks);
            return new Case(file, match.Groups["title"].Value.Trim(), source, marks);
        });

    private static string Unmark(string marked, out List<Mark> marks)
    {
        marks = [];
        StringBuilder source = new();
        int last = 0;
        foreach (Match match in MarkPattern().Matches(marked))
        {
            source.Append(marked, last, match.Index - last);
            marks.Add(new Mark(match.Groups["id"].Value, source.Length, match.Groups["text"].Value));
            source.Append(match.Groups["text"].Value);
            last = match.Index + match.Length;
        }

        return source.Append(marked, last, marked.Length - last).ToString();
    }

    [GeneratedRegex(@"^### (?<title>.+?)$.*?^```csharp\n(?<source>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex CasePattern();

    [GeneratedRegex(@"\{\|(?<id>FG\d{4}):(?<text>.*?)\|\}", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex MarkPattern();
}

/// <summary>An expected or a reported diagnostic.</summary>
/// <param name="Start">Position in the case's source.</param>
public sealed record Mark(string Id, int Start, string Text)
{
    public override string ToString() => $"{Id} on '{Text}' at {Start}";
}
