using System.CommandLine;
using System.Diagnostics;
using FlowGen;
using PackageAudit.Model;
using PackageAudit.Reading;
using PackageAudit.Reporting;
using PackageAudit.Workflows;
using Spectre.Console;

namespace PackageAudit;

/// <summary>The program without its process: arguments in, text and an exit code out.</summary>
/// <param name="output">The report.</param>
/// <param name="messages">Progress and what went wrong, apart from the report.</param>
internal sealed class AuditTool(IAnsiConsole output, IAnsiConsole messages)
{
    /// <summary>Called for each package that is done, before the next one starts in its place.</summary>
    public Action<PackageReport>? Audited { get; init; }

    public async Task<int> RunAsync(IReadOnlyList<string> args, CancellationToken ct)
    {
        ParseResult line = CommandLine.Parse(args);
        if (line.Errors.Count > 0)
        {
            foreach (var error in line.Errors) messages.WriteLine(error.Message);
            messages.WriteLine("Try --help.");
            return ExitCode.Failure;
        }

        if (line.Action is not null)
        {
            // --help and --version
            return await line.InvokeAsync(new InvocationConfiguration { Output = output.Profile.Out.Writer, Error = messages.Profile.Out.Writer }, ct);
        }

        AuditOptions options = CommandLine.Read(line);
        if (options.Graph)
        {
            output.Profile.Out.Writer.WriteLine(AuditSolution.Graph.ToMermaid());
            return ExitCode.Clean;
        }

        return await AuditAsync(options, ct);
    }

    private async Task<int> AuditAsync(AuditOptions options, CancellationToken ct)
    {
        if (AuditRoot.Find(options.Path, Environment.CurrentDirectory) is not { } root) return Fail($"There is no '{options.Path}'.");

        AuditProgress progress = new(Audited);
        AuditSolution audit = new(new AuditPackage(progress), progress);
        long start = Stopwatch.GetTimestamp();
        SolutionReport report;
        try
        {
            report = await progress.ShowAsync(messages, () => audit.RunAsync(new AuditRequest(root), options.Parallel, ct));
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            messages.WriteLine($"Cancelled after {progress.Describe()}.");
            return ExitCode.Cancelled;
        }
        catch (Exception error)
        {
            return Fail($"The audit failed: {error.Message}{(error.InnerException is { } inner ? " " + inner.Message : "")}");
        }

        if (report.Projects.Count == 0) return Fail($"Nothing below '{root}' has been restored. Run 'dotnet restore' first.");

        FlowMemory? memory = options.Memory ? FlowRuntime.Default.GetMemory() : null;
        if (options.Json)
        {
            JsonReport.Write(output.Profile.Out.Writer, report, Stopwatch.GetElapsedTime(start), memory);
        }
        else
        {
            TableReport.Write(output, report, Stopwatch.GetElapsedTime(start));
            if (memory is not null) MemoryReport.Write(output, memory);
        }

        return ExitCode.Of(report, options.Strict);
    }

    private int Fail(string message)
    {
        messages.WriteLine(message);
        return ExitCode.Failure;
    }
}
