using FlowGen;
using PackageAudit.Reading;

namespace PackageAudit.Model;

/// <summary>What to audit.</summary>
/// <param name="Root">Absolute path of the folder under which restored projects are looked for.</param>
internal sealed record AuditRequest(string Root);

/// <param name="Path">Of a <c>project.assets.json</c>.</param>
internal sealed record RestoreFile(string Path);

internal sealed record RestoreFiles(IReadOnlyList<RestoreFile> Files);

/// <summary>What NuGet wrote down about one restored project.</summary>
/// <param name="LockPath">Of its <c>packages.lock.json</c>; null when the project has none.</param>
internal sealed record AssetsFile(string Project, string? LockPath, IReadOnlyList<RestoredPackage> Packages);

/// <summary>The hashes that a <c>packages.lock.json</c> pins.</summary>
internal sealed record LockFile(string Path, IReadOnlyList<LockedPackage> Packages);

internal sealed record LockedPackage(string Id, string Version, string ContentHash);

/// <summary>One project's restore, with its lock folded in.</summary>
/// <param name="Findings">What was wrong with the restore's own files.</param>
internal sealed record RestoredProject(
    string Name,
    string AssetsPath,
    IReadOnlyList<RestoredPackage> Packages,
    IReadOnlyList<Finding> Findings)
{
    public static RestoredProject Of(RestoreFile file, Outcome<AssetsFile> assets, Outcome<LockFile> lockFile)
    {
        if (assets.Value is not { } restored) return new(file.Path, file.Path, [], [Finding.From(assets.Error!, file.Path)]);

        string project = restored.Project;
        if (lockFile.Error is { } error) return new(project, file.Path, restored.Packages, [Finding.From(error, restored.LockPath!)]);
        if (lockFile.Value is not { } pinned) return new(project, file.Path, restored.Packages, []);

        ILookup<(string, string), RecordedHash> hashes = pinned.Packages.ToLookup(
            package => Key(package.Id, package.Version),
            package => new RecordedHash(package.ContentHash, $"the lock of {project}"));
        return new(project, file.Path, [.. restored.Packages.Select(WithLock)], []);

        RestoredPackage WithLock(RestoredPackage package)
            => package with { Recorded = [.. package.Recorded, .. hashes[Key(package.Id, package.Version)]] };

        static (string, string) Key(string id, string version) => (id.ToLowerInvariant(), version.ToLowerInvariant());
    }
}

/// <summary>One package in one package folder, with everything that the restores said about it.</summary>
/// <param name="Directory">Where it lies, or should lie when no package folder has it.</param>
/// <param name="Recorded">Content hashes that restores and locks recorded, each with its source.</param>
/// <param name="Files">Paths relative to <paramref name="Directory"/>; empty when the restore does not list them.</param>
/// <param name="Projects">Names of the projects that use it.</param>
internal sealed record RestoredPackage(
    string Id,
    string Version,
    string Directory,
    IReadOnlyList<RecordedHash> Recorded,
    IReadOnlyList<string> Files,
    IReadOnlyList<string> Projects);

/// <param name="Value">SHA-512, base64.</param>
/// <param name="Source">For people: which file says so.</param>
internal sealed record RecordedHash(string Value, string Source);

/// <summary>Every package of the solution once, in order of id and version.</summary>
internal sealed record PackageSet(IReadOnlyList<RestoredPackage> Packages, IReadOnlyList<RestoredProject> Projects)
{
    public static PackageSet Of(IReadOnlyList<RestoredProject> projects)
    {
        IEnumerable<RestoredPackage> packages = projects
            .SelectMany(project => project.Packages)
            .GroupBy(package => package.Directory, StringComparer.Ordinal)
            .Select(Merge)
            .OrderBy(package => package.Id, StringComparer.OrdinalIgnoreCase)
            .ThenBy(package => package.Version, Comparer<string>.Create(Versions.Compare))
            .ThenBy(package => package.Directory, StringComparer.Ordinal);
        return new PackageSet([.. packages], projects);
    }

    private static RestoredPackage Merge(IEnumerable<RestoredPackage> uses) => uses.First() with
    {
        Recorded = [.. uses.SelectMany(use => use.Recorded).Distinct()],
        Files = uses.Select(use => use.Files).MaxBy(files => files.Count)!,
        Projects = [.. uses.SelectMany(use => use.Projects).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
    };
}
