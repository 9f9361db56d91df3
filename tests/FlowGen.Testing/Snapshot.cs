using System.Runtime.CompilerServices;

namespace FlowGen.Testing;

/// <summary>
/// Compares text with a file beside the test, in Verify's file convention: <c>Name.verified.cs</c> holds what is expected, a difference
/// leaves <c>Name.received.cs</c> beside it to compare and, if it is right, to rename.
/// </summary>
public static class Snapshot
{
    /// <param name="name">Names the files; usually test class and case.</param>
    /// <param name="received">The text; line ends are compared as <c>\n</c>.</param>
    /// <param name="extension">Of both files.</param>
    /// <param name="caller">Filled in by the compiler: the files stand beside this source file.</param>
    public static void Match(string name, string received, string extension = "cs", [CallerFilePath] string caller = "")
    {
        string folder = Path.GetDirectoryName(Unmapped(caller))!;
        string verifiedPath = Path.Combine(folder, $"{name}.verified.{extension}");
        string receivedPath = Path.Combine(folder, $"{name}.received.{extension}");
        string? verified = File.Exists(verifiedPath) ? File.ReadAllText(verifiedPath).ReplaceLineEndings("\n") : null;
        received = received.ReplaceLineEndings("\n");
        if (string.Equals(verified, received, StringComparison.Ordinal))
        {
            File.Delete(receivedPath);
            return;
        }

        File.WriteAllText(receivedPath, received);
        throw new InvalidOperationException(verified is null
            ? $"{Path.GetFileName(verifiedPath)} does not exist yet; see {Path.GetFileName(receivedPath)}."
            : $"{Path.GetFileName(receivedPath)} differs from {Path.GetFileName(verifiedPath)} {FirstDifference(verified, received)}");
    }

    /// <summary>Continuous-integration builds write <c>/_/</c> for the repository's root; the test runs below the real one.</summary>
    private static string Unmapped(string caller) =>
        caller.StartsWith("/_/", StringComparison.Ordinal) ? Path.Combine(Repository.Root, caller[3..]) : caller;

    private static string FirstDifference(string verified, string received)
    {
        string[] expected = verified.Split('\n');
        string[] actual = received.Split('\n');
        int line = 0;
        while (line < expected.Length && line < actual.Length && string.Equals(expected[line], actual[line], StringComparison.Ordinal))
        {
            line++;
        }

        return $"in line {line + 1}:{Environment.NewLine}- {expected.ElementAtOrDefault(line)}{Environment.NewLine}+ {actual.ElementAtOrDefault(line)}";
    }
}
