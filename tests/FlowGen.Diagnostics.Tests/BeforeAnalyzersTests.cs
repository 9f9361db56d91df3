using System.Globalization;
using FlowGen.Generator.Diagnostics;
using FlowGen.Testing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Diagnostics.Tests;

/// <summary>
/// Errors of a declaration end the C# compiler before it asks analyzers, so that a build on the command line would show nothing of FlowGen's. Then the
/// generator speaks in their place; where they are heard, it is silent.
/// </summary>
public class BeforeAnalyzersTests
{
    [Theory]
    [InlineData("[Workflow] public class W { public partial Task<B> RunAsync(A a); [Node] B F(A a) => new(); }", Rule.NotPartial, "W")]
    [InlineData("[Workflow] public class W { private partial void Run(A a); [Node] void F(A a) { } }", Rule.NotPartial, "W")]
    [InlineData("public class O { [Workflow] public partial class W { public partial Task<B> RunAsync(A a); [Node] B F(A a) => new(); } }", Rule.NotAWorkflowClass, "W")]
    [InlineData("[Workflow] public partial struct W { public partial Task<B> RunAsync(A a); [Node] B F(A a) => new(); }", Rule.NotAWorkflowClass, "W")]
    [InlineData("[Workflow] public partial class W { public partial Task<B> RunAsync(A a); [Node] B F(A a, C c) => new(); [Wait] partial Task<C> Ask(A a); }", Rule.NeedsAccess, "Ask")]
    [InlineData("[Workflow] public partial class W { public partial Task<B> RunAsync(A a, C a); [Node] B F(A a) => new(); }", Rule.ParameterTwice, "a")]
    public async Task The_generator_speaks_in_their_place(string source, string expected, string place)
    {
        Compilation compilation = Live.Compile(Bound.Prelude, source);
        Diagnostic said = Assert.Single(Live.Generate(compilation, out Compilation after).Diagnostics);
        Diagnostic live = Assert.Single(await Live.ReportedAsync(after));
        Assert.Equal(expected, said.Id);
        Assert.Equal(place, said.Location.SourceTree!.ToString().Substring(said.Location.SourceSpan.Start, said.Location.SourceSpan.Length));
        Assert.Equal((live.Id, live.Location, live.GetMessage(CultureInfo.InvariantCulture)), (said.Id, said.Location, said.GetMessage(CultureInfo.InvariantCulture)));

        // That the C# compiler finds something by itself is the reason.
        Assert.Contains(compilation.GetDeclarationDiagnostics(), d => d.Severity == DiagnosticSeverity.Error);
    }

    [Theory]
    [InlineData("[Workflow] public class W { [Node] B F(A a) => new(); }")]
    [InlineData("[Workflow] public class W { partial void Run(A a); [Node] void F(A a) { } }")]
    [InlineData("[Workflow] public static partial class W { public static partial Task<B> RunAsync(A a); [Node] static B F(A a) => new(); }")]
    [InlineData("[Workflow] public partial class W { public partial Task<B> RunAsync(A a, int b); [Node] B F(C c) => new(); }")]
    [InlineData("[Workflow] public enum W { X }")]
    public void It_is_silent_otherwise(string source)
        => Assert.Empty(Live.Generate(Live.Compile(Bound.Prelude, source), out _).Diagnostics);

    [Fact]
    public void A_build_that_skips_analyzers_has_its_own_word()
    {
        CompiledFlow flow = FlowCompiler.Compile(Bound.Prelude, "[Workflow] public class W { public partial Task<B> RunAsync(A a); [Node] B F(A a) => new(); }");
        Assert.Equal([Rule.NotCompiled], flow.FromGenerator.Select(d => d.Id));
    }
}
