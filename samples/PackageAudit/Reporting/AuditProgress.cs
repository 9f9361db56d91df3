using System.Globalization;
using PackageAudit.Model;
using Spectre.Console;

namespace PackageAudit.Reporting;

/// <summary>Counts what is done, shows it as a bar where somebody looks, and knows how far a cancelled audit came.</summary>
internal sealed class AuditProgress(Action<PackageReport>? audited = null) : IAuditProgress
{
    private ProgressTask? _bar;
    private int _found = -1;
    private int _done;
    private int _errors;

    public void Found(int packages)
    {
        Volatile.Write(ref _found, packages);
        if (_bar is not { } bar) return;
        bar.Description = "Auditing packages";
        bar.MaxValue = Math.Max(packages, 1);
        bar.IsIndeterminate = false;
    }

    public void Audited(PackageReport report)
    {
        Interlocked.Increment(ref _done);
        Interlocked.Add(ref _errors, report.Findings.Count(finding => finding.Severity == Severity.Error));
        _bar?.Increment(1);
        audited?.Invoke(report);
    }

    /// <summary>For the one line that is left of a cancelled audit.</summary>
    public string Describe() => Volatile.Read(ref _found) is >= 0 and int found
        ? string.Create(CultureInfo.InvariantCulture, $"{Volatile.Read(ref _done)} of {found} packages with {Volatile.Read(ref _errors)} errors so far")
        : "reading the restores";

    /// <summary>Runs the audit with a bar on a terminal, and without one everywhere else.</summary>
    public Task<SolutionReport> ShowAsync(IAnsiConsole console, Func<ValueTask<SolutionReport>> audit)
    {
        if (!console.Profile.Capabilities.Interactive || !console.Profile.Capabilities.Ansi) return audit().AsTask();

        return console.Progress()
            .AutoClear(true)
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async context =>
            {
                ProgressTask bar = context.AddTask("Reading restores");
                bar.IsIndeterminate = true;
                _bar = bar;
                return await audit();
            });
    }
}
