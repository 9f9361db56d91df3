using System.Text;
using System.Xml.Linq;

namespace FlowGen.Package.Tests;

[Collection(nameof(PackedFlowGen))]
public sealed class PackageContentTests(PackedFlowGen flowGen)
{
    private static readonly string[] Assemblies =
    [
        "analyzers/dotnet/cs/FlowGen.Analyzers.dll",
        "analyzers/dotnet/cs/FlowGen.Generator.dll",
        "lib/net10.0/FlowGen.dll",
        "lib/net9.0/FlowGen.dll",
    ];

    [Fact]
    public void Holds_the_runtime_and_the_compiler_and_nothing_else()
    {
        string[] expected =
        [
            .. Assemblies,
            "FlowGen.nuspec",
            "README.md",
            "build/FlowGen.props",
            "buildTransitive/FlowGen.props",
            "lib/net10.0/FlowGen.xml",
            "lib/net9.0/FlowGen.xml",
        ];
        Assert.Equal(expected.Order(StringComparer.Ordinal), PackedFlowGen.EntriesOf(flowGen.Package));
    }

    [Fact]
    public void Has_symbols_beside_it() =>
        Assert.Equal(["FlowGen.nuspec", "lib/net10.0/FlowGen.pdb", "lib/net9.0/FlowGen.pdb"], PackedFlowGen.EntriesOf(flowGen.Symbols));

    [Fact]
    public void Says_what_it_is_and_needs_no_other_package()
    {
        XElement metadata = XElement.Parse(Text("FlowGen.nuspec")).Elements().Single();
        XNamespace ns = metadata.Name.Namespace;
        Assert.Equal("FlowGen", metadata.Element(ns + "id")!.Value);
        Assert.Equal("MIT", metadata.Element(ns + "license")!.Value);
        Assert.Equal("expression", metadata.Element(ns + "license")!.Attribute("type")!.Value);
        Assert.Equal("README.md", metadata.Element(ns + "readme")!.Value);
        Assert.Empty(metadata.Descendants(ns + "dependency"));
    }

    [Fact]
    public async Task Is_the_same_whenever_it_is_built()
    {
        string again = await flowGen.PackAsync("again");
        Assert.All(Assemblies, name => Assert.Equal(PackedFlowGen.Read(flowGen.Package, name), PackedFlowGen.Read(again, name)));
    }

    // The nuspec starts with a byte order mark.
    private string Text(string entry) => Encoding.UTF8.GetString(PackedFlowGen.Read(flowGen.Package, entry)).TrimStart('\uFEFF');
}
