using System.Globalization;
using System.Text.RegularExpressions;
using FlowGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace FlowGen.Diagnostics.Tests;

/// <summary>The code on the pages of docs/diagnostics does what the pages say: the first block raises the rule, the second nothing.</summary>
public partial class PageTests
{
    private const string Prelude =
        "public record Cart; public record Order; public record Payment; public record Receipt; public enum Route { Pickup, Post, Courier }";

    /// <summary>Nothing that one page of code can show.</summary>
    private static readonly HashSet<string> s_withoutCode = [Rule.NotCompiled, Rule.CompilerTooOld, Rule.ChildExternal, Rule.ChildIncompatible, Rule.TooManySteps];

    public static TheoryData<string> Ids => [.. Descriptors.All.Select(d => d.Id).Where(id => !s_withoutCode.Contains(id))];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Code_does_what_the_page_says(string id)
    {
        string page = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Pages", id + ".md"));
        string[] blocks = [.. CodePattern().Matches(page).Select(m => m.Groups["code"].Value)];
        Assert.Equal(2, blocks.Length);
        IReadOnlyList<Diagnostic> reported = await ReportedAsync(blocks[0], id);
        Assert.Equal([id], reported.Select(d => d.Id).Distinct(StringComparer.Ordinal));
        Assert.Contains($"\n> {reported[0].GetMessage(CultureInfo.InvariantCulture)}\n", page, StringComparison.Ordinal);
        Assert.Empty(await ReportedAsync(blocks[1], id));
    }

    private static Task<IReadOnlyList<Diagnostic>> ReportedAsync(string code, string id) => Live.ReportedAsync(Live.Compile(Prelude, code, [id]));

    [GeneratedRegex("^```csharp\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex CodePattern();
}
