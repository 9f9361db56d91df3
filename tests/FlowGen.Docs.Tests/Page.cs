using System.Text.RegularExpressions;
using FlowGen.Testing;

namespace FlowGen.Docs.Tests;

/// <summary>
/// One Markdown page. What a block of C# promises is the second word of its fence:
/// <list type="bullet">
/// <item>none: compiles without any diagnostic, together with the page's shared blocks;</item>
/// <item><c>shared</c>: types that all blocks of the page use;</item>
/// <item><c>program</c>: statements that run after the blocks of the section and print the text block that follows;</item>
/// <item><c>wrong</c>: raises exactly the diagnostics of the text block that follows;</item>
/// <item><c>generated</c>: lines of what FlowGen makes of the block before it, in order, <c>// ...</c> for what is left out;</item>
/// <item><c>fragment</c>: not C# that stands on its own;</item>
/// <item><c>pattern</c>: what FlowGen.Patterns.Tests compiles, runs and writes into the page.</item>
/// </list>
/// </summary>
internal sealed partial record Page(string Path, string Text, IReadOnlyList<Block> Blocks)
{
    /// <summary>The source that every block of the page may use.</summary>
    public string Shared => string.Join("\n", Blocks.Where(block => block.Kind == "csharp shared").Select(block => block.Text));

    /// <summary>The README and everything under docs that is written by hand.</summary>
    public static IEnumerable<string> Paths()
        => Directory.EnumerateFiles(System.IO.Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Prepend(System.IO.Path.Combine(Repository.Root, "README.md"))
            .Select(path => System.IO.Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
            .Where(path => path != "docs/api.md" && !path.StartsWith("docs/diagnostics/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    /// <summary>Every source and page of the repository, with a slash before each part.</summary>
    public static IEnumerable<string> Sources()
        => Directory.EnumerateFiles(Repository.Root, "*.*", SearchOption.AllDirectories)
            .Select(path => "/" + System.IO.Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal));

    public static Page Read(string path)
    {
        string text = File.ReadAllText(System.IO.Path.Combine(Repository.Root, path)).ReplaceLineEndings("\n");
        return new Page(path, text, [.. FencePattern().Matches(text).Select(match => new Block(
            match.Groups["kind"].Value.Trim(),
            match.Groups["text"].Value,
            Line: text.AsSpan(0, match.Index).Count('\n') + 1,
            Section: HeadingPattern().Count(text[..match.Index])))]);
    }

    /// <summary>The block of text that says what <paramref name="block"/> prints or raises.</summary>
    public string Answer(Block block)
        => Blocks.SkipWhile(other => other != block).Skip(1).FirstOrDefault() is { Kind: "text" } answer
            ? answer.Text
            : throw new InvalidOperationException($"{Path}:{block.Line}: a block of text must follow.");

    [GeneratedRegex("^```(?<kind>[^\n`]*)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex FencePattern();

    [GeneratedRegex("^#+ ", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex HeadingPattern();
}

/// <param name="Line">Where its fence stands, from 1.</param>
/// <param name="Section">How many headings stand before it.</param>
internal sealed record Block(string Kind, string Text, int Line, int Section);
