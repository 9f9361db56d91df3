using PackageAudit.Model;
using PackageAudit.Nodes;
using PackageAudit.Tests.Kit;

namespace PackageAudit.Tests;

public sealed class PackageHasherTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly PackageHasher _hasher = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Signing.None)]
    [InlineData(Signing.First)]
    [InlineData(Signing.Last)]
    public void Content_hash_is_that_of_the_package_before_it_was_signed(Signing signing)
    {
        TestPackage package = new("A", "1.0.0", Signing: signing);

        PackageHashes hashes = _hasher.Execute(Write(package.File), CancellationToken.None);

        Assert.Equal(new PackageHashes(package.FileHash, package.ContentHash, signing != Signing.None, null), hashes);
    }

    [Fact]
    public void One_hasher_serves_package_after_package()
    {
        TestPackage first = new("A", "1.0.0");
        TestPackage second = new("A", "2.0.0", Signing: Signing.None);

        Assert.Equal(first.ContentHash, _hasher.Execute(Write(first.File), CancellationToken.None).ContentHash);
        _hasher.Cleanup();
        Assert.Equal(second.ContentHash, _hasher.Execute(Write(second.File), CancellationToken.None).ContentHash);
    }

    [Fact]
    public void A_cancelled_package_leaves_nothing_to_the_next()
    {
        TestPackage package = new("A", "1.0.0");
        PackageFolder folder = Write(package.File);

        Assert.ThrowsAny<OperationCanceledException>(() => _hasher.Execute(folder, new CancellationToken(canceled: true)));
        _hasher.Cleanup();

        Assert.Equal(package.FileHash, _hasher.Execute(folder, CancellationToken.None).FileHash);
    }

    [Fact]
    public void A_changed_byte_changes_both_hashes()
    {
        TestPackage package = new("A", "1.0.0");
        byte[] file = package.File;
        file[100] ^= 1;

        PackageHashes hashes = _hasher.Execute(Write(file), CancellationToken.None);

        Assert.NotEqual(package.FileHash, hashes.FileHash);
        Assert.NotEqual(package.ContentHash, hashes.ContentHash);
    }

    [Fact]
    public void A_file_that_is_cut_off_anywhere_or_no_package_has_a_file_hash_and_a_problem()
    {
        byte[] whole = new TestPackage("A", "1.0.0").File;
        byte[][] broken = [[], "hello"u8.ToArray(), whole[..(whole.Length / 2)], whole[..^1], whole[10..]];

        foreach (byte[] file in broken)
        {
            PackageHashes hashes = _hasher.Execute(Write(file), CancellationToken.None);

            Assert.NotNull(hashes.Problem);
            Assert.Null(hashes.ContentHash);
            Assert.Null(hashes.Signed);
            Assert.NotEmpty(hashes.FileHash);
        }
    }

    [Fact]
    public void A_missing_file_is_the_callers_to_report()
        => Assert.Throws<FileNotFoundException>(() => _hasher.Execute(new PackageFolder(_folder.Path, "none", "1.0.0"), CancellationToken.None));

    private PackageFolder Write(byte[] file)
    {
        File.WriteAllBytes(Path.Combine(_folder.Path, "a.1.0.0.nupkg"), file);
        return new PackageFolder(_folder.Path, "A", "1.0.0");
    }
}
