using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using FlowGen.Analyzers;
using FlowGen.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FlowGen.Docs.Tests;

/// <summary>What the pages show is true: code compiles, programs print what is said, mistakes raise what is said, links lead somewhere.</summary>
public sealed partial class PageTests
{
    private static readonly CSharpParseOptions s_parse = new(LanguageVersion.Preview, DocumentationMode.Diagnose);
    private static readonly string[] s_kinds =
        ["csharp", "csharp shared", "csharp program", "csharp wrong", "csharp generated", "csharp fragment", "csharp pattern", "text", "console", "json", "mermaid", ""];

    public static TheoryData<string> Paths => [.. Page.Paths()];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Code_compiles(string path)
    {
        Page page = Page.Read(path);
        foreach (Block block in page.Blocks.Where(block => block.Kind is "csharp" or "csharp shared"))
        {
            string[] sources = block.Kind == "csharp" ? [page.Shared, block.Text] : [page.Shared];
            IEnumerable<Diagnostic> reported = await ReportedAsync(sources);
            string report = string.Join("\n", Compile(OutputKind.DynamicallyLinkedLibrary, sources).Errors.Concat(reported));
            Assert.True(report.Length == 0, $"{path}:{block.Line}\n{report}");
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Programs_print_what_the_page_says(string path)
    {
        Page page = Page.Read(path);
        foreach (Block program in page.Blocks.Where(block => block.Kind == "csharp program"))
        {
            IEnumerable<string> section = page.Blocks.Where(block => block.Section == program.Section && block.Kind == "csharp").Select(block => block.Text);
            Built built = Compile(OutputKind.ConsoleApplication, [page.Shared, .. section, program.Text]);
            Assert.True(built.Errors.IsEmpty, $"{path}:{program.Line}\n{string.Join("\n", built.Errors)}");
            Assert.Equal(page.Answer(program), Run(built.Output));
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Mistakes_raise_what_the_page_says(string path)
    {
        Page page = Page.Read(path);
        foreach (Block block in page.Blocks.Where(block => block.Kind == "csharp wrong"))
        {
            IEnumerable<Diagnostic> reported = await ReportedAsync([page.Shared, block.Text]);
            string messages = string.Concat(reported.Select(d =>
                $"{d.Severity.ToString().ToLowerInvariant()} {d.Id}: {d.GetMessage(CultureInfo.InvariantCulture)}\n"));
            Assert.Equal(page.Answer(block), messages);
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Generated_code_is_what_is_generated(string path)
    {
        Page page = Page.Read(path);
        Block? source = null;
        foreach (Block block in page.Blocks)
        {
            if (block.Kind == "csharp")
            {
                source = block;
            }
            else if (block.Kind == "csharp generated")
            {
                Assert.NotNull(source);
                string emitted = string.Join("\n", Compile(OutputKind.DynamicallyLinkedLibrary, [page.Shared, source.Text]).Emitted);
                string? missing = FindMissing(block.Text, emitted);
                Assert.True(missing is null, $"{path}:{block.Line}: not generated: {missing}\n{emitted}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Every_block_says_what_it_promises(string path)
        => Assert.All(Page.Read(path).Blocks, block => Assert.Contains(block.Kind, s_kinds));

    [Theory]
    [MemberData(nameof(Paths))]
    public void Links_lead_somewhere(string path)
    {
        string folder = Path.GetDirectoryName(Path.Combine(Repository.Root, path))!;
        Assert.All(LinkPattern().Matches(Page.Read(path).Text), link =>
        {
            string target = Path.Combine(folder, link.Groups["target"].Value);
            Assert.True(Path.Exists(target), $"{path}: {link.Value}");
        });
    }

    /// <summary>Files named in the pages for contributors: a path from the root or from the compiler's folder, or a unique enough name.</summary>
    [Theory]
    [MemberData(nameof(Paths))]
    public void Files_that_are_named_exist(string path)
    {
        string[] files = path.StartsWith("docs/contributing/", StringComparison.Ordinal) ? [.. Page.Sources()] : [];
        IEnumerable<Match> named = files.Length == 0 ? [] : FilePattern().Matches(Page.Read(path).Text);
        Assert.All(named.Select(match => match.Groups["file"].Value), file =>
            Assert.True(Array.Exists(files, known => known.EndsWith("/" + file, StringComparison.Ordinal)), $"{path}: {file}"));
    }

    /// <summary>The first line of <paramref name="shown"/> that does not follow in the emitted file.</summary>
    private static string? FindMissing(string shown, string emitted)
    {
        string[] lines = [.. NamespacePattern().Replace(emitted, "").Split('\n').Select(line => line.Trim())];
        int next = 0;
        foreach (string line in shown.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line != "// ..."))
        {
            next = Array.IndexOf(lines, line, next) + 1;
            if (next == 0)
            {
                return line;
            }
        }

        return null;
    }

    private static async Task<IEnumerable<Diagnostic>> ReportedAsync(string[] sources)
    {
        ImmutableArray<Diagnostic> all = await FlowCompiler.CreateCompilation(s_parse, [FlowCompiler.Usings, .. sources])
            .WithAnalyzers([new WorkflowAnalyzer()])
            .GetAnalyzerDiagnosticsAsync();
        return all.OrderBy(d => d.Location.SourceSpan.Start).ThenBy(d => d.Id, StringComparer.Ordinal);
    }

    private static Built Compile(OutputKind kind, string[] sources)
    {
        CSharpCompilation input = FlowCompiler.CreateCompilation(s_parse, [FlowCompiler.Usings, .. sources]);
        input = input.WithOptions(input.Options.WithOutputKind(kind));
        GeneratorDriver driver = CSharpGeneratorDriver.Create([.. FlowCompiler.CreateGenerators()], parseOptions: s_parse)
            .RunGeneratorsAndUpdateCompilation(input, out Compilation output, out ImmutableArray<Diagnostic> reported);
        return new Built(
            output,
            [.. reported, .. output.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error)],
            [.. driver.GetRunResult().GeneratedTrees.Select(tree => tree.ToString())]);
    }

    private static string Run(Compilation program)
    {
        using MemoryStream image = new();
        Assert.True(program.Emit(image).Success);
        TextWriter console = Console.Out;
        using StringWriter printed = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
        Console.SetOut(printed);
        try
        {
            object?[] arguments = [Array.Empty<string>()];
            System.Reflection.Assembly.Load(image.ToArray()).EntryPoint!.Invoke(obj: null, arguments);
        }
        finally
        {
            Console.SetOut(console);
        }

        return printed.ToString();
    }

    [GeneratedRegex(@"\]\((?<target>(?!https?:)[^)#\s]+)(#[^)]*)?\)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex LinkPattern();

    [GeneratedRegex(@"`(?<file>[\w./-]+\.(cs|md))`", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex FilePattern();

    [GeneratedRegex(@"global::(System\.(Threading\.(Tasks\.)?|Collections\.Generic\.)?|FlowGen\.(CompilerServices\.)?)?", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex NamespacePattern();

    private sealed record Built(Compilation Output, ImmutableArray<Diagnostic> Errors, IReadOnlyList<string> Emitted);
}
