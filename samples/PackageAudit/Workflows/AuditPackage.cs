using FlowGen;
using PackageAudit.Model;

namespace PackageAudit.Workflows;

/// <summary>
/// One package. Its three parts run side by side and fail apart: a broken manifest does not keep the hashes from being
/// checked, and whatever fails becomes a finding in the report.
/// </summary>
[Workflow]
internal sealed partial class AuditPackage(IAuditProgress progress)
{
    public partial ValueTask<PackageReport> RunAsync(RestoredPackage package, CancellationToken ct = default);

    private static bool IsInstalled(RestoredPackage package) => Directory.Exists(package.Directory);

    [Node, Unless(nameof(IsInstalled))]
    private PackageReport Missing(RestoredPackage package) => PackageReport.OfMissing(package);

    [Node, When(nameof(IsInstalled))]
    private PackageFolder Open(RestoredPackage package) => new(package.Directory, package.Id, package.Version);

    [SubWorkflow<VerifyHashes>]
    private partial ValueTask<Verification> Verify(RestoredPackage package, PackageFolder folder);

    [SubWorkflow<ReadManifest>]
    private partial ValueTask<Manifest> Describe(PackageFolder folder);

    [SubWorkflow<MeasureContents>]
    private partial ValueTask<Contents> Measure(RestoredPackage package, PackageFolder folder);

    [Node]
    private PackageReport Report(
        RestoredPackage package, PackageFolder folder, Outcome<Verification> verification, Outcome<Manifest> manifest, Outcome<Contents> contents)
        => PackageReport.Of(package, folder, verification, manifest, contents);

    [Node] // whichever of Missing and Report there is
    private void Announce(PackageReport report) => progress.Audited(report);
}
