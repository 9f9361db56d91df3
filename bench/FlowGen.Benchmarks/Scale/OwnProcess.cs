using System.Diagnostics;

namespace FlowGen.Benchmarks.Scale;

/// <summary>One row of a table, measured in a process of its own.</summary>
internal static class OwnProcess
{
    /// <returns>What it wrote.</returns>
    /// <exception cref="InvalidOperationException">It failed; what it said is in the message.</exception>
    public static string Run(IEnumerable<string> arguments, params (string Name, string Value)[] settings)
    {
        // Started by "dotnet run" this is a program of its own, started by "dotnet <assembly>" it is the host, which has to be told the assembly.
        string program = Environment.ProcessPath!;
        bool isHost = Path.GetFileNameWithoutExtension(program) == "dotnet";
        ProcessStartInfo start = new(program, isHost ? [typeof(OwnProcess).Assembly.Location, .. arguments] : arguments)
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        foreach ((string name, string value) in settings)
            start.Environment[name] = value;

        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"'{string.Join(' ', arguments)}' ended with {process.ExitCode}: {output}");
    }
}
