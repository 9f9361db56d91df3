using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FlowGen.Generator.Tests.Incremental;

/// <summary>
/// Edits of <see cref="Shop"/>, and what each step makes of them. The letters are those of <see cref="Edit.Row"/>, for the workflows Child,
/// Keeper, Other and Parent in this order; a Fresh one comes after Child.
/// </summary>
internal static class EditTable
{
    /// <summary>Read again, found to be the same, and nothing else done.</summary>
    private const string Nothing = "UUUU | CCCC | CCCC | CCCC | CCCC | CCCC | C";

    private const string ChildAndParent = "MUUU | MCCC | MUUM | MCCM | MCCM | MCCM | C";
    private const string OnlyKeeper = "UMUU | CMCC | UMUU | CMCC | CMCC | CMCC | C";
    private const string OnlyOther = "UUMU | CCMC | UUMU | CCMC | CCMC | CCMC | C";
    private const string OnlyParent = "UUUM | CCCM | UUUM | CCCM | CCCM | CCCM | C";

    private const string WorkOfOther = "[Node] private B Work(A a)";

    public static IReadOnlyList<(string Name, Func<Edit, Edit> Change, string Row)> All { get; } =
    [
        // Elsewhere, and what is no part of the graph.
        ("nothing at all", e => e, Nothing),
        ("another file", e => e.Replace("X = 1", "X = 2"), Nothing),
        ("a file added", e => e.InsertFile(7, "internal static class Fresh;"), Nothing),
        ("a file added in front", e => e.InsertFile(0, "internal static class Fresh;"), Nothing),
        ("a file removed", e => e.RemoveFile(6), Nothing),
        ("an error in another file", e => e.Replace("X = 1", "X = "), Nothing),
        ("whitespace", e => e.Replace("public sealed partial class Child\n{", "\n\npublic   sealed partial class Child\n{\n\n"), Nothing),
        ("whitespace in a signature", e => e.Replace("End(B b, CancellationToken ct)", "End( B b ,\n    CancellationToken   ct )"), Nothing),
        ("a comment", e => e.Replace("int sum", "// adds up\n int sum"), Nothing),
        ("a comment in an attribute", e => e.Replace("[Node] private D Done(C c)", "[Node /* the last */] private D Done(C c)"), Nothing),
        ("the body of a node", e => e.Replace("return new B(sum)", "return new B(sum + 1)"), Nothing),
        ("a half-typed body", e => e.Replace("return new B(sum)", "return new B(sum.; if ("), Nothing),
        ("a renamed local", e => e.Replace("int sum", "int total").Replace("new B(sum)", "new B(total)"), Nothing),
        ("an expression body", e => e.Replace("=> new(a.Number);", "{ return new(a.Number); }"), Nothing),
        ("a helper method", e => e.Replace(WorkOfOther, "private static int Helper() => 1;\n" + WorkOfOther), Nothing),
        ("a nested type", e => e.Replace(WorkOfOther, "private sealed class Inner;\n" + WorkOfOther), Nothing),
        ("a using", e => e.Replace("namespace Shop;\n[Workflow]\npublic sealed partial class Other", "using System.Text;\nnamespace Shop;\n[Workflow]\npublic sealed partial class Other"), Nothing),
        ("a node's modifier async", e => e.Replace("private ValueTask<C> End(B b, CancellationToken ct) => new(new C(b.Number));", "private async ValueTask<C> End(B b, CancellationToken ct) { await Task.Yield(); return new C(b.Number); }"), Nothing),
        ("an attribute of somebody else", e => e.Replace(WorkOfOther, "[System.Obsolete] " + WorkOfOther), Nothing),
        ("another member of a data type", e => e.Replace("record B(int Number)", "record B(int Number, int More = 2)"), Nothing),
        ("a data type that becomes a class", e => e.Replace("record D(int Number)", "class D(int number)"), Nothing),
        ("an interface of a data type", e => e.Replace("record D(int Number);", "record D(int Number) : IComparable { public int CompareTo(object? other) => 0; }"), Nothing),
        ("a data type moved to another file", e => e.Replace("public record D(int Number);", "").Replace("internal static class Unrelated", "public record D(int Number); internal static class Unrelated"), Nothing),
        ("the body of a node class", e => e.Replace("a.Number + clock.Now", "a.Number - clock.Now"), Nothing),
        ("another member of a state class", e => e.Replace("public void Reset()", "public int Count() => 1; public void Reset()"), Nothing),

        // One workflow: it and those that contain it.
        ("the signature of a node", e => e.Replace("D Done(C c) => new(c.Number);\n}", "D Done(C c, A a) => new(c.Number);\n}"), OnlyParent),
        ("the signature of a workflow that nobody contains", e => e.Replace("B Work(A a)", "B Work(A a, CancellationToken ct)"), OnlyOther),
        ("the name of a parameter", e => e.Replace("B Work(A a) => new(a.Number)", "B Work(A order) => new(order.Number)"), "UUMU | CCMC | UUMU | CCMC | CCUC | CCCC | C"),
        ("a node added", e => e.Replace(WorkOfOther, "[Node] private void Log(B b) { }\n" + WorkOfOther), OnlyOther),
        ("a node renamed", e => e.Replace("B Work(A a)", "B Works(A a)"), OnlyOther),
        ("an attribute's argument", e => e.Replace("[Node] private B Work", "[Node(Id = \"work\")] private B Work"), OnlyOther),
        ("documentation of a node", e => e.Replace(WorkOfOther, "/// <summary>Works.</summary>\n" + WorkOfOther), OnlyOther),
        ("documentation of the entry", e => e.Replace("public partial B Run", "/// <summary>Runs.</summary>\npublic partial B Run"), OnlyOther),
        ("the version of a workflow", e => e.Replace("[Workflow]\npublic sealed partial class Other", "[Workflow(Version = 2)]\npublic sealed partial class Other"), OnlyOther),
        ("a child's node body", e => e.Replace("new(new C(b.Number))", "new(new C(b.Number + 1))"), Nothing),
        ("a child's node signature", e => e.Replace("End(B b, CancellationToken ct)", "End(B b, A a, CancellationToken ct)"), ChildAndParent),
        ("a child's policy that nothing of it depends on", e => e.Replace("[Workflow]\npublic sealed partial class Child", "[Workflow(Cleanup = CleanupMode.Deferred)]\npublic sealed partial class Child"), "MUUU | MCCC | MUUM | MCCM | UCCU | CCCC | C"),
        ("a child's entry", e => e.Replace("public partial ValueTask<C> RunAsync(A a, CancellationToken ct = default);\n    [Node] private B Begin", "public partial ValueTask<C> RunAsync(A a, int more = 1, CancellationToken ct = default);\n    [Node] private B Begin"), "MUUM | MCCM | MUUM | MCCM | MCCM | MCCM | C"),
        ("an error in a child", e => e.Replace("End(B b, CancellationToken ct)", "End(D d, CancellationToken ct)"), "MUUU | MCCC | MUUM | MCCM | MCCM | MCCM | M"),
        ("a condition", e => e.Replace("When(nameof(Measure), Size.Large)", "Otherwise(nameof(Measure))"), OnlyKeeper),

        // Types in other files.
        ("an enum's value that no condition asks for", e => e.Replace("Small, Large }", "Small, Large, Huge }"), "UMUU | CMCC | UMUU | CMCC | CMCC | CMCC | M"),
        ("an enum's numbers", e => e.Replace("Small, Large }", "Small = 3, Large = 4 }"), "UMUU | CUCC | CCCC | CCCC | CCCC | CCCC | C"),
        ("cleanup of a state class", e => e.Replace("class Scratch {", "class Scratch : ICleanup { public void Cleanup() => Sum = 0;"), OnlyKeeper),
        ("a state class's scope", e => e.Replace("[State]", "[State(Scope = StateScope.Run)]"), OnlyKeeper),
        ("a node class's constructor", e => e.Replace("class Tool(IClock clock)", "class Tool(IClock clock, IClock other)"), OnlyKeeper),
        ("a node class's signature", e => e.Replace("ExecuteAsync(A a)", "ExecuteAsync(A a, CancellationToken ct)"), OnlyKeeper),
        ("a data type that becomes a struct", e => e.Replace("record D(int Number)", "record struct D(int Number)"), "UMUM | CMCM | UMUM | CMCM | CMCU | CMCC | C"),
        ("a base of a data type that flows beside it", e => e.Replace("record B(int Number)", "record B(int Number) : A(Number)"), "MUMU | UCUC | CCCC | CCCC | CCCC | CCCC | C"),
        ("a type renamed everywhere", e => e.ReplaceAll("D Done", "E Done").ReplaceAll("<D>", "<E>").ReplaceAll("record D", "record E"), "UMUM | CMCM | UMUM | CMCM | CMCM | CMCM | C"),
        ("a type renamed in its own file only", e => e.Replace("record A(", "record Z("), "MMMM | MMMM | MMMM | MMMM | MMMM | MMMM | M"),

        // Workflows that come and go.
        ("a workflow added", e => e.InsertFile(7, Shop.Other.Replace("Other", "Fresh", StringComparison.Ordinal)), "UNUUU | CNCCC | UNUUU | CNCCC | CNCCC | CNCCC | M"),
        ("the last workflow removed", e => e.Replace(Shop.Keeper, "namespace Shop;"), "URUU | CRCC | URUU | CRCC | CRCC | CRCC | M"),
        // Roslyn pairs what it finds in two compilations by position, so what stands behind one that goes is done again, once.
        ("a workflow removed before another", e => e.Replace(Shop.Other, "namespace Shop;"), "UMRU | CMRC | UMRU | CMRC | CMRC | CMRC | M"),
        ("a workflow with the id of another", e => e.Replace("[Workflow]\npublic sealed partial class Other", "[Workflow(Id = \"Shop.Child\")]\npublic sealed partial class Other"), "UUMU | CCMC | UUMU | CCMC | CCMC | CCMC | M"),

        // The project.
        ("a reference", e => e.Project(c => c.AddReferences(MetadataReference.CreateFromFile(typeof(CSharpCompilation).Assembly.Location))), Nothing),
        ("nullable off", e => e.Project(c => c.WithOptions(c.Options.WithNullableContextOptions(NullableContextOptions.Disable))), Nothing),
        ("optimization", e => e.Project(c => c.WithOptions(c.Options.WithOptimizationLevel(OptimizationLevel.Release))), Nothing),
        ("the assembly's name", e => e.Project(c => c.WithAssemblyName("Another")), "UUUU | CCCC | CCCC | CCCC | CCCC | CCCC | M"),
        ("the root namespace", e => e.Property("RootNamespace", "Another"), "UUUU | CCCC | CCCC | CCCC | CCCC | CCCC | M"),
        ("analyzers off", e => e.Property("RunAnalyzers", "false"), Nothing),
        ("the language version", e => e.Language(LanguageVersion.CSharp13), Nothing),
    ];
}
