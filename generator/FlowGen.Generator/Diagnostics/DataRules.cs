using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Diagnostics;

/// <summary>Where values come from.</summary>
internal static class DataRules
{
    private const string Category = "FlowGen.Data";

    public static readonly DiagnosticDescriptor NoValue = new(
        Rule.NoValue,
        "Nothing produces the value",
        "No input or node of '{0}' produces a '{1}' for parameter '{2}' of '{3}'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.NoValue + ".md");

    public static readonly DiagnosticDescriptor AmbiguousValue = new(
        Rule.AmbiguousValue,
        "Value could come from several nodes",
        "Parameter '{0}' of '{1}' could come from {2}; name one with [From(nameof(...))]",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.AmbiguousValue + ".md");

    public static readonly DiagnosticDescriptor NeedsName = new(
        Rule.NeedsName,
        "Framework type needs a name",
        "'{0}' says nothing about meaning, so parameter '{1}' of '{2}' must carry the name of its source or use [From(nameof(...))]; candidates: {3}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.NeedsName + ".md");

    public static readonly DiagnosticDescriptor FromNotANode = new(
        Rule.FromNotANode,
        "[From] names no node",
        "'{0}' is not a node of workflow '{1}'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.FromNotANode + ".md");

    public static readonly DiagnosticDescriptor FromType = new(
        Rule.FromType,
        "[From] names a node of another type",
        "'{0}' produces '{1}', which does not convert to '{2}'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.FromType + ".md");

    public static readonly DiagnosticDescriptor FromMember = new(
        Rule.FromMember,
        "Member does not exist",
        "'{0}' has no accessible member '{1}' of type '{2}'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.FromMember + ".md");

    public static readonly DiagnosticDescriptor NotExclusive = new(
        Rule.NotExclusive,
        "Sources of a merge can both run",
        "'{0}' and '{1}' can both run; use [FromFirst], or make their conditions exclusive",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.NotExclusive + ".md");

    public static readonly DiagnosticDescriptor ResultMissing = new(
        Rule.ResultMissing,
        "Result can be missing",
        "'{0}' must return '{1}', but {2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.ResultMissing + ".md");

    public static readonly DiagnosticDescriptor NeedlesslyNullable = new(
        Rule.NeedlesslyNullable,
        "Parameter is needlessly nullable",
        "Parameter '{0}' of '{1}' is nullable, but {2}",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.NeedlesslyNullable + ".md");

    public static readonly DiagnosticDescriptor InputUnused = new(
        Rule.InputUnused,
        "Input is not used",
        "Input '{0}' of workflow '{1}' is not used by any node",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.InputUnused + ".md");

    public static readonly DiagnosticDescriptor NoResult = new(
        Rule.NoResult,
        "Nothing produces the result",
        "No node of '{0}' produces the result '{1}'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.NoResult + ".md");

    public static readonly DiagnosticDescriptor AmbiguousResult = new(
        Rule.AmbiguousResult,
        "Result could come from several nodes",
        "The result '{0}' of '{1}' could be {2}; choose with [return: From(nameof(...))]",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.AmbiguousResult + ".md");

    public static readonly DiagnosticDescriptor NoInput = new(
        Rule.NoInput,
        "[Input] finds no input",
        "Workflow '{0}' has no input '{1}' of type '{2}'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.NoInput + ".md");

    public static readonly DiagnosticDescriptor SameValueTwice = new(
        Rule.SameValueTwice,
        "Two parameters receive the same value",
        "Parameters '{0}' and '{1}' of '{2}' would both receive {3}; if that is meant, say so with [From(nameof(...))]",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.SameValueTwice + ".md");

    public static readonly DiagnosticDescriptor NullForRequired = new(
        Rule.NullForRequired,
        "Value may be null where one is required",
        "'{0}' may return null, but parameter '{1}' of '{2}' requires a value",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.NullForRequired + ".md");

    public static readonly DiagnosticDescriptor RaceTooSmall = new(
        Rule.RaceTooSmall,
        "Race of fewer than two nodes",
        "[FromFirst] needs at least two nodes",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.RaceTooSmall + ".md");

    public static readonly DiagnosticDescriptor MayBeEarly = new(
        Rule.MayBeEarly,
        "Value may not be there yet",
        "'{0}' may start before '{1}' has completed; make parameter '{2}' nullable or Outcome<T>",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.MayBeEarly + ".md");

    public static readonly ImmutableArray<DiagnosticDescriptor> All =
    [
        NoValue,
        AmbiguousValue,
        NeedsName,
        FromNotANode,
        FromType,
        FromMember,
        NotExclusive,
        ResultMissing,
        NeedlesslyNullable,
        InputUnused,
        NoResult,
        AmbiguousResult,
        NoInput,
        SameValueTwice,
        NullForRequired,
        RaceTooSmall,
        MayBeEarly,
    ];
}
