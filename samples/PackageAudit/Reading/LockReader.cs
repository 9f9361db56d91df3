using PackageAudit.Model;

namespace PackageAudit.Reading;

/// <summary>Reads <c>packages.lock.json</c>: the content hash that each package must have.</summary>
internal static class LockReader
{
    /// <exception cref="InvalidDataException">The file is not a lock.</exception>
    public static async ValueTask<LockFile> ReadAsync(string path, CancellationToken ct)
    {
        LockJson json = await NuGetJson.ReadAsync(path, NuGetJson.Default.LockJson, ct);
        if (json.Dependencies is null) throw new InvalidDataException("it has no dependencies");

        HashSet<LockedPackage> packages = [];
        foreach ((string id, LockedJson? entry) in json.Dependencies.Values.SelectMany(framework => framework ?? []))
        {
            // Entries of type Project have neither.
            if (entry is { Resolved: { } version, ContentHash: { } hash }) packages.Add(new LockedPackage(id, version, hash));
        }

        return new LockFile(path, [.. packages]);
    }
}
