using System.Globalization;
using FlowGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FlowGen.Diagnostics.Tests;

/// <summary>Every case raises exactly its diagnostics, before and after the generator has added its code.</summary>
public class CaseTests
{
    private static readonly Dictionary<string, Case> s_cases = Case.All().ToDictionary(c => c.ToString(), StringComparer.Ordinal);

    public static TheoryData<string> Names => [.. s_cases.Keys];

    /// <summary>Those that raise at most warnings.</summary>
    public static TheoryData<string> Sound => [.. s_cases.Where(c => c.Value.Marks.All(m => !Rule.IsError(m.Id))).Select(c => c.Key)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Raises_exactly_what_is_marked(string name)
        => Check(s_cases[name], await Live.ReportedAsync(Compile(s_cases[name])));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Raises_the_same_after_generation(string name)
    {
        Live.Generate(Compile(s_cases[name]), out Compilation output);
        Check(s_cases[name], await Live.ReportedAsync(output));
    }

    [Theory]
    [MemberData(nameof(Sound))]
    public void A_case_without_errors_compiles(string name)
    {
        GeneratorDriverRunResult run = Live.Generate(Compile(s_cases[name]), out Compilation output);
        Assert.All(run.Results, r => Assert.Null(r.Exception));
        IEnumerable<Diagnostic> errors = output.GetDiagnostics()
            .Where(d => d.Severity == DiagnosticSeverity.Error && (d.DefaultSeverity == DiagnosticSeverity.Error || d.Location.SourceTree?.FilePath != Live.SourcePath));
        Assert.False(errors.Any(), string.Join("\n", errors.Select(e => e + "\n    " + e.Location.SourceTree?.GetText().Lines[e.Location.GetLineSpan().StartLinePosition.Line])));
    }

    /// <summary>What the C# compiler has to say about a mistake it says about what the author wrote.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void No_error_stands_in_generated_code(string name)
    {
        Compilation before = Compile(s_cases[name]);
        GeneratorDriverRunResult run = Live.Generate(before.WithOptions(((CSharpCompilationOptions)before.Options).WithAllowUnsafe(enabled: true)), out Compilation output);
        Assert.All(run.Results, r => Assert.Null(r.Exception));
        IEnumerable<Diagnostic> errors = output.GetDiagnostics()
            .Where(d => d.Severity == DiagnosticSeverity.Error && d.Id != "CS1591" && d.Location.SourceTree is { } tree && run.GeneratedTrees.Contains(tree));
        Assert.False(errors.Any(), string.Join("\n", errors.Select(e => e + "\n    " + e.Location.SourceTree?.GetText().Lines[e.Location.GetLineSpan().StartLinePosition.Line])));
    }

    [Fact]
    public void Every_case_is_read()
        => Assert.True(s_cases.Count > 100, string.Create(CultureInfo.InvariantCulture, $"only {s_cases.Count} cases"));

    private static Compilation Compile(Case @case) => Live.Compile(Bound.Prelude, @case.Source, @case.Marks.Select(m => m.Id));

    private static void Check(Case @case, IReadOnlyList<Diagnostic> reported)
    {
        Assert.DoesNotContain(reported, d => d.Id == "AD0001");
        IEnumerable<string> actual = reported.Select(d =>
        {
            string text = d.Location.SourceTree?.ToString().Substring(d.Location.SourceSpan.Start, d.Location.SourceSpan.Length) ?? "";
            return new Mark(d.Id, d.Location.SourceSpan.Start, text).ToString();
        });
        string messages = string.Join("\n", reported.Select(d => $"{d.Id}: {d.GetMessage(CultureInfo.InvariantCulture)}"));
        IEnumerable<string> expected = @case.Marks.OrderBy(m => m.Start).ThenBy(m => m.Id, StringComparer.Ordinal).Select(m => m.ToString());
        Assert.True(expected.SequenceEqual(actual, StringComparer.Ordinal), $"""
            {@case}
            expected: {string.Join(", ", expected)}
            actual:   {string.Join(", ", actual)}
            {messages}
            """);
    }
}
