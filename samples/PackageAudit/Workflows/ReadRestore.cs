using FlowGen;
using PackageAudit.Model;
using PackageAudit.Reading;

namespace PackageAudit.Workflows;

/// <summary>One project: what it restored, and what its lock pins. Unreadable files become findings.</summary>
[Workflow]
internal sealed partial class ReadRestore
{
    public partial ValueTask<RestoredProject> RunAsync(RestoreFile file, CancellationToken ct = default);

    [Node]
    private ValueTask<AssetsFile> Assets(RestoreFile file, CancellationToken ct) => AssetsReader.ReadAsync(file.Path, ct);

    [Node] // an outcome, so that unreadable assets leave a project without lock instead of ending the audit
    private async ValueTask<LockFile?> Lock(Outcome<AssetsFile> assets, CancellationToken ct)
        => assets.Value?.LockPath is { } path ? await LockReader.ReadAsync(path, ct) : null;

    [Node]
    private RestoredProject Join(RestoreFile file, Outcome<AssetsFile> assets, Outcome<LockFile> lockFile)
        => RestoredProject.Of(file, assets, lockFile);
}
