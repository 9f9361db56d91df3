namespace PackageAudit.Model;

/// <summary>Who wants to know how far the audit is. Called from any thread, several at a time.</summary>
internal interface IAuditProgress
{
    /// <summary>The restores have been read; this many packages will be audited.</summary>
    void Found(int packages);

    /// <summary>One more package is done.</summary>
    void Audited(PackageReport report);
}
