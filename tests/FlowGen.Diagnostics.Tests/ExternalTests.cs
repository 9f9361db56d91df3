using FlowGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace FlowGen.Diagnostics.Tests;

/// <summary>Sub-workflows of another assembly.</summary>
public class ExternalTests
{
    private const string Child = "[Workflow] public partial class V { public partial Task<B> RunAsync(A a, CancellationToken ct = default); [Node] B F(A a) => new(); }";
    private const string Parent = "[Workflow] public partial class W { public partial Task<B> RunAsync(A a); [SubWorkflow<V>] private partial Task<B> F(A a); }";

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
}
