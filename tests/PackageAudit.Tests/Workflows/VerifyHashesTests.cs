using PackageAudit.Model;
using PackageAudit.Tests.Kit;
using PackageAudit.Workflows;

namespace PackageAudit.Tests.Workflows;

public sealed class VerifyHashesTests : IDisposable
{
    private readonly TempSolution _solution = new();
    private readonly TestPackage _package = new("Good", "1.0.0");

    public VerifyHashesTests() => _package.Install(_solution.Packages);

    public void Dispose() => _solution.Dispose();

    [Fact]
    public async Task An_untouched_package_has_no_findings()
    {
        Verification verification = await VerifyAsync(new RecordedHash(_package.ContentHash, "the lock"));

        Assert.Empty(verification.Findings);
        Assert.Equal("https://feed.test/index.json", verification.Source);
        Assert.Equal(new PackageHashes(_package.FileHash, _package.ContentHash, true, null), verification.Hashes);
    }

    [Fact]
    public async Task A_changed_package_file_differs_from_both_records()
    {
        Damage.FlipByte(_package.Open(_solution).Package);

        Assert.Equal([FindingKind.FileHashMismatch, FindingKind.ContentHashMismatch], (await VerifyAsync()).Findings.Kinds());
    }

    [Fact]
    public async Task A_package_signed_anew_has_another_file_and_the_same_content()
    {
        File.WriteAllBytes(_package.Open(_solution).Package, (_package with { Signing = Signing.First }).File);

        Assert.Equal([FindingKind.FileHashMismatch], (await VerifyAsync(new RecordedHash(_package.ContentHash, "the lock"))).Findings.Kinds());
    }

    [Fact]
    public async Task A_lock_that_pins_other_content_is_named()
    {
        Verification verification = await VerifyAsync(
            new RecordedHash(_package.ContentHash, "the restore of P"), new RecordedHash("other", "the lock of P"));

        Finding finding = Assert.Single(verification.Findings);
        Assert.Equal(FindingKind.ContentHashMismatch, finding.Kind);
        Assert.StartsWith("the lock of P", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_metadata_the_lock_is_held_against_the_file()
    {
        File.Delete(_package.Open(_solution).Metadata);

        Assert.Equal([FindingKind.FileMissing], (await VerifyAsync(new RecordedHash(_package.ContentHash, "the lock"))).Findings.Kinds());
        Assert.Equal(
            [FindingKind.FileMissing, FindingKind.ContentHashMismatch],
            (await VerifyAsync(new RecordedHash("other", "the lock"))).Findings.Kinds());
    }

    [Fact]
    public async Task Each_lost_or_broken_file_is_a_finding_of_its_own()
    {
        PackageFolder folder = _package.Open(_solution);
        File.Delete(folder.Package);
        File.WriteAllText(folder.PackageHash, "no hash");
        File.WriteAllText(folder.Metadata, "no json");

        Verification verification = await VerifyAsync();

        Assert.Equal([FindingKind.FileMissing, FindingKind.Corrupt, FindingKind.Corrupt], verification.Findings.Kinds());
        Assert.Null(verification.Hashes);
    }

    [Fact]
    public async Task A_file_that_is_no_package_is_corrupt_and_was_not_installed()
    {
        File.WriteAllText(_package.Open(_solution).Package, "not a zip archive");

        Assert.Equal([FindingKind.Corrupt, FindingKind.FileHashMismatch], (await VerifyAsync()).Findings.Kinds());
    }

    [Fact]
    public async Task An_unsigned_package_is_a_warning()
    {
        TestPackage unsigned = new("Plain", "1.0.0", Signing: Signing.None);
        unsigned.Install(_solution.Packages);

        Verification verification = await new VerifyHashes().RunAsync(unsigned.Restored(_solution), unsigned.Open(_solution));

        Finding finding = Assert.Single(verification.Findings);
        Assert.Equal((FindingKind.Unsigned, Severity.Warning), (finding.Kind, finding.Severity));
    }

    private ValueTask<Verification> VerifyAsync(params IReadOnlyList<RecordedHash> recorded)
        => new VerifyHashes().RunAsync(_package.Restored(_solution, recorded), _package.Open(_solution));
}
