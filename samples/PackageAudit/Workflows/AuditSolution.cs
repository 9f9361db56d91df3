using FlowGen;
using PackageAudit.Model;
using PackageAudit.Reading;

namespace PackageAudit.Workflows;

/// <summary>The whole audit: find the restores, read them, audit every package they name, sum up.</summary>
[Workflow]
internal sealed partial class AuditSolution(AuditPackage packages, IAuditProgress progress)
{
    public partial ValueTask<SolutionReport> RunAsync(AuditRequest request, int parallel, CancellationToken ct = default);

    [Node(RunOn = RunOn.ThreadPool)]
    private RestoreFiles Find(AuditRequest request, CancellationToken ct)
        => new([.. RestoreFinder.Find(request.Root, ct).Select(path => new RestoreFile(path))]);

    [SubWorkflow<ReadRestore>]
    private partial ValueTask<RestoredProject> Read(
        [Each(nameof(Find), Member = nameof(RestoreFiles.Files), MaxParallelismFrom = nameof(parallel))] RestoreFile file,
        int parallel);

    [Node]
    private PackageSet Collect(IReadOnlyList<RestoredProject> projects) => PackageSet.Of(projects);

    [Node]
    private void Announce(PackageSet set) => progress.Found(set.Packages.Count);

    [SubWorkflow(nameof(packages)), After(nameof(Announce))]
    private partial ValueTask<PackageReport> Audit(
        [Each(nameof(Collect), Member = nameof(PackageSet.Packages), MaxParallelismFrom = nameof(parallel))] RestoredPackage package,
        int parallel);

    [Node]
    private SolutionReport Summarise(AuditRequest request, PackageSet set, IReadOnlyList<PackageReport> reports)
        => SolutionReport.Of(request, set, reports);
}
