using System.Globalization;
using FlowGen.Generator.Linking;
using FlowGen.Generator.Model;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Diagnostics;

/// <summary>Turns issues into diagnostics.</summary>
internal static class Reports
{
    public static Diagnostic Create(Issue issue, Location location, IEnumerable<Location> additional)
    {
        DiagnosticDescriptor rule = Descriptors.Get(issue.Id);
        DiagnosticSeverity severity = issue.IsInformation ? DiagnosticSeverity.Info : rule.DefaultSeverity;
        object[] arguments = [.. issue.Arguments];
        return Diagnostic.Create(rule, location, severity, additional, properties: null, arguments);
    }

    /// <summary>The message alone, for people and for FG0001.</summary>
    public static string Message(Issue issue)
        => string.Format(
            CultureInfo.InvariantCulture,
            Descriptors.Get(issue.Id).MessageFormat.ToString(CultureInfo.InvariantCulture),
            [.. issue.Arguments]);

    /// <summary>What comes with an error of the C# compiler that keeps a build from hearing analyzers.</summary>
    public static IEnumerable<Issue> BeforeAnalyzers(LinkedResult workflow)
        => workflow.Issues.Where(i => i.Id is Rule.NeedsAccess or Rule.ParameterTwice
            || (workflow.BreaksDeclaration && i.Id is Rule.NotPartial or Rule.NotAWorkflowClass or Rule.NoEntry));

    /// <summary>What FG0001 says about <paramref name="workflow"/>: how many errors, and the first in full; null when it has none of its own.</summary>
    public static string? WhyNotCompiled(LinkedResult workflow)
    {
        List<Issue> errors = [.. workflow.Issues.Where(i => Rule.IsError(i.Id))];
        if (errors.Count == 0)
        {
            return null;
        }

        string count = errors.Count == 1 ? "1 error" : $"{errors.Count} errors, the first";
        return $"{count} {errors[0].Id}: {Message(errors[0])}";
    }
}
