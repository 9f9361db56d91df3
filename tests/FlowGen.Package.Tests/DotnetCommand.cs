using System.Diagnostics;

namespace FlowGen.Package.Tests;

/// <summary>Runs the <c>dotnet</c> command as a person would from a shell: nothing of this test run leaks into it.</summary>
internal static class DotnetCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <exception cref="TimeoutException">It hung; its whole process tree has been ended.</exception>
    public static async Task<DotnetResult> RunAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in start.Environment.Keys.Where(IsOfThisRun).ToArray())
        {
            start.Environment.Remove(name);
        }

        // A build server that outlives the command would hold its files and its output open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["UseSharedCompilation"] = "false";

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException hung)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"dotnet {string.Join(' ', arguments)} did not end:\n{await output}{await errors}", hung);
        }

        return new DotnetResult(process.ExitCode, await output, await errors);
    }

    // MSBuild, the test host and coverage set variables that change how a child builds.
    private static bool IsOfThisRun(string name) =>
        name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("CORECLR_", StringComparison.Ordinal)
        || name.StartsWith("COVERLET", StringComparison.OrdinalIgnoreCase);
}

internal sealed record DotnetResult(int ExitCode, string Output, string Errors)
{
    public DotnetResult Succeeded()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}\n{Output}{Errors}");
        return this;
    }
}
