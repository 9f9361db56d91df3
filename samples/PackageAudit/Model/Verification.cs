using FlowGen;

namespace PackageAudit.Model;

/// <summary>What hashing a package file gave.</summary>
/// <param name="FileHash">SHA-512 of the file as it lies there, base64.</param>
/// <param name="ContentHash">SHA-512 of the file without its signature, base64; null when the file is no readable package.</param>
/// <param name="Signed">Null when the file is no readable package.</param>
/// <param name="Problem">Why it is not readable; null when it is.</param>
internal sealed record PackageHashes(string FileHash, string? ContentHash, bool? Signed, string? Problem);

/// <param name="Value">SHA-512 of the package file, base64, as recorded at installation.</param>
internal sealed record InstalledHash(string Value);

/// <param name="ContentHash">SHA-512 without signature, base64, as recorded at installation.</param>
/// <param name="Source">The feed; null when not recorded.</param>
internal sealed record PackageMetadata(string ContentHash, string? Source);

/// <param name="Hashes">Null when the package file could not be read.</param>
/// <param name="Source">The feed that the package came from, as recorded.</param>
internal sealed record Verification(PackageHashes? Hashes, string? Source, IReadOnlyList<Finding> Findings)
{
    /// <summary>
    /// Compares what was computed with what was recorded. What the locks and restores recorded is held against the package's
    /// own metadata, and the metadata against the file; where the metadata is lost, against the file directly.
    /// </summary>
    public static Verification Of(
        RestoredPackage package, PackageFolder folder, Outcome<PackageHashes> hashes, Outcome<InstalledHash> installed, Outcome<PackageMetadata> metadata)
    {
        List<Finding> findings = [];
        Failure(hashes.Error, folder.Package);
        Failure(installed.Error, folder.PackageHash);
        Failure(metadata.Error, folder.Metadata);

        if (hashes.Value is { } computed)
        {
            if (computed.Problem is { } problem) findings.Add(new(FindingKind.Corrupt, $"the package file is not readable: {problem}"));
            if (computed.Signed is false) findings.Add(new(FindingKind.Unsigned, "the package file has no signature"));
            if (installed.Value is { } recorded && recorded.Value != computed.FileHash)
            {
                findings.Add(new(FindingKind.FileHashMismatch, "the package file is not the one that was installed"));
            }

            if (metadata.Value is { } own && computed.ContentHash is { } content && content != own.ContentHash)
            {
                findings.Add(new(FindingKind.ContentHashMismatch, "the content of the package file is not what its metadata recorded"));
            }
        }

        if ((metadata.Value?.ContentHash ?? hashes.Value?.ContentHash) is { } expected)
        {
            foreach (RecordedHash other in package.Recorded.Where(other => other.Value != expected))
            {
                findings.Add(new(FindingKind.ContentHashMismatch, $"{other.Source} recorded another content hash"));
            }
        }

        return new Verification(hashes.Value, metadata.Value?.Source, findings);

        void Failure(Exception? error, string path)
        {
            if (error is not null) findings.Add(Finding.From(error, Path.GetFileName(path)));
        }
    }
}
