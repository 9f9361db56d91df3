using FlowGen;
using PackageAudit.Model;
using PackageAudit.Nodes;
using PackageAudit.Reading;

namespace PackageAudit.Workflows;

/// <summary>Is the package file the one that was installed, and its content the one that was locked?</summary>
[Workflow]
internal sealed partial class VerifyHashes
{
    public partial ValueTask<Verification> RunAsync(RestoredPackage package, PackageFolder folder, CancellationToken ct = default);

    [Node<PackageHasher>(RunOn = RunOn.ThreadPool)]
    private partial PackageHashes Hash(PackageFolder folder);

    [Node]
    private ValueTask<InstalledHash> Installed(PackageFolder folder, CancellationToken ct) => MetadataReader.ReadHashAsync(folder.PackageHash, ct);

    [Node]
    private ValueTask<PackageMetadata> Metadata(PackageFolder folder, CancellationToken ct) => MetadataReader.ReadAsync(folder.Metadata, ct);

    [Node]
    private Verification Compare(
        RestoredPackage package, PackageFolder folder, Outcome<PackageHashes> hashes, Outcome<InstalledHash> installed, Outcome<PackageMetadata> metadata)
        => Verification.Of(package, folder, hashes, installed, metadata);
}
