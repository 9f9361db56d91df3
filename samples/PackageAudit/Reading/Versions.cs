namespace PackageAudit.Reading;

/// <summary>NuGet's idea of one version: <c>1.0</c>, <c>1.0.0.0</c> and <c>1.0.0+build</c> are the same package.</summary>
internal static class Versions
{
    public static string Normalize(string version)
    {
        string text = version.Trim();
        int plus = text.IndexOf('+', StringComparison.Ordinal);
        if (plus >= 0) text = text[..plus];

        int dash = text.IndexOf('-', StringComparison.Ordinal);
        string numbers = dash < 0 ? text : text[..dash];
        string label = dash < 0 ? "" : text[dash..];

        List<string> parts = [.. numbers.Split('.').Select(part => part.TrimStart('0') is { Length: > 0 } digits ? digits : "0")];
        while (parts.Count < 3) parts.Add("0");
        if (parts.Count == 4 && parts[3] == "0") parts.RemoveAt(3);
        return string.Join('.', parts) + label;
    }

    public static bool AreSame(string a, string b) => string.Equals(Normalize(a), Normalize(b), StringComparison.OrdinalIgnoreCase);

    /// <summary>Orders by the value of numbers: 9 before 10. For tables, so labels are not weighed as SemVer does.</summary>
    public static int Compare(string a, string b) => string.CompareOrdinal(Padded(a), Padded(b));

    private static string Padded(string version) => string.Join('.', version.ToLowerInvariant().Split('.').Select(part => part.PadLeft(20, '0')));
}
