namespace PackageAudit.Reading;

/// <summary>Which folder to audit.</summary>
internal static class AuditRoot
{
    /// <summary>
    /// The named folder, or the folder of the named file; with no name the nearest folder from <paramref name="workingDirectory"/>
    /// upwards that holds a solution or a repository, else <paramref name="workingDirectory"/>. Null when the named one does not exist.
    /// </summary>
    public static string? Find(string? path, string workingDirectory)
    {
        if (path is not null)
        {
            string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path, workingDirectory));
            return Directory.Exists(full) ? full : File.Exists(full) ? Path.GetDirectoryName(full) : null;
        }

        for (string? folder = workingDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (IsRoot(folder)) return folder;
        }

        return workingDirectory;
    }

    private static bool IsRoot(string folder)
        => Path.Exists(Path.Combine(folder, ".git"))
            || Directory.EnumerateFiles(folder, "*.sln").Any()
            || Directory.EnumerateFiles(folder, "*.slnx").Any();
}
