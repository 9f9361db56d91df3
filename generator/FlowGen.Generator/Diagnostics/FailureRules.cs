using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Diagnostics;

/// <summary>[Catch] and [Compensate].</summary>
internal static class FailureRules
{
    private const string Category = "FlowGen.Failures";

    public static readonly DiagnosticDescriptor WorkflowHandlerResult = new(
        Rule.WorkflowHandlerResult,
        "Workflow handler returns something else",
        "Workflow handler '{0}' must return {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.WorkflowHandlerResult + ".md");

    public static readonly DiagnosticDescriptor CatchesTwice = new(
        Rule.CatchesTwice,
        "[Catch] takes two exceptions",
        "[Catch] '{0}' takes more than one exception parameter",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.CatchesTwice + ".md");

    public static readonly DiagnosticDescriptor HandlerResult = new(
        Rule.HandlerResult,
        "[Catch] returns another type",
        "[Catch] '{0}' returns '{1}', but '{2}' returns '{3}'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.HandlerResult + ".md");

    public static readonly DiagnosticDescriptor Unreachable = new(
        Rule.Unreachable,
        "[Catch] is unreachable",
        "'{0}' is unreachable: '{1}' already catches {2} of {3}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.Unreachable + ".md");

    public static readonly DiagnosticDescriptor CompensationNeeds = new(
        Rule.CompensationNeeds,
        "Compensation needs what may not exist",
        "Compensation '{0}' needs '{1}', which may not exist when '{2}' has completed",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.CompensationNeeds + ".md");

    public static readonly DiagnosticDescriptor CompensatedTwice = new(
        Rule.CompensatedTwice,
        "Node is compensated twice",
        "'{0}' is already compensated by '{1}'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.CompensatedTwice + ".md");

    public static readonly DiagnosticDescriptor BestEffortInVain = new(
        Rule.BestEffortInVain,
        "[BestEffort] has no effect",
        "'{0}' already catches every exception of '{1}'; [BestEffort] has no effect",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.BestEffortInVain + ".md");

    public static readonly DiagnosticDescriptor CompensationResult = new(
        Rule.CompensationResult,
        "Result of a compensation is ignored",
        "The result of compensation '{0}' is ignored",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.CompensationResult + ".md");

    public static readonly DiagnosticDescriptor CompensationReason = new(
        Rule.CompensationReason,
        "Reason of a compensation is too narrow",
        "Compensation '{1}' may run because of any failure, so '{0}' must be 'Exception' rather than '{2}'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.CompensationReason + ".md");

    public static readonly ImmutableArray<DiagnosticDescriptor> All =
    [
        WorkflowHandlerResult,
        CatchesTwice,
        HandlerResult,
        Unreachable,
        CompensationNeeds,
        CompensatedTwice,
        BestEffortInVain,
        CompensationResult,
        CompensationReason,
    ];
}
