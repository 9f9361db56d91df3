using System.Globalization;
using System.Reflection;
using FlowGen.Analyzers;
using FlowGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace FlowGen.Diagnostics.Tests;

/// <summary>Every rule has one id, one owner, one page and cases that hold it.</summary>
public class RuleTests
{
    /// <summary>Reported outside of the analyzer, or about what a case in one assembly, or of readable size, cannot show.</summary>
    private static readonly HashSet<string> s_withoutCase = [Rule.NotCompiled, Rule.CompilerTooOld, Rule.ChildExternal, Rule.ChildIncompatible, Rule.TooManySteps];

    private static readonly string[] s_ids = [.. typeof(Rule)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(f => f is { IsLiteral: true, Name: not nameof(Rule.Pages) })
        .Select(f => (string)f.GetRawConstantValue()!)
        .Order(StringComparer.Ordinal)];

    public static TheoryData<string> Ids => [.. s_ids];

    [Fact]
    public void Every_id_has_one_descriptor()
        => Assert.Equal(s_ids, Descriptors.All.Select(d => d.Id).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_descriptor_is_listed()
        => Assert.Equal(
            Descriptors.All.Length,
            typeof(Descriptors).Assembly.GetTypes()
                .Where(t => t.Namespace == typeof(Descriptors).Namespace)
                .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public))
                .Count(f => f.FieldType == typeof(DiagnosticDescriptor)));

    [Fact]
    public void The_binder_knows_which_rules_are_errors()
        => Assert.All(Descriptors.All, d => Assert.Equal(d.DefaultSeverity == DiagnosticSeverity.Error, Rule.IsError(d.Id)));

    [Fact]
    public void The_analyzer_reports_all_but_the_compilers_own()
        => Assert.Equal(
            s_ids.Except([Rule.NotCompiled, Rule.CompilerTooOld]),
            new WorkflowAnalyzer().SupportedDiagnostics.Select(d => d.Id).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_rule_has_a_case()
    {
        HashSet<string> held = [.. Case.All().SelectMany(c => c.Marks).Select(m => m.Id)];
        Assert.Equal(s_withoutCase.Order(StringComparer.Ordinal), s_ids.Where(id => !held.Contains(id)));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_rule_points_to_its_page(string id)
    {
        DiagnosticDescriptor rule = Descriptors.Get(id);
        Assert.EndsWith($"docs/diagnostics/{id}.md", rule.HelpLinkUri, StringComparison.Ordinal);
        string page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Pages", id + ".md"));
        Assert.StartsWith($"# {id}: {rule.Title.ToString(CultureInfo.InvariantCulture)}\n", page, StringComparison.Ordinal);
        Assert.Contains($"| {rule.DefaultSeverity} | {rule.Category} |", page, StringComparison.Ordinal);
        Assert.Contains("\n## Why\n", page, StringComparison.Ordinal);
        Assert.Contains("\n## Instead\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_page_has_a_rule()
        => Assert.Equal(
            s_ids,
            Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Pages"), "FG*.md")
                .Select(f => Path.GetFileNameWithoutExtension(f)!)
                .Order(StringComparer.Ordinal));
}
