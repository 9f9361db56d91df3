using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FlowGen.Generator.Emission;

/// <summary>File names of generated sources: the full type name, bounded, and unique where file systems do not tell case.</summary>
internal static class HintNames
{
    /// <summary>The file of the catalog, which no workflow can have.</summary>
    public const string Catalog = "FlowGenCatalog.g.cs";

    private const int MaxLength = 200;

    /// <summary>A hint name for each workflow of an assembly.</summary>
    /// <param name="keys">Full metadata names.</param>
    /// <returns>By key.</returns>
    public static Dictionary<string, string> For(IReadOnlyCollection<string> keys)
    {
        ILookup<string, string> byName = keys.ToLookup(Readable, StringComparer.OrdinalIgnoreCase);
        return keys.ToDictionary(
            key => key,
            key => Readable(key) is var name && name.Length <= MaxLength && byName[name].Count() == 1 && !IsCatalog(name)
                ? name + ".g.cs"
                : name.Substring(0, Math.Min(name.Length, MaxLength)) + "." + Hash(key) + ".g.cs",
            StringComparer.Ordinal);
    }

    private static bool IsCatalog(string name) => string.Equals(name + ".g.cs", Catalog, StringComparison.OrdinalIgnoreCase);

    private static string Readable(string key) => new(key.Select(c => char.IsLetterOrDigit(c) || c is '.' or '_' ? c : '.').ToArray());

    private static string Hash(string key)
    {
        using SHA256 sha = SHA256.Create();
        byte[] hash = sha.ComputeHash(Encoding.UTF8.GetBytes(key));
        return string.Concat(hash.Take(6).Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));
    }
}
