using System.Globalization;
using System.Text.RegularExpressions;

namespace RandomGraphs.Faults;

/// <summary>
/// A bug that the compiler might have, planted into the text that it emitted, in one place of each file where it fits. Product code knows
/// nothing of it.
/// </summary>
internal sealed partial class Fault(string name, Regex where, Func<Match, string> change)
{
    public static IReadOnlyList<Fault> All { get; } =
    [
        new("a lost cancellation token", Token(), _ => "default(global::System.Threading.CancellationToken)"),
        new("a lost completion", Settling(), _ => "code = -1;"),
        new("an early join", Edges(), match => $"edges: new ushort[] {{ {WithoutOneOfAJoin(match.Groups["edges"].Value)} }}"),
        new("a double cleanup", Cleanup(), match => $"{match.Value} {match.Value}"),
        new("a missed skip", Guard(), _ => "if (global::System.Environment.TickCount64 < 0)"),
        new("a stale slot", Presence(), _ => ""),
        new("a missed compensation", Arming(), _ => ""),
        new("a retry too few", Retries(), match => $"{match.Groups["rule"].Value}{int.Parse(match.Groups["count"].Value, CultureInfo.InvariantCulture) - 1}"),
    ];

    private int _planted;

    /// <summary>In how many files it was planted.</summary>
    public int Planted => _planted;

    public string Plant(string file, string text)
    {
        List<Match> matches = [.. where.Matches(text).Where(match => change(match) != match.Value)];
        if (matches.Count == 0)
        {
            return text;
        }

        // The same place in every process.
        Match match = matches[file.Sum(c => c) % matches.Count];
        Interlocked.Increment(ref _planted);
        return text.Remove(match.Index, match.Length).Insert(match.Index, change(match));
    }

    public override string ToString() => name;

    /// <summary>Edges are written as from, to, kind. One fewer, and what waits for two sources waits for one.</summary>
    private static string WithoutOneOfAJoin(string edges)
    {
        List<int[]> all = [.. edges.Split(',').Select(n => int.Parse(n, CultureInfo.InvariantCulture)).Chunk(3)];
        int one = all.FindIndex(edge => all.Count(other => other[1] == edge[1]) > 1);
        if (one >= 0)
        {
            all.RemoveAt(one);
        }

        return string.Join(", ", all.SelectMany(edge => edge));
    }

    // An argument of a call, not of the check before it.
    [GeneratedRegex(@"(?<=[(,:] ?)(RegionToken\(\d+\)|Token)(?=[,)])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Token();

    [GeneratedRegex(@"code = Settle\(\d+\);", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Settling();

    [GeneratedRegex(@"edges: new ushort\[\] \{ (?<edges>[\d, ]+) \}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Edges();

    [GeneratedRegex(@"(await )?\(\(global::FlowGen\.I(Async)?Cleanup\)\w+!\)\.Cleanup(Async)?\(\)(\.ConfigureAwait\(false\))?;", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Cleanup();

    [GeneratedRegex(@"if \(!\(.*\)\)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex Guard();

    [GeneratedRegex(@"^ +_has\w+ = false;\n", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex Presence();

    [GeneratedRegex(@"\bArm(Instead)?\(\d+\);", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Arming();

    [GeneratedRegex(@"(?<rule>\.RetryRule\()(?<count>[2-9])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Retries();
}
