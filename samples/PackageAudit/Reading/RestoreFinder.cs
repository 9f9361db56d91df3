using System.IO.Enumeration;

namespace PackageAudit.Reading;

/// <summary>Finds what restores left behind below a folder.</summary>
internal static class RestoreFinder
{
    private const string AssetsName = "project.assets.json";

    /// <summary>
    /// Every <c>project.assets.json</c> that lies in an <c>obj</c> folder or below one, sorted. Folders that cannot hold one
    /// (<c>bin</c>, <c>node_modules</c>, hidden ones) and links are not entered.
    /// </summary>
    public static IReadOnlyList<string> Find(string root, CancellationToken ct)
    {
        EnumerationOptions options = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        FileSystemEnumerable<string> files = new(root, static (ref FileSystemEntry entry) => entry.ToFullPath(), options)
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) =>
            {
                ct.ThrowIfCancellationRequested();
                return !entry.IsDirectory && entry.FileName.SequenceEqual(AssetsName) && IsBelowObj(entry.Directory);
            },
            ShouldRecursePredicate = static (ref FileSystemEntry entry) => entry.FileName is not ("bin" or "node_modules") && entry.FileName[0] != '.',
        };
        return [.. files.Order(StringComparer.Ordinal)];
    }

    private static bool IsBelowObj(ReadOnlySpan<char> directory)
    {
        foreach (Range part in directory.SplitAny(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar))
        {
            if (directory[part].SequenceEqual("obj")) return true;
        }

        return false;
    }
}
