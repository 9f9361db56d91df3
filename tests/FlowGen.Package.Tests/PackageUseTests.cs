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
        Assert.Contains("NoEntry.cs(8,29): error FG1002", OnlyError(build), StringComparison.Ordinal);
    }

    /// <summary>An SDK that cannot load the compiler would only warn; the package's props stop the build with the cause.</summary>
    [Fact]
    public async Task An_older_SDK_is_refused()
    {
        string folder = flowGen.CreateConsumer("old");
        DotnetResult build = await DotnetCommand.RunAsync(folder, "build", "Broken", "--configuration", "Release", "-p:NETCoreSdkVersion=9.0.203");
        Assert.Contains("error FG0002: FlowGen needs the .NET SDK 9.0.300 or later; this is 9.0.203.", OnlyError(build), StringComparison.Ordinal);
    }

    // The build prints each error when it happens and again in its summary.
    private static string OnlyError(DotnetResult build)
    {
        Assert.NotEqual(0, build.ExitCode);
        string[] errors = [.. build.Output.Split('\n', StringSplitOptions.TrimEntries).Where(line => line.Contains(": error ", StringComparison.Ordinal))];
        return Assert.Single(errors.Distinct(StringComparer.Ordinal));
    }
}
