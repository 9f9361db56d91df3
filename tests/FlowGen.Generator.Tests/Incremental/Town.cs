using System.Globalization;
using FlowGen.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FlowGen.Generator.Tests.Incremental;

/// <summary>
/// A large project: streets of five workflows, each in a file of its own. Leaf is contained by Middle and by Second, and Middle by First;
/// Alone is contained by nobody.
/// </summary>
internal sealed class Town
{
    public const int PerStreet = 5;

    private static readonly CSharpParseOptions s_parse = new(LanguageVersion.Preview);

    private readonly Dictionary<string, SyntaxTree> _files = new(StringComparer.Ordinal);

    public Town(int streets)
    {
        Add("Types", "namespace Town; public record A(int Number); public record B(int Number); public record C(int Number); public record D(int Number);");
        Add("Elsewhere", "namespace Town; internal static class Elsewhere { public const int X = 1; }");
        for (int street = 0; street < streets; street++)
        {
            string space = "Town.S" + street.ToString(CultureInfo.InvariantCulture);
            Add(space + ".Leaf", Text(space, "Leaf", "B", child: null));
            Add(space + ".Middle", Text(space, "Middle", "C", "Leaf"));
            Add(space + ".First", Text(space, "First", "D", "Middle"));
            Add(space + ".Second", Text(space, "Second", "C", "Leaf"));
            Add(space + ".Alone", Text(space, "Alone", "B", child: null));
        }

        Compilation = FlowCompiler.CreateCompilation(s_parse, FlowCompiler.Usings).AddSyntaxTrees(_files.Values);
    }

    public CSharpCompilation Compilation { get; }

    public static GeneratorDriver CreateDriver(bool trackSteps) => CSharpGeneratorDriver.Create(
        FlowCompiler.CreateGenerators(),
        parseOptions: s_parse,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackSteps));

    /// <summary>As a key stroke does: one file is another, and so is the compilation.</summary>
    public CSharpCompilation With(string file, string old, string with)
    {
        SyntaxTree before = _files[file];
        string text = before.ToString();
        Assert.Contains(old, text, StringComparison.Ordinal);
        return Compilation.ReplaceSyntaxTree(before, CSharpSyntaxTree.ParseText(text.Replace(old, with, StringComparison.Ordinal), s_parse, before.FilePath));
    }

    private void Add(string name, string text) => _files.Add(name, CSharpSyntaxTree.ParseText(text, s_parse, name + ".cs"));

    private static string Text(string space, string name, string result, string? child)
    {
        (string type, string node) = child switch
        {
            null => ("A", ""),
            "Leaf" => ("B", "[SubWorkflow<Leaf>] private partial ValueTask<B> Part(A a);"),
            _ => ("C", "[SubWorkflow<Middle>] private partial ValueTask<C> Part(A a);"),
        };
        return $$"""
            namespace {{space}};
            [Workflow]
            public sealed partial class {{name}}
            {
                public partial ValueTask<{{result}}> RunAsync(A a, CancellationToken ct = default);
                {{node}}
                [Node] private ValueTask<{{result}}> Done({{type}} value, CancellationToken ct) => new(new {{result}}(value.Number + 0));
            }
            """;
    }
}
