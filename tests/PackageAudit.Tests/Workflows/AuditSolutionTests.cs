using System.Collections.Concurrent;
using FlowGen;
using PackageAudit.Model;
using PackageAudit.Tests.Kit;
using PackageAudit.Workflows;

namespace PackageAudit.Tests.Workflows;

public sealed class AuditSolutionTests : IDisposable
{
    private readonly TempSolution _solution = new();
    private readonly FlowRuntime _runtime = new();

    private readonly TestPackage _good = new("Good", "1.0.0");
    private readonly TestPackage _corrupt = new("Corrupt", "1.0.0");
    private readonly TestPackage _missing = new("Missing", "1.0.0");
    private readonly TestPackage _old = new("Twice", "9.0.0");
    private readonly TestPackage _new = new("Twice", "10.0.0");
    private readonly TestPackage _unlicensed = new("Unlicensed", "1.0.0", TestPackage.NoLicence);
    private readonly TestPackage _unsigned = new("Unsigned", "1.0.0", Signing: Signing.None);

    public void Dispose() => _solution.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(0)]
    public async Task Every_package_is_reported_once_with_what_is_wrong_with_it(int parallel)
    {
        Spoil();

        SolutionReport report = await AuditAsync(parallel);

        Assert.Equal(["App", "Tests"], report.Projects.Select(project => project.Name));
        Assert.Equal(
            [("Corrupt", "1.0.0"), ("Good", "1.0.0"), ("Missing", "1.0.0"), ("Twice", "9.0.0"), ("Twice", "10.0.0"), ("Unlicensed", "1.0.0"), ("Unsigned", "1.0.0")],
            report.Packages.Select(package => (package.Id, package.Version)));
        Assert.Empty(Of(report, _good).Findings);
        Assert.Equal([FindingKind.FileHashMismatch, FindingKind.ContentHashMismatch], Of(report, _corrupt).Findings.Kinds());
        Assert.Equal([FindingKind.PackageMissing], Of(report, _missing).Findings.Kinds());
        Assert.Equal("also restored as 10.0.0", Assert.Single(Of(report, _old).Findings).Message);
        Assert.Equal("also restored as 9.0.0", Assert.Single(Of(report, _new).Findings).Message);
        Assert.Equal([FindingKind.Unlicensed], Of(report, _unlicensed).Findings.Kinds());
        Assert.Equal([FindingKind.Unsigned], Of(report, _unsigned).Findings.Kinds());
        Assert.Equal((3, 4), (report.Errors, report.Warnings));
    }

    [Fact]
    public async Task A_good_package_is_described_and_measured()
    {
        _solution.Restore("App", _good);

        PackageReport package = Assert.Single((await AuditAsync()).Packages);

        Assert.Equal(["App"], package.Projects);
        Assert.Equal(new Licence(LicenceKind.Expression, "MIT"), package.Licence);
        Assert.Equal(["net8.0", "netstandard2.0"], package.Frameworks);
        Assert.Equal(4, package.Files); // manifest, signature, two assemblies
        Assert.InRange(package.Bytes!.Value, 100_000, 110_000);
        Assert.True(package.Signed);
        Assert.Equal((_good.FileHash, _good.ContentHash), (package.FileHash, package.ContentHash));
        Assert.Equal("https://feed.test/index.json", package.Source);
    }

    [Fact]
    public async Task Parts_of_one_package_fail_apart()
    {
        _solution.Restore("App", _good);
        PackageFolder folder = _good.Open(_solution);
        File.WriteAllText(folder.Manifest, "<package>");
        File.Delete(Path.Combine(folder.Directory, "lib", "net8.0", "Good.dll"));

        PackageReport package = Assert.Single((await AuditAsync()).Packages);

        Assert.Equal([FindingKind.Corrupt, FindingKind.FileMissing], package.Findings.Kinds());
        Assert.Null(package.Licence);
        Assert.Equal(_good.ContentHash, package.ContentHash);
        Assert.Equal(3, package.Files);
    }

    [Fact]
    public async Task A_lost_package_file_is_reported_once()
    {
        _solution.Restore("App", _good);
        PackageFolder folder = _good.Open(_solution);
        File.Delete(folder.Metadata);
        File.Delete(folder.Manifest);

        Assert.Equal(
            [".nupkg.metadata is missing", "good.nuspec is missing"],
            Assert.Single((await AuditAsync()).Packages).Findings.Select(finding => finding.Message));
    }

    [Fact]
    public async Task A_manifest_of_another_package_is_an_error()
    {
        _solution.Restore("App", _good);
        PackageFolder folder = _good.Open(_solution);
        File.WriteAllText(folder.Manifest, File.ReadAllText(folder.Manifest).Replace("<id>Good</id>", "<id>Evil</id>", StringComparison.Ordinal));

        Assert.Equal([FindingKind.IdentityMismatch], Assert.Single((await AuditAsync()).Packages).Findings.Kinds());
    }

    [Fact]
    public async Task Progress_hears_of_every_package()
    {
        Spoil();
        Listener listener = new();

        await AuditAsync(4, listener);

        Assert.Equal(7, listener.Packages);
        Assert.Equal(7, listener.Reports.Select(report => (report.Id, report.Version)).Distinct().Count());
    }

    [Fact]
    public async Task Cancelling_ends_the_run_after_the_packages_in_flight_and_owes_nothing()
    {
        Spoil();
        using CancellationTokenSource cancellation = new();
        Listener listener = new() { OnAudited = _ => cancellation.Cancel() };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await AuditAsync(1, listener, cancellation.Token));

        Assert.Single(listener.Reports);
        AssertNothingInUse();
    }

    [Fact]
    public async Task Node_instances_are_given_back_and_used_again()
    {
        Spoil();

        await AuditAsync(2);
        await AuditAsync(2);

        AssertNothingInUse();
        Assert.Contains(_runtime.GetMemory(), pool => pool.Rented > pool.Objects);
    }

    [Fact]
    public void The_graph_shows_every_level()
    {
        string mermaid = AuditSolution.Graph.ToMermaid();

        Assert.NotNull(AuditSolution.Graph.Find("Audit.Verify.Hash"));
        Assert.NotNull(AuditSolution.Graph.Find("Audit.Describe.Classify"));
        Assert.Contains("Summarise", mermaid, StringComparison.Ordinal);
        Assert.Empty(AuditSolution.Graph.Validate());
    }

    private void Spoil()
    {
        _solution.Restore("App", _good, _corrupt, _missing, _old, _unlicensed, _unsigned);
        _solution.Restore("Tests", _good, _new);
        Damage.FlipByte(_corrupt.Open(_solution).Package);
        Directory.Delete(_missing.Folder(_solution.Packages), recursive: true);
    }

    private async Task<SolutionReport> AuditAsync(int parallel = 2, Listener? listener = null, CancellationToken ct = default)
    {
        listener ??= new Listener();
        AuditSolution audit = new(new AuditPackage(listener), listener) { Runtime = _runtime };
        return await audit.RunAsync(new AuditRequest(_solution.Root), parallel, ct);
    }

    private void AssertNothingInUse() => Assert.All(_runtime.GetMemory(), pool => Assert.Equal(0, pool.InUse));

    private static PackageReport Of(SolutionReport report, TestPackage package)
        => Assert.Single(report.Packages, candidate => candidate.Id == package.Id && candidate.Version == package.Version);

    private sealed class Listener : IAuditProgress
    {
        public int Packages { get; private set; }

        public ConcurrentQueue<PackageReport> Reports { get; } = [];

        public Action<PackageReport>? OnAudited { get; init; }

        public void Found(int packages) => Packages = packages;

        public void Audited(PackageReport report)
        {
            Reports.Enqueue(report);
            OnAudited?.Invoke(report);
        }
    }
}
