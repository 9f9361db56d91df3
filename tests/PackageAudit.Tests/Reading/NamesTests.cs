using PackageAudit.Model;
using PackageAudit.Reading;
using PackageAudit.Tests.Kit;

namespace PackageAudit.Tests.Reading;

public sealed class NamesTests
{
    [Theory]
    [InlineData("MIT", true)]
    [InlineData("MIT OR Apache-2.0", true)]
    [InlineData("(MIT AND (GPL-2.0-only WITH Classpath-exception-2.0)) OR LGPL-2.1+", true)]
    [InlineData("", false)]
    [InlineData("MIT Apache-2.0", false)]
    [InlineData("MIT OR", false)]
    [InlineData("(MIT", false)]
    [InlineData("MIT)", false)]
    [InlineData("AND MIT", false)]
    [InlineData("MIT WITH", false)]
    [InlineData("see the web site!", false)]
    public void Spdx_expressions_are_told_by_their_form(string text, bool expected) => Assert.Equal(expected, SpdxExpression.IsWellFormed(text));

    [Theory]
    [InlineData("1.0", "1.0.0")]
    [InlineData("1.2.3.0", "1.2.3")]
    [InlineData("1.2.3.4", "1.2.3.4")]
    [InlineData("01.002.3", "1.2.3")]
    [InlineData("1.0.0-beta.01+build.5", "1.0.0-beta.01")]
    public void Versions_have_one_normal_form(string version, string expected) => Assert.Equal(expected, Versions.Normalize(version));

    [Fact]
    public void Versions_are_ordered_by_the_value_of_their_numbers()
    {
        string[] versions = ["10.0.1", "9.0.20", "9.0.3"];

        Array.Sort(versions, Versions.Compare);

        Assert.Equal(["9.0.3", "9.0.20", "10.0.1"], versions);
    }

    [Theory]
    [InlineData(".NETStandard2.0", "netstandard2.0")]
    [InlineData(".NETCoreApp3.1", "netcoreapp3.1")]
    [InlineData(".NETFramework4.6.1", "net461")]
    [InlineData(".NETFramework,Version=v4.5", "net45")]
    [InlineData("net8.0-windows7.0", "net8.0-windows7.0")]
    public void Frameworks_have_short_names(string framework, string expected) => Assert.Equal(expected, FrameworkNames.Shorten(framework));

    [Fact]
    public void Frameworks_are_the_folders_on_disk_and_else_the_manifests()
    {
        using TempFolder folder = new();
        Nuspec nuspec = new("A", "1.0.0", LicenceKind.None, "", ["net8.0"]);
        Assert.Equal(["net8.0"], FrameworkNames.Of(folder.Path, nuspec).Names);

        folder.Write("lib/net462/A.dll", "");
        folder.Write("ref/net9.0/A.dll", "");
        folder.Write("runtimes/linux-x64/lib/netstandard2.0/A.dll", "");
        folder.Write("tools/net6.0/A.exe", "");
        Assert.Equal(["net462", "net9.0", "netstandard2.0"], FrameworkNames.Of(folder.Path, nuspec).Names);
    }

    [Fact]
    public void Licences_must_lead_to_a_text()
    {
        using TempFolder folder = new();
        folder.Write("package/legal/LICENSE.txt", "free");
        folder.Write("secret.txt", "not in the package");
        string package = Path.Combine(folder.Path, "package");

        Assert.Null(Licences.OfFile(@"legal\LICENSE.txt", package).Problem);
        Assert.NotNull(Licences.OfFile("LICENSE.txt", package).Problem);
        Assert.NotNull(Licences.OfFile("../secret.txt", package).Problem);
        Assert.Null(Licences.OfUrl("https://example.org/licence").Problem);
        Assert.NotNull(Licences.OfUrl("see our site").Problem);
        Assert.Null(Licences.OfExpression("MIT").Problem);
        Assert.NotNull(Licences.OfExpression("MIT and more").Problem);
    }

    [Fact]
    public void The_root_is_the_nearest_solution_or_repository()
    {
        using TempFolder folder = new();
        folder.Write("repo/.git/HEAD", "");
        folder.Write("repo/inner/App.sln", "");
        folder.Write("repo/inner/src/App.csproj", "");
        string repository = Path.Combine(folder.Path, "repo");
        string inner = Path.Combine(repository, "inner");

        Assert.Equal(inner, AuditRoot.Find(null, Path.Combine(inner, "src")));
        Assert.Equal(repository, AuditRoot.Find(null, repository));
        Assert.Equal(inner, AuditRoot.Find("App.sln", inner));
        Assert.Equal(inner, AuditRoot.Find("inner/", repository));
        Assert.Null(AuditRoot.Find("nowhere", repository));
    }
}
