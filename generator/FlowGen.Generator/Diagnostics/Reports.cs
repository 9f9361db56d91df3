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

    /// <summary>
    /// FG0001, for builds that skip analyzers: that <paramref name="workflow"/> was not compiled, and its first error. It has no location,
    /// because the generator's output must not depend on where code stands.
    /// </summary>
    public static Diagnostic NotCompiled(LinkedResult workflow)
    {
        List<Issue> errors = [.. workflow.Issues.Where(i => Rule.IsError(i.Id))];
        string reason = errors.Count switch
        {
            0 => $"'{workflow.BrokenBy}', which it calls, has errors",
            1 => $"{errors[0].Id}: {Message(errors[0])}",
            _ => $"{errors.Count} errors, the first {errors[0].Id}: {Message(errors[0])}",
        };
        return Diagnostic.Create(CompilerRules.NotCompiled, Location.None, workflow.Display, reason);
    }
}
