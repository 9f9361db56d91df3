using FlowGen;
using PackageAudit.Reading;

namespace PackageAudit.Model;

/// <summary>Everything the audit found out about one package. What could not be found out is null.</summary>
/// <param name="Directory">Where the package lies or should lie.</param>
/// <param name="Projects">Who uses it.</param>
/// <param name="Files">Of the content, without what NuGet added at installation.</param>
/// <param name="Bytes">Of those files.</param>
/// <param name="FileHash">Computed SHA-512 of the package file, base64.</param>
/// <param name="ContentHash">Computed SHA-512 of the package file without its signature, base64.</param>
/// <param name="Source">The feed that it came from, as recorded at installation.</param>
internal sealed record PackageReport(
    string Id,
    string Version,
    string Directory,
    IReadOnlyList<string> Projects,
    Licence? Licence,
    IReadOnlyList<string> Frameworks,
    int? Files,
    long? Bytes,
    bool? Signed,
    string? FileHash,
    string? ContentHash,
    string? Source,
    IReadOnlyList<Finding> Findings)
{
    public static PackageReport OfMissing(RestoredPackage package)
        => Bare(package) with { Findings = [new(FindingKind.PackageMissing, "the package is in no package folder")] };

    public static PackageReport Of(
        RestoredPackage package, PackageFolder folder, Outcome<Verification> verification, Outcome<Manifest> manifest, Outcome<Contents> contents)
    {
        List<Finding> findings = [];
        if (verification.Error is { } unverified) findings.Add(Finding.From(unverified, folder.Directory));
        if (verification.Value is { } verified) findings.AddRange(verified.Findings);

        if (manifest.Error is { } unread) findings.Add(Finding.From(unread, Path.GetFileName(folder.Manifest)));
        if (manifest.Value is { } read)
        {
            if (!string.Equals(read.Id, package.Id, StringComparison.OrdinalIgnoreCase) || !Versions.AreSame(read.Version, package.Version))
            {
                findings.Add(new(FindingKind.IdentityMismatch, $"the manifest is that of {read.Id} {read.Version}"));
            }

            if (read.Licence.Problem is { } problem) findings.Add(new(FindingKind.Unlicensed, problem));
        }

        if (contents.Error is { } unmeasured) findings.Add(Finding.From(unmeasured, folder.Directory));
        findings.AddRange(Missing(contents.Value?.MissingFiles ?? [], findings));

        return Bare(package) with
        {
            Licence = manifest.Value?.Licence,
            Frameworks = manifest.Value?.Frameworks.Names ?? [],
            Files = contents.Value?.Size.Files,
            Bytes = contents.Value?.Size.Bytes,
            Signed = verification.Value?.Hashes?.Signed,
            FileHash = verification.Value?.Hashes?.FileHash,
            ContentHash = verification.Value?.Hashes?.ContentHash,
            Source = verification.Value?.Source,
            Findings = findings,
        };
    }

    /// <summary>One finding for all files that are gone, but for those that a part already missed by name.</summary>
    private static IEnumerable<Finding> Missing(IReadOnlyList<string> paths, IReadOnlyList<Finding> known)
    {
        string[] gone = [.. paths.Where(path => !known.Any(finding => finding.Kind == FindingKind.FileMissing && finding.Message.StartsWith(path, StringComparison.Ordinal)))];
        return gone switch
        {
            [] => [],
            [string only] => [new Finding(FindingKind.FileMissing, $"{only} is missing")],
            [string first, ..] => [new Finding(FindingKind.FileMissing, $"{first} and {gone.Length - 1} more are missing")],
        };
    }

    private static PackageReport Bare(RestoredPackage package)
        => new(package.Id, package.Version, package.Directory, package.Projects, null, [], null, null, null, null, null, null, []);
}
