using PackageAudit.Model;
using PackageAudit.Tests.Kit;
using PackageAudit.Workflows;

namespace PackageAudit.Tests.Workflows;

public sealed class ReadManifestTests : IDisposable
{
    private readonly TempSolution _solution = new();

    public void Dispose() => _solution.Dispose();

    [Theory]
    [InlineData("""<license type="expression">MIT</license>""", "Expression", "MIT")]
    [InlineData("""<license type="file">lib/net8.0/Some.dll</license>""", "File", "lib/net8.0/Some.dll")]
    [InlineData("<licenseUrl>https://example.org/licence</licenseUrl>", "Url", "https://example.org/licence")]
    public async Task Each_kind_of_licence_takes_its_branch(string licence, string kind, string text)
    {
        Manifest manifest = await ReadAsync(licence);

        Assert.Equal(("Some", "1.0.0"), (manifest.Id, manifest.Version));
        Assert.Equal(new Licence(Enum.Parse<LicenceKind>(kind), text), manifest.Licence);
        Assert.Equal(["net8.0", "netstandard2.0"], manifest.Frameworks.Names);
    }

    [Fact]
    public async Task No_licence_takes_the_branch_of_the_rest()
    {
        Manifest manifest = await ReadAsync(TestPackage.NoLicence);

        Assert.Equal(LicenceKind.None, manifest.Licence.Kind);
        Assert.NotNull(manifest.Licence.Problem);
    }

    [Fact]
    public async Task A_broken_manifest_fails_the_workflow_with_the_readers_exception()
    {
        TestPackage package = new("Some", "1.0.0");
        package.Install(_solution.Packages);
        File.WriteAllText(package.Open(_solution).Manifest, "<package>");

        await Assert.ThrowsAsync<InvalidDataException>(async () => await new ReadManifest().RunAsync(package.Open(_solution)));
    }

    private ValueTask<Manifest> ReadAsync(string licence)
    {
        TestPackage package = new("Some", "1.0.0", licence);
        package.Install(_solution.Packages);
        return new ReadManifest().RunAsync(package.Open(_solution));
    }
}
