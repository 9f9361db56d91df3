using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Diagnostics;

/// <summary>Waits and streams.</summary>
internal static class OutsideRules
{
    private const string Category = "FlowGen.Outside";

    public static readonly DiagnosticDescriptor WaitResult = new(
        Rule.WaitResult,
        "[Wait] does not return an awaitable value",
        "[Wait] '{0}' must return Task<T> or ValueTask<T>",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.WaitResult + ".md");

    public static readonly DiagnosticDescriptor WaitForever = new(
        Rule.WaitForever,
        "[Wait] without [Timeout]",
        "[Wait] '{0}' has no [Timeout] and may wait forever",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.WaitForever + ".md");

    public static readonly DiagnosticDescriptor StreamTypes = new(
        Rule.StreamTypes,
        "Stream has two types",
        "Stream '{0}' is '{1}' in '{2}' and '{3}' in '{4}'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.StreamTypes + ".md");

    public static readonly DiagnosticDescriptor WaitBehindRun = new(
        Rule.WaitBehindRun,
        "Waits cannot be signalled through RunAsync",
        "'{0}' has waits: a caller of RunAsync cannot signal them; use Start",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.WaitBehindRun + ".md");

    public static readonly DiagnosticDescriptor WaitKey = new(
        Rule.WaitKey,
        "[Wait] needs a key",
        "[Wait] '{0}' needs a Key: {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.WaitKey + ".md");

    public static readonly ImmutableArray<DiagnosticDescriptor> All =
    [
        WaitResult,
        WaitForever,
        StreamTypes,
        WaitBehindRun,
        WaitKey,
    ];
}
