namespace PackageAudit.Model;

/// <summary>The files that NuGet keeps for one installed package. Only names: nothing here touches the disk.</summary>
internal sealed record PackageFolder(string Directory, string Id, string Version)
{
    private string Stem => $"{Id}.{Version}".ToLowerInvariant();

    /// <summary>The package file itself.</summary>
    public string Package => Path.Combine(Directory, Stem + ".nupkg");

    /// <summary>The SHA-512 of the package file at the time it was installed.</summary>
    public string PackageHash => Package + ".sha512";

    /// <summary>The content hash and the source, at the time it was installed.</summary>
    public string Metadata => Path.Combine(Directory, ".nupkg.metadata");

    public string Manifest => Path.Combine(Directory, Id.ToLowerInvariant() + ".nuspec");

    /// <summary>Whether NuGet added this file at installation, so that it is no part of the package's content.</summary>
    public bool IsBookkeeping(string path)
        => path == Package || path == PackageHash || path == Metadata;
}

internal enum LicenceKind
{
    None,

    /// <summary>An SPDX expression.</summary>
    Expression,

    /// <summary>A file inside the package.</summary>
    File,

    /// <summary>An address only (deprecated by NuGet).</summary>
    Url,
}

/// <param name="Text">Expression, path or address; empty for none.</param>
/// <param name="Problem">Why the licence cannot be followed; null when it can.</param>
internal sealed record Licence(LicenceKind Kind, string Text, string? Problem = null);

/// <summary>What a <c>.nuspec</c> says, as far as the audit needs it.</summary>
/// <param name="LicenceKind">As declared; the licence has not been looked at yet.</param>
/// <param name="DependencyFrameworks">Of its dependency groups, in NuGet's short form.</param>
internal sealed record Nuspec(
    string Id,
    string Version,
    LicenceKind LicenceKind,
    string LicenceText,
    IReadOnlyList<string> DependencyFrameworks);

internal sealed record TargetFrameworks(IReadOnlyList<string> Names);

internal sealed record Manifest(string Id, string Version, Licence Licence, TargetFrameworks Frameworks);

/// <param name="Files">Of the package's content, without what NuGet added.</param>
/// <param name="Bytes">Of those files.</param>
internal sealed record ContentSize(int Files, long Bytes);

/// <param name="MissingFiles">Listed by the restore and not on disk.</param>
internal sealed record Contents(ContentSize Size, IReadOnlyList<string> MissingFiles);
