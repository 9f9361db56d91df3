using FlowGen;
using PackageAudit.Model;
using PackageAudit.Reading;

namespace PackageAudit.Workflows;

/// <summary>What the package says about itself: identity, licence, frameworks.</summary>
[Workflow]
internal sealed partial class ReadManifest
{
    public partial ValueTask<Manifest> RunAsync(PackageFolder folder, CancellationToken ct = default);

    [Node]
    private Nuspec Read(PackageFolder folder) => NuspecReader.Read(folder.Manifest);

    [Node]
    private LicenceKind Classify(Nuspec nuspec) => nuspec.LicenceKind;

    [Node, When(nameof(Classify), LicenceKind.Expression)]
    private Licence Expression(Nuspec nuspec) => Licences.OfExpression(nuspec.LicenceText);

    [Node, When(nameof(Classify), LicenceKind.File)]
    private Licence FromFile(Nuspec nuspec, PackageFolder folder) => Licences.OfFile(nuspec.LicenceText, folder.Directory);

    [Node, When(nameof(Classify), LicenceKind.Url)]
    private Licence Url(Nuspec nuspec) => Licences.OfUrl(nuspec.LicenceText);

    [Node, Otherwise(nameof(Classify))]
    private Licence None() => Licences.None;

    [Node]
    private TargetFrameworks Frameworks(Nuspec nuspec, PackageFolder folder) => FrameworkNames.Of(folder.Directory, nuspec);

    [Node] // the licence of whichever branch was taken
    private Manifest Describe(Nuspec nuspec, Licence licence, TargetFrameworks frameworks) => new(nuspec.Id, nuspec.Version, licence, frameworks);
}
