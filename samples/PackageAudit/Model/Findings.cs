namespace PackageAudit.Model;

/// <summary>What can be wrong with a package or with a restore.</summary>
internal enum FindingKind
{
    /// <summary>The restore names a package that is not in any package folder.</summary>
    PackageMissing,

    /// <summary>A file that the package must have is not there.</summary>
    FileMissing,

    /// <summary>A file is there but cannot be read as what it should be.</summary>
    Corrupt,

    /// <summary>The package file is not the one that was installed: its SHA-512 differs from the recorded one.</summary>
    FileHashMismatch,

    /// <summary>The package's content is not what a lock, a restore or the package's own metadata recorded.</summary>
    ContentHashMismatch,

    /// <summary>The manifest names another package than the folder it lies in.</summary>
    IdentityMismatch,

    /// <summary>The package file carries no signature.</summary>
    Unsigned,

    /// <summary>The manifest states no licence, or one that cannot be followed.</summary>
    Unlicensed,

    /// <summary>The solution restored several versions of the package.</summary>
    SeveralVersions,
}

internal enum Severity
{
    /// <summary>Worth knowing; counts for the exit code with --strict only.</summary>
    Warning,

    /// <summary>The package cannot be trusted to be what was restored.</summary>
    Error,
}

internal sealed record Finding(FindingKind Kind, string Message)
{
    public Severity Severity => Kind switch
    {
        FindingKind.Unsigned or FindingKind.Unlicensed or FindingKind.SeveralVersions => Severity.Warning,
        _ => Severity.Error,
    };

    /// <summary>
    /// The finding that an exception of reading files stands for. Any other exception is a fault of this program
    /// and not of the package: it is thrown again and ends the audit.
    /// </summary>
    public static Finding From(Exception error, string subject) => error switch
    {
        FileNotFoundException or DirectoryNotFoundException => new(FindingKind.FileMissing, $"{subject} is missing"),
        IOException or UnauthorizedAccessException => new(FindingKind.Corrupt, $"{subject} cannot be read: {error.Message}"),
        InvalidDataException => new(FindingKind.Corrupt, $"{subject}: {error.Message}"),
        _ => throw new InvalidOperationException($"Reading {subject} failed for a reason that is not the package's.", error),
    };
}
