using FlowGen.Testing;

namespace Patterns.Pages;

/// <summary>
/// The pages show the code that runs and the graph that FlowGen prints of it. After a change, <c>FLOWGEN_WRITE_PAGES=1 dotnet test tests/FlowGen.Patterns.Tests</c>
/// writes them anew.
/// </summary>
public sealed class PageTests
{
    private static bool Writes => Environment.GetEnvironmentVariable("FLOWGEN_WRITE_PAGES") == "1";

    public static TheoryData<int> Numbers => [.. Pattern.All.Select(pattern => pattern.Number)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_page_shows_what_runs(int number)
    {
        Pattern pattern = Pattern.All.Single(pattern => pattern.Number == number);

        Check(PatternPage.PathOf(pattern), PatternPage.Write(pattern));
    }

    [Fact]
    public void The_table_has_every_pattern() => Check(PatternPage.IndexPath, PatternPage.WriteIndex(Pattern.All));

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_pattern_has_a_workflow_and_tests(int number)
    {
        Pattern pattern = Pattern.All.Single(pattern => pattern.Number == number);

        Assert.NotEmpty(pattern.Workflows);
        Assert.All(pattern.Workflows, workflow => Assert.NotEmpty(workflow.Graph.Nodes));
        Assert.True(File.Exists(Path.Combine(Repository.Root, pattern.TestsPath)), pattern.TestsPath);
    }

    private static void Check(string path, string expected)
    {
        string file = Path.Combine(Repository.Root, path);
        if (Writes)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, expected);
        }

        Assert.True(File.Exists(file), $"{path} is missing; run these tests with FLOWGEN_WRITE_PAGES=1.");
        Assert.Equal(expected, File.ReadAllText(file).ReplaceLineEndings("\n"));
    }
}
