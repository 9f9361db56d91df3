using Microsoft.CodeAnalysis.CSharp;

namespace FlowGen.Generator.Tests.Shapes;

/// <summary>One way to write a workflow that has to compile without a warning.</summary>
/// <param name="Name">Says what is special about it.</param>
/// <param name="Source">The whole file; in a namespace of its own, so that all shapes fit into one compilation.</param>
/// <param name="Version">The oldest version of C# that can read it.</param>
internal sealed record Shape(string Name, string Source, LanguageVersion Version = LanguageVersion.CSharp11);

/// <summary>All shapes, by name for the test runner.</summary>
internal static class ShapeCatalog
{
    public static IReadOnlyList<Shape> All { get; } =
    [
        .. DeclarationShapes.All,
        .. EntryShapes.All,
        .. NodeShapes.All,
        .. DataShapes.All,
        .. GraphShapes.All,
        .. ReachShapes.All,
    ];

    public static Shape Get(string name) => All.Single(shape => shape.Name == name);
}
