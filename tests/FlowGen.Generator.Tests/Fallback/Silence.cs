using FlowGen.Testing;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Tests.Fallback;

/// <summary>What the C# compiler has to say of emitted code: nothing, whatever the author did.</summary>
internal static class Silence
{
    /// <summary>The generator went on, and there is no complaint about what it wrote: only about what the author did.</summary>
    public static void Assert(CompiledFlow flow)
    {
        Xunit.Assert.DoesNotContain(flow.FromGenerator, found => found.Id == "CS8785");
        IEnumerable<Diagnostic> ours = flow.FromCompiler.Where(found => found.Location.SourceTree is { } tree && tree.FilePath.EndsWith(".g.cs", StringComparison.Ordinal));
        Xunit.Assert.True(!ours.Any(), string.Join("\n", ours));
    }
}
