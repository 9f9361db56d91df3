using FlowGen.Testing;
using Microsoft.CodeAnalysis.CSharp;

namespace FlowGen.Generator.Tests.Shapes;

/// <summary>
/// Whatever the author's code looks like, what FlowGen adds compiles without any warning: nullable on, every warning wave, generated
/// members documented; in the oldest version of C# that FlowGen supports and in the newest.
/// </summary>
public class ShapeTests
{
    public static TheoryData<string> Names => [.. ShapeCatalog.All.Select(shape => shape.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_compiles_without_a_warning(string name)
    {
        Shape shape = ShapeCatalog.Get(name);
        MustCompile(FlowCompiler.Compile(shape.Version, shape.Source));
        MustCompile(FlowCompiler.Compile(LanguageVersion.Preview, shape.Source));
    }

    /// <summary>A workflow that FlowGen refuses compiles too, into bodies that throw.</summary>
    private static void MustCompile(CompiledFlow flow)
    {
        flow.MustCompile();
        Assert.All(flow.Files.Values, text => Assert.DoesNotContain("NotCompiled(", text, StringComparison.Ordinal));
    }
}
