namespace FlowGen.Package.Tests;

[Collection(nameof(PackedFlowGen))]
public sealed class PackageUseTests(PackedFlowGen flowGen)
{
    /// <summary>The library builds for both frameworks with warnings as errors; the program gets the runtime through the library.</summary>
    [Fact]
    public async Task A_fresh_project_builds_and_runs()
    {
        string folder = flowGen.CreateConsumer("fresh");
        (await DotnetCommand.RunAsync(folder, "build", "App", "--configuration", "Release")).Succeeded();
        (await DotnetCommand.RunAsync(folder, "build", "Orders", "--configuration", "Release", "--framework", "net9.0")).Succeeded();
        DotnetResult run = await DotnetCommand.RunAsync(folder, "run", "--project", "App", "--configuration", "Release", "--no-build");
        Assert.Equal(
            ["21 paid, sent to Ann", "checkout calls shipping", "Quote Ship Ship.Print Sign"],
            run.Succeeded().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    /// <summary>The package's analyzers load in the build's compiler and tell the author what is wrong, once.</summary>
    [Fact]
    public async Task A_mistake_is_reported_where_it_is()
    {
        string folder = flowGen.CreateConsumer("mistaken");
        DotnetResult build = await DotnetCommand.RunAsync(folder, "build", "Broken", "--configuration", "Release");
        Assert.NotEqual(0, build.ExitCode);
        string[] reports = [.. build.Output.Split('\n').Where(line => line.Contains(": error ", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal)];
        string report = Assert.Single(reports);
        Assert.Contains("NoEntry.cs(8,29): error FG1002", report, StringComparison.Ordinal);
    }
}
