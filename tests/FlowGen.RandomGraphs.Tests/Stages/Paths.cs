using System.Globalization;
using System.Text.RegularExpressions;

namespace RandomGraphs.Stages;

/// <summary>Paths of nodes in a run: <c>c3.n1</c>, with the place of an element in brackets: <c>c3[2].n1</c>.</summary>
internal static partial class Paths
{
    public static string Join(string parent, string name) => parent.Length == 0 ? name : name.Length == 0 ? parent : $"{parent}.{name}";

    public static string Parent(string path) => path.LastIndexOf('.') is > 0 and int dot ? path[..dot] : "";

    public static bool IsWithin(string path, string parent)
        => parent.Length == 0 || (path.StartsWith(parent, StringComparison.Ordinal) && (path.Length == parent.Length || path[parent.Length] is '.' or '['));

    /// <summary>The path in the graph: without the places of elements.</summary>
    public static string Flat(string path) => Elements().Replace(path, "");

    /// <summary>The place of the innermost element; -1 for none.</summary>
    public static int Item(string path)
    {
        Match last = Elements().Matches(path).LastOrDefault()!;
        return last is null ? -1 : int.Parse(last.Value.AsSpan(1, last.Length - 2), CultureInfo.InvariantCulture);
    }

    public static int Elements(string path) => Elements().Count(path);

    [GeneratedRegex(@"\[\d+\]", RegexOptions.CultureInvariant)]
    private static partial Regex Elements();
}
