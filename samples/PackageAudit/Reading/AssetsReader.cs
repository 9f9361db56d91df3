using PackageAudit.Model;

namespace PackageAudit.Reading;

/// <summary>Reads <c>project.assets.json</c>: what one project restored, and from which folders.</summary>
internal static class AssetsReader
{
    /// <exception cref="InvalidDataException">The file is not a restore's result.</exception>
    public static async ValueTask<AssetsFile> ReadAsync(string path, CancellationToken ct)
    {
        AssetsJson json = await NuGetJson.ReadAsync(path, NuGetJson.Default.AssetsJson, ct);
        if (json.Libraries is null || json.PackageFolders is not { Count: > 0 } folders)
        {
            throw new InvalidDataException("it has no libraries or no package folders");
        }

        RestoreJson? restore = json.Project?.Restore;
        string project = restore?.ProjectName ?? Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(path))) ?? path;
        List<RestoredPackage> packages = [];

        foreach ((string key, LibraryJson? library) in json.Libraries)
        {
            if (library is not { Type: "package" }) continue;
            int slash = key.IndexOf('/', StringComparison.Ordinal);
            if (slash <= 0) throw new InvalidDataException($"library '{key}' has no version");

            packages.Add(new RestoredPackage(
                key[..slash],
                key[(slash + 1)..],
                Locate(folders.Keys, library.Path ?? key.ToLowerInvariant()),
                library.Sha512 is { Length: > 0 } hash ? [new RecordedHash(hash, $"the restore of {project}")] : [],
                library.Files ?? [],
                [project]));
        }

        // Targeting packs, runtime packs and the like are downloaded without being libraries of the project.
        foreach (DownloadJson? download in (json.Project?.Frameworks ?? []).Values.SelectMany(framework => framework?.DownloadDependencies ?? []))
        {
            if (download is not { Name: { } id, Version: { } range } || ExactVersion(range) is not { } version) continue;
            packages.Add(new RestoredPackage(id, version, Locate(folders.Keys, $"{id}/{version}".ToLowerInvariant()), [], [], [project]));
        }

        return new AssetsFile(project, LockPath(restore), packages);
    }

    /// <summary>The first package folder that has it, or its place in the first folder when none has.</summary>
    private static string Locate(IEnumerable<string> folders, string path)
    {
        string[] places = [.. folders.Select(folder => Path.GetFullPath(Path.Combine(folder, path)))];
        return Array.Find(places, Directory.Exists) ?? places[0];
    }

    /// <summary><c>9.0.1</c> of <c>[9.0.1, 9.0.1]</c> or <c>[9.0.1]</c>.</summary>
    private static string? ExactVersion(string range)
    {
        string[] ends = range.Trim('[', ']').Split(',', StringSplitOptions.TrimEntries);
        return range.StartsWith('[') && range.EndsWith(']') && ends[0].Length > 0 && ends[0] == ends[^1] ? ends[0] : null;
    }

    /// <summary>Where NuGet would look for the project's lock: the configured place, else beside the project under one of two names.</summary>
    private static string? LockPath(RestoreJson? restore)
    {
        if (restore?.ProjectPath is not { } projectPath || Path.GetDirectoryName(projectPath) is not { } folder) return null;
        if (restore.RestoreLockProperties?.NuGetLockFilePath is { Length: > 0 } configured) return Path.Combine(folder, configured);

        string named = Path.Combine(folder, $"packages.{restore.ProjectName?.Replace(' ', '_')}.lock.json");
        string plain = Path.Combine(folder, "packages.lock.json");
        return File.Exists(named) ? named : File.Exists(plain) ? plain : null;
    }
}
