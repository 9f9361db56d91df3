using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Diagnostics;

/// <summary>[Each] and limits.</summary>
internal static class LoopRules
{
    private const string Category = "FlowGen.Loops";

    public static readonly DiagnosticDescriptor EachSource = new(
        Rule.EachSource,
        "[Each] needs a collection",
        "'{0}' is '{1}', not a collection of '{2}'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.EachSource + ".md");

    public static readonly DiagnosticDescriptor EachTwice = new(
        Rule.EachTwice,
        "More than one [Each]",
        "'{0}' has more than one [Each]; iterate a sub-workflow, or zip the sources first",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.EachTwice + ".md");

    public static readonly DiagnosticDescriptor EachMaxFrom = new(
        Rule.EachMaxFrom,
        "MaxParallelismFrom names no parameter",
        "'{0}' does not name an int parameter of '{1}'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.EachMaxFrom + ".md");

    public static readonly DiagnosticDescriptor Negative = new(
        Rule.Negative,
        "Limit is negative",
        "{0} must not be negative",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.Negative + ".md");

    public static readonly DiagnosticDescriptor EachMaxTwice = new(
        Rule.EachMaxTwice,
        "Two limits",
        "Set either MaxParallelism or MaxParallelismFrom",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.EachMaxTwice + ".md");

    public static readonly ImmutableArray<DiagnosticDescriptor> All =
    [
        EachSource,
        EachTwice,
        EachMaxFrom,
        Negative,
        EachMaxTwice,
    ];
}
