using System.Security.Cryptography;
using System.Text;

namespace FlowGen.Generator.Emission;

/// <summary>File names of generated sources: the full type name, bounded.</summary>
internal static class HintNames
{
    private const int MaxLength = 200;

    /// <summary>A hint name for a workflow, by its full metadata name.</summary>
    /// <param name="key">The workflow's full metadata name.</param>
    public static string For(string key)
    {
        string name = new(key.Select(c => char.IsLetterOrDigit(c) || c is '.' or '_' ? c : '.').ToArray());
        if (name.Length <= MaxLength)
        {
            return name + ".g.cs";
        }

        string kept = name.Length > MaxLength ? name.Substring(0, MaxLength) : name;
        return kept + "." + Hash(key) + ".g.cs";
    }

    private static string Hash(string key)
    {
        using SHA256 sha = SHA256.Create();
        byte[] hash = sha.ComputeHash(Encoding.UTF8.GetBytes(key));
        return string.Concat(hash.Take(6).Select(b => b.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));
    }
}
