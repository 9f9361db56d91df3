using PackageAudit.Model;

namespace PackageAudit;

/// <summary>What the process answers.</summary>
internal static class ExitCode
{
    /// <summary>No finding that counts.</summary>
    public const int Clean = 0;

    public const int Findings = 1;

    /// <summary>There is no report: wrong command line, nothing restored, or the audit itself failed.</summary>
    public const int Failure = 2;

    /// <summary>128 + SIGINT, as shells have it.</summary>
    public const int Cancelled = 130;

    public static int Of(SolutionReport report, bool strict) => report.Errors > 0 || (strict && report.Warnings > 0) ? Findings : Clean;
}
