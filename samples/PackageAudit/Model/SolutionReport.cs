namespace PackageAudit.Model;

/// <param name="Findings">About the restores themselves; those of packages are in their reports.</param>
internal sealed record SolutionReport(
    string Root,
    IReadOnlyList<RestoredProject> Projects,
    IReadOnlyList<PackageReport> Packages,
    IReadOnlyList<Finding> Findings)
{
    public IEnumerable<Finding> AllFindings => Findings.Concat(Packages.SelectMany(package => package.Findings));

    public int Errors => AllFindings.Count(finding => finding.Severity == Severity.Error);

    public int Warnings => AllFindings.Count(finding => finding.Severity == Severity.Warning);

    /// <summary>Puts the parts together and finds what only the whole shows: packages in several versions.</summary>
    public static SolutionReport Of(AuditRequest request, PackageSet set, IReadOnlyList<PackageReport> reports)
    {
        ILookup<string, string> versions = reports.ToLookup(report => report.Id, report => report.Version, StringComparer.OrdinalIgnoreCase);
        return new SolutionReport(
            request.Root,
            set.Projects,
            [.. reports.Select(WithOtherVersions)],
            [.. set.Projects.SelectMany(project => project.Findings)]);

        PackageReport WithOtherVersions(PackageReport report)
        {
            string[] others = [.. versions[report.Id].Where(version => version != report.Version).Distinct(StringComparer.OrdinalIgnoreCase)];
            return others.Length == 0
                ? report
                : report with { Findings = [.. report.Findings, new(FindingKind.SeveralVersions, $"also restored as {string.Join(", ", others)}")] };
        }
    }
}
