using System.Text;
using FlowGen.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace FlowGen.Generator.Tests.Shapes;

/// <summary>What the file of a workflow looks like must not show in what is generated.</summary>
public class SourceFileTests
{
    private const string Workflow = """
        namespace Files;
        public record A(int Number);
        public record B(int Number);
        /// <summary>Works.</summary>
        [Workflow]
        public sealed partial class Flow
        {
            /// <summary>Runs
            /// in two lines.</summary>
            public partial ValueTask<B> RunAsync(A a, CancellationToken ct = default);
            /// <summary>Works
            /// in two lines.</summary>
            [Node] private ValueTask<B> Work(A a, CancellationToken ct) => new(new B(a.Number));
        }
        """;

    [Fact]
    public void Line_ends_and_byte_order_marks_change_nothing()
    {
        string plain = Generate(SourceText.From(Workflow, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)));
        byte[] marked = [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(Workflow)];
        using MemoryStream stream = new(marked);
        Assert.Equal(plain, Generate(SourceText.From(stream)));
        Assert.Equal(plain, Generate(SourceText.From(Workflow.Replace("\n", "\r\n", StringComparison.Ordinal), Encoding.Unicode)));
    }

    [Fact]
    public void Generated_files_end_lines_one_way_and_leave_no_blanks_at_their_ends()
    {
        foreach (Shape shape in ShapeCatalog.All.Where(shape => shape.Name.StartsWith("graph", StringComparison.Ordinal)))
        {
            foreach ((string name, string text) in FlowCompiler.Compile(shape.Source).Files)
            {
                Assert.DoesNotContain('\r', text);
                Assert.DoesNotContain('\t', text);
                Assert.EndsWith("}\n", text, StringComparison.Ordinal);
                Assert.DoesNotContain("\n\n\n", text, StringComparison.Ordinal);
                Assert.All(text.Split('\n'), line => Assert.True(line.TrimEnd() == line, $"{name}: '{line}'"));
            }
        }
    }

    [Fact]
    public void The_order_of_files_changes_nothing()
    {
        string[] files = [.. ShapeCatalog.All.Where(shape => shape.Name.StartsWith("graph", StringComparison.Ordinal)).Select(shape => shape.Source)];
        Assert.Equal(
            Sorted(FlowCompiler.Compile(files)),
            Sorted(FlowCompiler.Compile([.. files.Reverse()])));
    }

    [Fact]
    public void A_part_in_another_file_is_read()
    {
        FlowCompiler.Compile(
            """
            namespace Files;
            public record A(int Number);
            public record B(int Number);
            [Workflow]
            public sealed partial class Flow
            {
                public partial ValueTask<B> RunAsync(A a, CancellationToken ct = default);
            }
            """,
            """
            namespace Files;
            public sealed partial class Flow
            {
                [Node] private ValueTask<B> Work(A a, CancellationToken ct) => new(new B(a.Number));
            }
            """).MustCompile();
    }

    private static List<KeyValuePair<string, string>> Sorted(CompiledFlow flow) => [.. flow.Files.OrderBy(file => file.Key, StringComparer.Ordinal)];

    private static string Generate(SourceText source)
    {
        CSharpParseOptions parse = new(LanguageVersion.Preview, DocumentationMode.Diagnose);
        CSharpCompilation compilation = FlowCompiler.CreateCompilation(parse, FlowCompiler.Usings)
            .AddSyntaxTrees(CSharpSyntaxTree.ParseText(source, parse, "Flow.cs"));
        GeneratorDriver driver = CSharpGeneratorDriver.Create(FlowCompiler.CreateGenerators(), parseOptions: parse)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out _);
        Assert.Empty(output.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        return driver.GetRunResult().Results.Single().GeneratedSources.Single(s => s.HintName.StartsWith("Files", StringComparison.Ordinal)).SourceText.ToString();
    }
}
