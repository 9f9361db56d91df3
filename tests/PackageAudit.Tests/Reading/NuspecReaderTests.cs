using System.Text;
using PackageAudit.Model;
using PackageAudit.Reading;

namespace PackageAudit.Tests.Reading;

public sealed class NuspecReaderTests
{
    [Theory]
    [InlineData("""<license type="expression">MIT OR Apache-2.0</license><licenseUrl>https://licenses.nuget.org/MIT</licenseUrl>""", "Expression", "MIT OR Apache-2.0")]
    [InlineData("""<license type="file">legal\LICENSE.txt</license><licenseUrl>https://aka.ms/deprecateLicenseUrl</licenseUrl>""", "File", @"legal\LICENSE.txt")]
    [InlineData("<licenseUrl>https://example.org/licence</licenseUrl>", "Url", "https://example.org/licence")]
    [InlineData("<licenseUrl>https://aka.ms/deprecateLicenseUrl</licenseUrl>", "None", "")]
    [InlineData("""<license type="expression"> </license>""", "None", "")]
    [InlineData("", "None", "")]
    public void Licence_is_classified_as_declared(string elements, string kind, string text)
    {
        Nuspec nuspec = Read($"<package><metadata><id>A</id><version>1.0</version>{elements}</metadata></package>");

        Assert.Equal(kind, nuspec.LicenceKind.ToString());
        Assert.Equal(text, nuspec.LicenceText);
    }

    [Theory]
    [InlineData("")]
    [InlineData("http://schemas.microsoft.com/packaging/2010/07/nuspec.xsd")]
    [InlineData("http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd")]
    public void Every_namespace_of_manifests_is_read(string ns)
    {
        Nuspec nuspec = Read($"""
            <package xmlns="{ns}"><metadata minClientVersion="2.12"><version>1.2.3</version><!-- order is free --><id> A.B </id>
            <dependencies><group targetFramework=".NETFramework4.6.1"><dependency id="X" version="1.0" /></group><group targetFramework="net8.0" /><group /></dependencies>
            </metadata><files><file src="id" /></files></package>
            """);

        Assert.Equal("A.B", nuspec.Id);
        Assert.Equal("1.2.3", nuspec.Version);
        Assert.Equal(["net461", "net8.0"], nuspec.DependencyFrameworks);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<package><metadata><id>A</id>")]
    [InlineData("<package />")]
    [InlineData("<package><metadata><id>A</id></metadata></package>")]
    [InlineData("<!DOCTYPE package [<!ENTITY x 'y'>]><package><metadata><id>&x;</id><version>1</version></metadata></package>")]
    public void What_is_no_manifest_is_said_to_be_none(string xml) => Assert.Throws<InvalidDataException>(() => Read(xml));

    private static Nuspec Read(string xml) => NuspecReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(xml)));
}
