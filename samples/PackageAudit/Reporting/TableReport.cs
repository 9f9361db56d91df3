using System.Globalization;
using PackageAudit.Model;
using Spectre.Console;

namespace PackageAudit.Reporting;

/// <summary>The report for people: one line a package, the findings, one line of summary.</summary>
internal static class TableReport
{
    public static void Write(IAnsiConsole console, SolutionReport report, TimeSpan elapsed)
    {
        console.Write(Packages(report.Packages));
        Table? findings = Findings(report);
        if (findings is not null) console.Write(findings);
        console.WriteLine(Summary(report, elapsed));
    }

    private static Table Packages(IReadOnlyList<PackageReport> packages)
    {
        Table table = new() { Border = TableBorder.Simple };
        table.AddColumns(new TableColumn("Package"), new TableColumn("Version").NoWrap(), new TableColumn("Licence"));
        table.AddColumns(new TableColumn("Size").RightAligned().NoWrap(), new TableColumn("Files").RightAligned());
        table.AddColumns(new TableColumn("Frameworks"), new TableColumn("Signed"), new TableColumn("Hash"));
        foreach (PackageReport package in packages)
        {
            table.AddRow(
                Short(package.Id),
                Short(package.Version),
                Short(Licence(package.Licence)),
                new Text(package.Bytes is { } bytes ? Size(bytes) : "?"),
                new Text(package.Files?.ToString("N0", CultureInfo.InvariantCulture) ?? "?"),
                Short(Frameworks(package.Frameworks)),
                new Text(package.Signed switch { true => "yes", false => "no", null => "?" }),
                Hash(package));
        }

        return table;
    }

    private static Table? Findings(SolutionReport report)
    {
        (string Subject, Finding Finding)[] findings =
        [
            .. report.Findings.Select(finding => ("restore", finding)),
            .. report.Packages.SelectMany(package => package.Findings.Select(finding => ($"{package.Id} {package.Version}", finding))),
        ];
        if (findings.Length == 0) return null;

        Table table = new() { Border = TableBorder.Simple };
        table.AddColumns("Severity", "Where", "Finding");
        foreach ((string subject, Finding finding) in findings.OrderByDescending(line => line.Finding.Severity))
        {
            bool isError = finding.Severity == Severity.Error;
            table.AddRow(
                new Text(isError ? "error" : "warning", new Style(isError ? Color.Red : Color.Yellow)),
                new Text(subject),
                new Text(finding.Message));
        }

        return table;
    }

    public static string Summary(SolutionReport report, TimeSpan elapsed) => string.Create(
        CultureInfo.InvariantCulture,
        $"{report.Packages.Count} packages of {report.Projects.Count} projects, {Size(report.Packages.Sum(package => package.Bytes ?? 0))} in {report.Packages.Sum(package => package.Files ?? 0):N0} files; {report.Packages.Count(package => package.Signed is true)} signed; {report.Errors} errors, {report.Warnings} warnings; {elapsed.TotalSeconds:0.00} s");

    // On a narrow terminal a name is cut, so that a package keeps to its line.
    private static Text Short(string text) => new Text(text).Overflow(Overflow.Ellipsis);

    private static string Licence(Licence? licence) => licence switch
    {
        null => "?",
        { Kind: LicenceKind.None } => "none",
        { Kind: LicenceKind.Expression, Text: var text } => text,
        { Kind: LicenceKind.File, Text: var text } => $"file {text}",
        { Text: var text } => $"url {(Uri.TryCreate(text, UriKind.Absolute, out Uri? url) ? url.Host : text)}",
    };

    private static string Frameworks(IReadOnlyList<string> names) => names.Count switch
    {
        0 => "any",
        <= 2 => string.Join(' ', names),
        _ => $"{names[0]} +{names.Count - 1}",
    };

    /// <summary>What the hashes say: ok only when the content hash was computed and nothing recorded differs from it.</summary>
    private static Text Hash(PackageReport package)
    {
        bool differs = package.Findings.Any(finding => finding.Kind is FindingKind.FileHashMismatch or FindingKind.ContentHashMismatch);
        return differs ? new Text("differs", new Style(Color.Red)) : new Text(package.ContentHash is null ? "?" : "ok");
    }

    private static string Size(long bytes) => bytes switch
    {
        < 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.0} KB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024.0 * 1024.0):0.0} MB"),
    };
}
