using System.IO.Enumeration;
using PackageAudit.Model;

namespace PackageAudit.Reading;

/// <summary>Walks the files of an installed package.</summary>
internal static class ContentReader
{
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    /// <summary>Counts the package's content and puts the path of every file, relative and with <c>/</c>, into <paramref name="paths"/>.</summary>
    public static ContentSize Measure(PackageFolder folder, HashSet<string> paths, CancellationToken ct)
    {
        FileSystemEnumerable<(string Path, long Length)> files = new(
            folder.Directory, static (ref FileSystemEntry entry) => (entry.ToFullPath(), entry.Length), Everything)
        {
            ShouldIncludePredicate = static (ref FileSystemEntry entry) => !entry.IsDirectory,
        };

        int count = 0;
        long bytes = 0;
        foreach ((string path, long length) in files)
        {
            ct.ThrowIfCancellationRequested();
            paths.Add(Path.GetRelativePath(folder.Directory, path).Replace('\\', '/'));
            if (folder.IsBookkeeping(path)) continue;
            count++;
            bytes += length;
        }

        return new ContentSize(count, bytes);
    }
}
