using System.Globalization;
using FlowGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FlowGen.Diagnostics.Tests;

/// <summary>Sub-workflows of another assembly.</summary>
public class ExternalTests
{
    private const string Child = "[Workflow] public partial class V { public partial Task<B> RunAsync(A a, CancellationToken ct = default); [Node] B F(A a) => new(); }";
    private const string Parent = "[Workflow] public partial class W { public partial Task<B> RunAsync(A a); [SubWorkflow<V>] private partial Task<B> F(A a); }";

    [Theory]
    [InlineData("0.1", "FG5016")]
    [InlineData("0.7.2", "FG5016")]
    [InlineData("1.0", "FG5018")]
    public async Task They_were_compiled_by_the_same_major_version(string version, string expected)
    {
        Live.Generate(Live.Compile(Bound.Prelude, Child), out Compilation child);
        SyntaxTree generated = child.SyntaxTrees.Single(t => t.ToString().Contains("CompiledFlow(\"0.1\")", StringComparison.Ordinal));
        child = child.ReplaceSyntaxTree(generated, CSharpSyntaxTree.ParseText(
            generated.ToString().Replace("CompiledFlow(\"0.1\")", $"CompiledFlow(\"{version}\")", StringComparison.Ordinal), Live.Options, generated.FilePath));
        Compilation parent = Live.Compile("", Parent).WithAssemblyName("Parent").AddReferences(child.ToMetadataReference());
        Assert.Equal([expected], (await Live.ReportedAsync(parent)).Select(d => d.Id));
    }

    [Fact]
    public async Task They_were_compiled_by_FlowGen()
    {
        Compilation child = Live.Compile(Bound.Prelude, Child);
        Compilation parent = Live.Compile("", Parent).WithAssemblyName("Parent").AddReferences(child.ToMetadataReference());
        Diagnostic reported = Assert.Single(await Live.ReportedAsync(parent));
        Assert.Equal(Rule.ChildIncompatible, reported.Id);
        Assert.Contains("no version of FlowGen", reported.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public async Task They_are_public()
    {
        const string friend = "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Parent\")]\n";
        Live.Generate(Live.Compile(Bound.Prelude, friend + Child.Replace("public partial class", "internal partial class", StringComparison.Ordinal)), out Compilation child);
        Compilation parent = Live.Compile("", Parent).WithAssemblyName("Parent").AddReferences(child.ToMetadataReference());
        Diagnostic reported = Assert.Single(await Live.ReportedAsync(parent));
        Assert.Equal("FG5018: 'V' or its entry is not public, so that no other assembly can link it", $"{reported.Id}: {reported.GetMessage(CultureInfo.InvariantCulture)}");
        Live.Generate(parent, out Compilation output);
        Assert.Equal("", string.Join("\n", output.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error)));
    }

    [Fact]
    public async Task They_are_linked()
    {
        Live.Generate(Live.Compile(Bound.Prelude, Child), out Compilation child);
        Compilation parent = Live.Compile("", Parent).WithAssemblyName("Parent").AddReferences(child.ToMetadataReference());
        Assert.Equal([Rule.ChildExternal], (await Live.ReportedAsync(parent)).Select(d => d.Id));
        GeneratorDriverRunResult run = Live.Generate(parent, out Compilation output);
        Assert.DoesNotContain(run.Results, r => r.Exception is not null);
        Assert.Equal("", string.Join("\n", output.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error)));
    }

    [Fact]
    public async Task A_base_workflow_keeps_its_entry()
    {
        Live.Generate(
            Live.Compile(Bound.Prelude, "[Workflow] public partial class V { public virtual partial Task<B> RunAsync(A a); [Node] protected virtual B F(A a) => new(); }"),
            out Compilation ancestor);
        MetadataReference reference = ancestor.ToMetadataReference();
        Compilation derived = Live.Compile("", """
            [Workflow] public partial class U : V { protected override B F(A a) => new(); }
            [Workflow] public partial class W : V { public override partial Task<B> RunAsync(A a); [Node] void G(A a) { } }
            """).WithAssemblyName("Derived").AddReferences(reference);
        Diagnostic reported = Assert.Single(await Live.ReportedAsync(derived));
        Assert.Equal(Rule.NotAWorkflowClass, reported.Id);
        Assert.EndsWith("; 'V' comes from another assembly, so that only its nodes can be overridden and not its entry", reported.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Live.Generate(derived, out Compilation output);
        Assert.Equal("", string.Join("\n", output.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error)));
    }
}
