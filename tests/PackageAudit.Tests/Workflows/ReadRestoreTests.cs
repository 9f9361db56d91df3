using PackageAudit.Model;
using PackageAudit.Tests.Kit;
using PackageAudit.Workflows;

namespace PackageAudit.Tests.Workflows;

public sealed class ReadRestoreTests : IDisposable
{
    private readonly TempSolution _solution = new();
    private readonly TestPackage _package = new("Good", "1.0.0");

    public void Dispose() => _solution.Dispose();

    [Fact]
    public async Task A_project_carries_what_its_restore_and_its_lock_recorded()
    {
        _solution.Restore("App", _package);

        RestoredProject project = await ReadAsync();

        RestoredPackage package = Assert.Single(project.Packages);
        Assert.Equal([new RecordedHash(_package.ContentHash, "the restore of App"), new RecordedHash(_package.ContentHash, "the lock of App")], package.Recorded);
        Assert.Empty(project.Findings);
    }

    [Fact]
    public async Task A_project_without_lock_is_whole()
    {
        _solution.Restore("App", _package);
        File.Delete(_solution.LockPath("App"));

        RestoredProject project = await ReadAsync();

        Assert.Single(Assert.Single(project.Packages).Recorded);
        Assert.Empty(project.Findings);
    }

    [Fact]
    public async Task A_broken_lock_is_a_finding_and_the_packages_stay()
    {
        _solution.Restore("App", _package);
        _solution.WriteLock("App", "{ broken");

        RestoredProject project = await ReadAsync();

        Assert.Single(project.Packages);
        Assert.Equal([FindingKind.Corrupt], project.Findings.Kinds());
    }

    [Fact]
    public async Task Broken_assets_are_a_finding()
    {
        _solution.WriteAssets("App", "{ broken");

        RestoredProject project = await ReadAsync();

        Assert.Empty(project.Packages);
        Assert.Equal([FindingKind.Corrupt], project.Findings.Kinds());
    }

    private ValueTask<RestoredProject> ReadAsync()
        => new ReadRestore().RunAsync(new RestoreFile(Path.Combine(_solution.Root, "App", "obj", "project.assets.json")));
}
