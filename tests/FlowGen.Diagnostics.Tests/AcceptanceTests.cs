using FlowGen.Generator.Diagnostics;
using FlowGen.Testing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Diagnostics.Tests;

/// <summary>The scenarios that the language was designed with: each binds without a word, but for what it is said to raise.</summary>
public class AcceptanceTests
{
    private static readonly string s_folder = Path.Combine(Repository.Root, "tests", "FlowGen.Diagnostics.Tests", "Scenarios");

    [Theory]
    [InlineData("S1_Checkout")]
    [InlineData("S2_QuoteTrip")]
    [InlineData("S4_CrawlSite")]
    [InlineData("S6_BookTrip")]
    [InlineData("S7_SupportAgent", Rule.WaitBehindRun)]
    public async Task Binds_without_a_word(string name, params string[] expected)
    {
        Compilation compilation = FlowCompiler.CreateCompilation(Live.Options, [FlowCompiler.Usings, .. Sources(name)]);
        Assert.Equal(expected, (await Live.ReportedAsync(compilation)).Select(d => d.Id));
    }

    public static IEnumerable<string> Names
        => Directory.EnumerateFiles(s_folder, "S*_*.cs").Order(StringComparer.Ordinal).Select(path => Path.GetFileNameWithoutExtension(path)!);

    public static string Domain => File.ReadAllText(Path.Combine(s_folder, "Domain.cs"));

    public static IReadOnlyList<string> Sources(string name)
        => [Domain, File.ReadAllText(Path.Combine(s_folder, name + ".cs"))];
}
