using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Diagnostics;

/// <summary>Order and conditions.</summary>
internal static class ControlRules
{
    private const string Category = "FlowGen.Control";

    public static readonly DiagnosticDescriptor OrderNotANode = new(
        Rule.OrderNotANode,
        "Attribute names no node",
        "'{0}' is not a node of workflow '{1}'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.OrderNotANode + ".md");

    public static readonly DiagnosticDescriptor NamesItself = new(
        Rule.NamesItself,
        "Node names itself",
        "'{0}' names itself",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.NamesItself + ".md");

    public static readonly DiagnosticDescriptor RedundantOrder = new(
        Rule.RedundantOrder,
        "Order follows from data already",
        "'{0}' already follows '{1}' through parameter '{2}'",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.RedundantOrder + ".md");

    public static readonly DiagnosticDescriptor UseNameof = new(
        Rule.UseNameof,
        "Name is a string",
        "Use nameof({0}) so that a rename finds it",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.UseNameof + ".md");

    public static readonly DiagnosticDescriptor ConditionSource = new(
        Rule.ConditionSource,
        "Nothing to decide by",
        "'{0}' is neither a node nor a method, property or field of workflow '{1}' that can decide [{2}]",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.ConditionSource + ".md");

    public static readonly DiagnosticDescriptor ConditionNeedsValues = new(
        Rule.ConditionNeedsValues,
        "Condition needs values",
        "'{0}' is of type '{1}'; give the values to compare with, or use a bool",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.ConditionNeedsValues + ".md");

    public static readonly DiagnosticDescriptor ConditionValueType = new(
        Rule.ConditionValueType,
        "Value is of another type than its source",
        "'{0}' is '{1}', but '{2}' decides by '{3}'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.ConditionValueType + ".md");

    public static readonly DiagnosticDescriptor ConditionValueTwice = new(
        Rule.ConditionValueTwice,
        "Value is listed twice",
        "Value '{0}' is listed twice",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.ConditionValueTwice + ".md");

    public static readonly DiagnosticDescriptor ValueUnhandled = new(
        Rule.ValueUnhandled,
        "Value is handled by no node",
        "No node handles {0} = {1}",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.ValueUnhandled + ".md");

    public static readonly DiagnosticDescriptor OtherwiseAlone = new(
        Rule.OtherwiseAlone,
        "[Otherwise] without [When]",
        "No node has [When({0}, ...)]",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.OtherwiseAlone + ".md");

    public static readonly DiagnosticDescriptor NeverRuns = new(
        Rule.NeverRuns,
        "Node can never run",
        "'{0}' can never run: its conditions contradict each other",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.NeverRuns + ".md");

    public static readonly DiagnosticDescriptor ConditionShape = new(
        Rule.ConditionShape,
        "Condition is not a plain function of values",
        "Condition '{0}' must be synchronous and take only values of the workflow",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.ConditionShape + ".md");

    public static readonly DiagnosticDescriptor JoinRule = new(
        Rule.JoinRule,
        "Join rule has another signature",
        "'{0}' must be 'static Readiness {0}(ReadOnlySpan<NodeState> states)'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.JoinRule + ".md");

    public static readonly DiagnosticDescriptor CancelsNothing = new(
        Rule.CancelsNothing,
        "[Cancels] has no effect",
        "'{1}' has always settled before '{0}' starts, so that [Cancels] withdraws nothing",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.CancelsNothing + ".md");

    public static readonly DiagnosticDescriptor EndResult = new(
        Rule.EndResult,
        "[End] node does not return the result",
        "[End] '{0}' returns '{1}', but the result of '{2}' is '{3}'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.EndResult + ".md");

    public static readonly ImmutableArray<DiagnosticDescriptor> All =
    [
        OrderNotANode,
        NamesItself,
        RedundantOrder,
        UseNameof,
        ConditionSource,
        ConditionNeedsValues,
        ConditionValueType,
        ConditionValueTwice,
        ValueUnhandled,
        OtherwiseAlone,
        NeverRuns,
        ConditionShape,
        JoinRule,
        CancelsNothing,
        EndResult,
    ];
}
