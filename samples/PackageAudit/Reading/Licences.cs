using PackageAudit.Model;

namespace PackageAudit.Reading;

/// <summary>What a declared licence is worth: whether it can be followed to a text.</summary>
internal static class Licences
{
    public static Licence None { get; } = new(LicenceKind.None, "", "the manifest states no licence");

    public static Licence OfExpression(string text)
        => new(LicenceKind.Expression, text, SpdxExpression.IsWellFormed(text) ? null : $"'{text}' is not an SPDX expression");

    public static Licence OfFile(string text, string directory)
    {
        string path = Path.GetFullPath(Path.Combine(directory, text.Replace('\\', '/')));
        bool isInside = path.StartsWith(directory + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        return new(LicenceKind.File, text, isInside && File.Exists(path) ? null : $"the licence file '{text}' is not in the package");
    }

    public static Licence OfUrl(string text)
        => new(LicenceKind.Url, text, Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https" ? null : $"'{text}' is not a web address");
}
