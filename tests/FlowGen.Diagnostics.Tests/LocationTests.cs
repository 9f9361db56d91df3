using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FlowGen.Diagnostics.Tests;

/// <summary>Diagnostics stand in the real source: the squiggle is exact, a pragma works, and every place that takes part is named.</summary>
public class LocationTests
{
    [Fact]
    public async Task A_pragma_works()
    {
        const string source = """
            [Workflow] public partial class W
            {
                public partial Task<B> RunAsync(A a);
                [Node] B F(A a) => new();
            #pragma warning disable FG2009 // kept for its side effect
                [Node] C G(A a) => new();
            #pragma warning restore FG2009
                [Node] C H(A a) => new();
            }
            """;
        Diagnostic reported = Assert.Single(await Live.ReportedAsync(Live.Compile(Bound.Prelude, source)), d => !d.IsSuppressed);
        Assert.Equal("H", Text(reported.Location));
    }

    [Fact]
    public async Task An_ambiguous_value_points_to_every_producer()
    {
        const string source =
            "[Workflow] public partial class W { public partial Task<B> RunAsync(A a, C given); [Node] C One(A a) => new(); [Node] C Two(A a) => new(); [Node] B F(C c) => new(); }";
        Diagnostic reported = Assert.Single(await Live.ReportedAsync(Live.Compile(Bound.Prelude, source)));
        Assert.Equal(["given", "One", "Two"], reported.AdditionalLocations.Select(Text));
    }

    [Fact]
    public async Task A_cycle_points_to_its_other_edges()
    {
        const string source =
            "[Workflow] public partial class W { public partial Task<C> RunAsync(A a); [Node, After(nameof(H))] B F(A a) => new(); [Node] C G(B b) => new(); [Node, After(nameof(G))] void H(A a) { } }";
        Diagnostic reported = Assert.Single(await Live.ReportedAsync(Live.Compile(Bound.Prelude, source)));
        Assert.Equal(["b", "nameof(G)"], reported.AdditionalLocations.Select(Text));
    }

    [Fact]
    public async Task Parts_in_other_files_are_found_there()
    {
        Compilation compilation = Live.Compile(Bound.Prelude, "[Workflow] public partial class W { public partial Task<B> RunAsync(A a); [Node] B F(C c) => new(); }")
            .AddSyntaxTrees(CSharpSyntaxTree.ParseText("public partial class W { [Node] void G(E missing) { } }", Live.Options, "Other.cs"));
        IReadOnlyList<Diagnostic> reported = await Live.ReportedAsync(compilation);
        Assert.Equal(
            [("Case.cs", "c"), ("Other.cs", "missing")],
            reported.Select(d => (d.Location.SourceTree!.FilePath, Text(d.Location))).Order());
    }

    [Fact]
    public async Task Each_is_reported_once_however_many_workflows_meet_it()
    {
        const string source = """
            public class N { int _n; public B Execute(A a) { _n++; return new(); } }
            [Workflow] public partial class V { public partial Task<B> RunAsync(A a); [Node<N>] private partial B F(A a); }
            [Workflow] public partial class W { public partial Task<B> RunAsync(A a); [Node<N>] private partial B F(A a); }
            """;
        Assert.Equal([Rule.NotPooled], (await Live.ReportedAsync(Live.Compile(Bound.Prelude, source))).Select(d => d.Id));
    }

    [Fact]
    public async Task A_node_that_starts_with_the_run_is_worth_a_warning_only_if_it_returns_nothing()
    {
        const string source =
            "[Workflow] public partial class W { public partial Task<B> RunAsync(A a); [Node] C G() => new(); [Node] B F(A a, C c) => new(); [Node] void Log() { } }";
        IReadOnlyList<Diagnostic> reported = await Live.ReportedAsync(Live.Compile(Bound.Prelude, source).WithOptions(
            ((CSharpCompilationOptions)Live.Compile("", "").Options).WithGeneralDiagnosticOption(ReportDiagnostic.Default)));
        Assert.Equal([DiagnosticSeverity.Info, DiagnosticSeverity.Warning], reported.Select(d => d.Severity));
    }

    [Theory]
    [InlineData("FlowGen.Generator/FlowGen.Generator.FlowGenerator/W.g.cs", true)]
    [InlineData("/src/obj/generated/FlowGen.Generator/FlowGen.Generator.FlowGenerator/W.g.cs", true)]
    [InlineData("C:\\src\\obj\\Some.Generators\\Some.Generators.OneGenerator\\One.g.cs", true)]
    [InlineData("/src/Shop/Shop.Orders/Order.cs", false)]
    [InlineData("/src/Shop/Orders/Order.g.cs", false)]
    [InlineData("Order.g.cs", false)]
    [InlineData("", false)]
    public void Knows_generated_files_by_their_path(string path, bool isGenerated)
        => Assert.Equal(isGenerated, GeneratedTrees.IsGenerated(path));

    private static string Text(Location location)
        => location.SourceTree!.ToString().Substring(location.SourceSpan.Start, location.SourceSpan.Length);
}
