using System.Text.Json;
using PackageAudit.Tests.Kit;
using Spectre.Console;

namespace PackageAudit.Tests;

public sealed class AuditToolTests : IDisposable
{
    private readonly TempSolution _solution = new();
    private readonly TestPackage _good = new("Good", "1.0.0");

    public void Dispose() => _solution.Dispose();

    [Fact]
    public async Task A_clean_solution_is_0_and_shows_table_and_summary()
    {
        _solution.Restore("App", _good);

        ToolResult result = await Tool.RunAsync(_solution.Root, "--strict");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("Good", result.Output, StringComparison.Ordinal);
        Assert.Contains("1 packages of 1 projects", result.Output, StringComparison.Ordinal);
        Assert.Contains("0 errors, 0 warnings", result.Output, StringComparison.Ordinal);
        Assert.Empty(result.Messages);
    }

    [Fact]
    public async Task Warnings_count_only_when_strict()
    {
        _solution.Restore("App", new TestPackage("Free", "1.0.0", TestPackage.NoLicence));

        Assert.Equal(0, (await Tool.RunAsync(_solution.Root)).ExitCode);
        Assert.Equal(1, (await Tool.RunAsync(_solution.Root, "--strict")).ExitCode);
    }

    [Fact]
    public async Task Errors_always_count()
    {
        _solution.Restore("App", _good);
        Damage.FlipByte(_good.Open(_solution).Package);

        ToolResult result = await Tool.RunAsync(_solution.Root);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("the package file is not the one that was installed", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_restore_is_a_finding_and_not_a_failure()
    {
        _solution.Restore("App", _good);
        _solution.WriteAssets("Broken", "{");

        Assert.Equal(1, (await Tool.RunAsync(_solution.Root)).ExitCode);
    }

    [Theory]
    [InlineData("--unknown")]
    [InlineData("--parallel", "many")]
    [InlineData("--parallel", "-1")]
    [InlineData("/does/not/exist")]
    [InlineData(".", "and", "more")]
    public async Task A_wrong_command_line_is_2_and_says_why(params string[] args)
    {
        ToolResult result = await Tool.RunAsync(args);

        Assert.Equal(2, result.ExitCode);
        Assert.NotEmpty(result.Messages);
        Assert.Empty(result.Output);
    }

    [Fact]
    public async Task Nothing_restored_is_2()
    {
        Directory.CreateDirectory(_solution.Root);

        ToolResult result = await Tool.RunAsync(_solution.Root);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("dotnet restore", result.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_is_130_with_how_far_it_came_and_no_report()
    {
        _solution.Restore("App", _good, new TestPackage("Other", "1.0.0"), new TestPackage("Third", "1.0.0"));
        using CancellationTokenSource cancellation = new();

        ToolResult result = await Tool.RunAsync([_solution.Root, "--parallel", "1"], _ => cancellation.Cancel(), cancellation.Token);

        Assert.Equal(130, result.ExitCode);
        Assert.Equal("Cancelled after 1 of 3 packages with 0 errors so far.", result.Messages.Trim());
        Assert.Empty(result.Output);
    }

    [Fact]
    public async Task Cancelled_before_it_starts_is_130_too()
    {
        _solution.Restore("App", _good);

        ToolResult result = await Tool.RunAsync([_solution.Root], null, new CancellationToken(canceled: true));

        Assert.Equal(130, result.ExitCode);
    }

    [Fact]
    public async Task Json_is_one_document_with_a_stable_shape()
    {
        _solution.Restore("App", _good, new TestPackage("Free", "1.0.0", TestPackage.NoLicence));

        ToolResult result = await Tool.RunAsync(_solution.Root, "--json");

        JsonElement root = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal(["schema", "root", "elapsedSeconds", "summary", "projects", "findings", "packages"], Names(root));
        Assert.Equal(1, root.GetProperty("schema").GetInt32());
        Assert.Equal(["projects", "packages", "files", "bytes", "signed", "errors", "warnings"], Names(root.GetProperty("summary")));
        Assert.Equal(["name", "assets"], Names(root.GetProperty("projects")[0]));
        JsonElement free = root.GetProperty("packages")[0];
        Assert.Equal(
            ["id", "version", "directory", "projects", "licence", "frameworks", "files", "bytes", "signed", "fileHash", "contentHash", "source", "findings"],
            Names(free));
        Assert.Equal(["kind", "text", "problem"], Names(free.GetProperty("licence")));
        JsonElement finding = free.GetProperty("findings")[0];
        Assert.Equal(["kind", "message", "severity"], Names(finding));
        Assert.Equal(("Unlicensed", "Warning"), (finding.GetProperty("kind").GetString(), finding.GetProperty("severity").GetString()));
        Assert.Equal(_good.ContentHash, root.GetProperty("packages")[1].GetProperty("contentHash").GetString());
    }

    [Fact]
    public async Task Memory_shows_pools_in_either_form()
    {
        _solution.Restore("App", _good);

        ToolResult table = await Tool.RunAsync(_solution.Root, "--memory");
        ToolResult json = await Tool.RunAsync(_solution.Root, "--memory", "--json");

        Assert.Contains("Returned", table.Output, StringComparison.Ordinal);
        Assert.Contains("; 0 in use; ", table.Output, StringComparison.Ordinal);
        JsonElement memory = JsonDocument.Parse(json.Output).RootElement.GetProperty("memory");
        Assert.NotEqual(0, memory.GetArrayLength());
        Assert.Equal(
            ["workflow", "node", "pool", "objects", "inUse", "rented", "returned", "nodeInstances", "types", "retainedBytes"],
            Names(memory[0]));
    }

    [Fact]
    public async Task On_a_terminal_progress_is_shown_apart_from_the_report()
    {
        _solution.Restore("App", _good);
        StringWriter output = new();
        StringWriter screen = new();
        IAnsiConsole terminal = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(screen),
        });

        int exitCode = await new AuditTool(Terminal.Over(output, isRedirected: true), terminal).RunAsync([_solution.Root], CancellationToken.None);

        Assert.Equal(0, exitCode);
        Assert.Contains("Auditing packages", screen.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Auditing packages", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("1 packages of 1 projects", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Graph_is_mermaid_and_audits_nothing()
    {
        ToolResult result = await Tool.RunAsync("--graph", "/does/not/exist");

        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("flowchart", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_explains_the_exit_codes()
    {
        ToolResult result = await Tool.RunAsync("--help");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("130 cancelled", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_packages_that_this_test_project_restored_have_the_hashes_that_NuGet_recorded()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PackageAudit.Tests.csproj"))) folder = folder.Parent;

        ToolResult result = await Tool.RunAsync(folder!.FullName, "--json");

        JsonElement summary = JsonDocument.Parse(result.Output).RootElement.GetProperty("summary");
        Assert.Equal((0, 0), (result.ExitCode, summary.GetProperty("errors").GetInt32()));
        Assert.NotEqual(0, summary.GetProperty("signed").GetInt32());
    }

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(property => property.Name);
}
