using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Diagnostics;

/// <summary>[Repeat], [Retry], [Timeout] and what they ask.</summary>
internal static class PolicyRules
{
    private const string Category = "FlowGen.Loops";

    public static readonly DiagnosticDescriptor RepeatCondition = new(
        Rule.RepeatCondition,
        "[Repeat] needs one condition",
        "[Repeat] on '{0}' needs exactly one of While and Until",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.RepeatCondition + ".md");

    public static readonly DiagnosticDescriptor RepeatCarry = new(
        Rule.RepeatCarry,
        "[Repeat] needs one carried parameter",
        "[Repeat] on '{0}' needs {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.RepeatCarry + ".md");

    public static readonly DiagnosticDescriptor CarryAlone = new(
        Rule.CarryAlone,
        "[Carry] without [Repeat]",
        "'{0}' has [Carry] but no [Repeat]",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.CarryAlone + ".md");

    public static readonly DiagnosticDescriptor RepeatEach = new(
        Rule.RepeatEach,
        "[Repeat] and [Each] on one node",
        "'{0}' has both [Repeat] and [Each]; put one of them in a sub-workflow",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.RepeatEach + ".md");

    public static readonly DiagnosticDescriptor TimeoutUnit = new(
        Rule.TimeoutUnit,
        "[Timeout] has no limit",
        "[Timeout] on '{0}' must set exactly one positive unit or From{1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.TimeoutUnit + ".md");

    public static readonly DiagnosticDescriptor RetryNever = new(
        Rule.RetryNever,
        "[Retry] never tries again",
        "[Retry] on '{0}' must allow at least 1 retry",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.RetryNever + ".md");

    public static readonly DiagnosticDescriptor RetryOfWait = new(
        Rule.RetryOfWait,
        "[Retry] has no effect",
        "[Retry] has no effect on [Wait] '{0}'",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.RetryOfWait + ".md");

    public static readonly DiagnosticDescriptor TimeoutWithoutToken = new(
        Rule.TimeoutWithoutToken,
        "Timeout cannot interrupt the node",
        "'{0}' takes no CancellationToken: a timeout cannot interrupt it and is reported only when it returns",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.TimeoutWithoutToken + ".md");

    public static readonly DiagnosticDescriptor PolicyTwice = new(
        Rule.PolicyTwice,
        "Policy appears twice",
        "[{0}] appears twice on '{1}'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.PolicyTwice + ".md");

    public static readonly DiagnosticDescriptor CheckMember = new(
        Rule.CheckMember,
        "Member cannot be asked",
        "[{1}] cannot ask '{0}': it has to be a synchronous {2} member of workflow '{3}' that takes only {4}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.CheckMember + ".md");

    public static readonly DiagnosticDescriptor EachRule = new(
        Rule.EachRule,
        "Rule of [Each] has another signature",
        "'{0}' must be 'static bool {0}(EachProgress progress)'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.EachRule + ".md");

    public static readonly DiagnosticDescriptor MoreElements = new(
        Rule.MoreElements,
        "More<T> has no loop to add to",
        "'{0}' adds nothing: '{1}' {2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.MoreElements + ".md");

    public static readonly DiagnosticDescriptor AtLeastOne = new(
        Rule.AtLeastOne,
        "Limit is less than one",
        "{0} on '{1}' must be at least 1",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.AtLeastOne + ".md");

    public static readonly DiagnosticDescriptor UnknownOption = new(
        Rule.UnknownOption,
        "Option is no value of its enum",
        "{0} = {1} is no value of '{2}'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.UnknownOption + ".md");

    public static readonly ImmutableArray<DiagnosticDescriptor> All =
    [
        RepeatCondition,
        RepeatCarry,
        CarryAlone,
        RepeatEach,
        TimeoutUnit,
        RetryNever,
        RetryOfWait,
        TimeoutWithoutToken,
        PolicyTwice,
        CheckMember,
        EachRule,
        MoreElements,
        AtLeastOne,
        UnknownOption,
    ];
}
