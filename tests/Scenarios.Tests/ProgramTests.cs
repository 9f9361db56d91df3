using Scenarios.Stage;

namespace Scenarios.Tests;

/// <summary>The sample tells its stories, and notices when they go otherwise.</summary>
public sealed class ProgramTests
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    public static TheoryData<string> Names => [.. Program.Contents.Select(story => story.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_story_goes_as_told(string name)
    {
        int exitCode = await Read(Program.Contents, name).Soon();

        Assert.DoesNotContain("NOT AS TOLD", _output.ToString(), StringComparison.Ordinal);
        Assert.Equal(Reading.AsTold, exitCode);
        Assert.Contains("flowchart", _output.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("Everything went as told." + Environment.NewLine, _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void There_are_seven()
        => Assert.Equal(["S1", "S2", "S3", "S4", "S5", "S6", "S7"], Program.Contents.Select(story => story.Name));

    [Fact]
    public async Task All_are_told_when_none_is_named()
    {
        List<string> told = [];
        Story[] contents = [.. Program.Contents.Select(story => story with { TellAsync = _ => Note(told, story.Name) })];

        Assert.Equal(Reading.AsTold, await Read(contents).Soon());
        Assert.Equal(Program.Contents.Select(story => story.Name), told);
    }

    [Fact]
    public async Task What_goes_otherwise_is_told_and_counts()
    {
        Story story = Program.Contents[0] with { TellAsync = teller => teller.SceneAsync("x", scene => Note(scene, "two is one", 1, 2)) };

        Assert.Equal(Reading.NotAsTold, await Read([story]).Soon());
        Assert.Contains("NOT AS TOLD: two is one: it is '2' and not '1'", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task So_does_an_error_that_nobody_told_of()
    {
        Story story = Program.Contents[0] with { TellAsync = teller => teller.SceneAsync("x", _ => throw new InvalidOperationException("boom")) };

        Assert.Equal(Reading.NotAsTold, await Read([story]).Soon());
        Assert.Contains("boom", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_story_is_refused_with_the_list()
    {
        Assert.Equal(Reading.NoSuchStory, await Read(Program.Contents, "S1", "S9").Soon());
        Assert.Empty(_output.ToString());
        Assert.Contains("'S9'", _errors.ToString(), StringComparison.Ordinal);
        Assert.Contains("S7  A support agent", _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_is_the_list()
    {
        Assert.Equal(Reading.AsTold, await Read(Program.Contents, "--help").Soon());
        Assert.Contains("S1  Checkout", _output.ToString(), StringComparison.Ordinal);
        Assert.Empty(_errors.ToString());
    }

    private static Task Note(List<string> told, string name)
    {
        told.Add(name);
        return Task.CompletedTask;
    }

    private static Task Note(Scene scene, string what, int expected, int actual)
    {
        scene.Expect(what, expected, actual);
        return Task.CompletedTask;
    }

    private Task<int> Read(IReadOnlyList<Story> contents, params string[] names) => new Reading(contents, _output, _errors).RunAsync(names);
}
