using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FlowGen.Benchmarks.Compiler;

/// <summary>A project of many workflows, each with its types in a file of its own, and edits of it.</summary>
internal sealed class WorkflowSources
{
    private static readonly CSharpParseOptions Options = new(LanguageVersion.CSharp13);

    private readonly SyntaxTree[] _workflows;
    private readonly SyntaxTree _unrelated;

    public WorkflowSources(int workflows)
    {
        _workflows = [.. Enumerable.Range(0, workflows).Select(number => Parse(Workflow(number), $"Workflow{number}.cs"))];
        _unrelated = Parse(Unrelated("1"), "Unrelated.cs");
        Original = Create();
        UnrelatedEdit = Parse(Unrelated("2"), "Unrelated.cs");
        BodyEdit = Parse(Workflow(0).Replace("order.Amount > 0", "order.Amount > 1", StringComparison.Ordinal), "Workflow0.cs");
        SignatureEdit = Parse(Workflow(0).Replace("Ship(Paid paid)", "Ship(Paid paid, CancellationToken ct)", StringComparison.Ordinal), "Workflow0.cs");
    }

    /// <summary>Everything, compiled once before.</summary>
    public CSharpCompilation Original { get; }

    /// <summary>A file without workflows.</summary>
    public SyntaxTree UnrelatedEdit { get; }

    /// <summary>Another constant in the body of one node.</summary>
    public SyntaxTree BodyEdit { get; }

    /// <summary>Another parameter of one node.</summary>
    public SyntaxTree SignatureEdit { get; }

    /// <summary>The same files, but nothing bound yet.</summary>
    public CSharpCompilation Create() => CSharpCompilation.Create(
        "Workflows",
        [.. _workflows, _unrelated],
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>As an editor does on a key stroke: a new compilation with one file replaced.</summary>
    public CSharpCompilation After(SyntaxTree edit)
        => Original.ReplaceSyntaxTree(edit.FilePath == _unrelated.FilePath ? _unrelated : _workflows[0], edit);

    public static CSharpParseOptions ParseOptions => Options;

    private static IEnumerable<MetadataReference> References =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal) || path.EndsWith("FlowGen.dll", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path));

    private static SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(text, Options, path);

    private static string Unrelated(string value) => $$"""
        namespace Shop;

        public static class Unrelated
        {
            public static int Value => {{value}};
        }
        """;

    // A switch, a sub-workflow, two branches at once and their join: eight nodes in all.
    private static string Workflow(int number) => """
        using System.Threading;
        using System.Threading.Tasks;
        using FlowGen;

        namespace Shop.N#;

        public sealed record Order(int Amount);
        public sealed record Checked(int Amount);
        public sealed record Paid(int Amount);
        public sealed record Parcel(int Weight);
        public sealed record Invoice(int Total);
        public sealed record Receipt(int Total);

        [Workflow]
        public sealed partial class Payment
        {
            public partial ValueTask<Paid> RunAsync(Checked order, CancellationToken ct = default);

            [Node]
            bool Large(Checked order) => order.Amount > 100;

            [Node, When(nameof(Large))]
            async ValueTask<Paid> Authorise(Checked order, CancellationToken ct)
            {
                await Task.Yield();
                return new Paid(order.Amount);
            }

            [Node, Unless(nameof(Large))]
            Paid Free(Checked order) => new(0);
        }

        [Workflow]
        public sealed partial class Checkout(Payment payment)
        {
            public partial ValueTask<Receipt> RunAsync(Order order, CancellationToken ct = default);

            [Node]
            Checked Check(Order order) => new(order.Amount > 0 ? order.Amount : 0);

            [SubWorkflow(nameof(payment))]
            private partial ValueTask<Paid> Pay([From(nameof(Check))] Checked order);

            [Node]
            ValueTask<Parcel> Ship(Paid paid) => new(new Parcel(paid.Amount));

            [Node]
            Invoice Bill(Paid paid) => new(paid.Amount);

            [Node]
            Receipt Close(Parcel parcel, Invoice invoice) => new(parcel.Weight + invoice.Total);
        }
        """.Replace("N#", "N" + number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
