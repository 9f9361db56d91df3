using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Diagnostics;

/// <summary>Cycles and sub-workflows.</summary>
internal static class CycleRules
{
    private const string Category = "FlowGen.SubWorkflows";

    public static readonly DiagnosticDescriptor NodeCycle = new(
        Rule.NodeCycle,
        "Nodes form a cycle",
        "Nodes of '{0}' form a cycle: {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.NodeCycle + ".md");

    public static readonly DiagnosticDescriptor WorkflowCycle = new(
        Rule.WorkflowCycle,
        "Workflows form a cycle",
        "Workflows form a cycle: {0} ({1})",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.WorkflowCycle + ".md");

    public static readonly DiagnosticDescriptor ChildNotAWorkflow = new(
        Rule.ChildNotAWorkflow,
        "Sub-workflow is not a workflow",
        "'{0}' is not a [Workflow]",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.ChildNotAWorkflow + ".md");

    public static readonly DiagnosticDescriptor ChildNotHeld = new(
        Rule.ChildNotHeld,
        "Sub-workflow is not held",
        "Workflow '{0}' has no constructor parameter or field of type '{1}'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.ChildNotHeld + ".md");

    public static readonly DiagnosticDescriptor ChildHeldTwice = new(
        Rule.ChildHeldTwice,
        "Sub-workflow is held more than once",
        "'{0}' holds more than one '{1}' ({2}); say which with [SubWorkflow(nameof(...))]",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.ChildHeldTwice + ".md");

    public static readonly DiagnosticDescriptor TargetParameterMissing = new(
        Rule.TargetParameterMissing,
        "Parameter of the target is not supplied",
        "'{0}' must supply '{1} {2}' of '{3}'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.TargetParameterMissing + ".md");

    public static readonly DiagnosticDescriptor TargetHasNoParameter = new(
        Rule.TargetHasNoParameter,
        "Target has no such parameter",
        "'{0}' has no input for parameter '{1}'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.TargetHasNoParameter + ".md");

    public static readonly DiagnosticDescriptor TargetParameterType = new(
        Rule.TargetParameterType,
        "Parameter differs from the target",
        "Parameter '{0}' is '{1}', but input '{2}' of '{3}' is '{4}'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.TargetParameterType + ".md");

    public static readonly DiagnosticDescriptor TargetResult = new(
        Rule.TargetResult,
        "Result differs from the target",
        "'{0}' returns '{1}', but '{2}' returns '{3}'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.TargetResult + ".md");

    public static readonly DiagnosticDescriptor ChildDisabled = new(
        Rule.ChildDisabled,
        "Sub-workflow is disabled",
        "'{0}' is declared with Enabled = false; running '{1}' will fail",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.ChildDisabled + ".md");

    public static readonly DiagnosticDescriptor ChildExternal = new(
        Rule.ChildExternal,
        "Sub-workflow comes from another assembly",
        "'{0}' comes from another assembly: it is called through its boundary, not flattened",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.ChildExternal + ".md");

    public static readonly DiagnosticDescriptor TypeTooPrivate = new(
        Rule.TypeTooPrivate,
        "Type is too private to flatten",
        "Type '{0}' in the signature of '{1}' is private; it must be at least internal because '{2}' flattens '{3}'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.TypeTooPrivate + ".md");

    public static readonly DiagnosticDescriptor ChildIncompatible = new(
        Rule.ChildIncompatible,
        "Sub-workflow of another assembly cannot be linked",
        "'{0}' {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.ChildIncompatible + ".md");

    public static readonly DiagnosticDescriptor ChoiceCycle = new(
        Rule.ChoiceCycle,
        "Dynamic choice can close a cycle",
        "A dynamic choice can close a cycle: {0} ({1}); it is checked at run time",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.ChoiceCycle + ".md");

    public static readonly DiagnosticDescriptor ChoiceReference = new(
        Rule.ChoiceReference,
        "[DynamicSubWorkflow] needs one FlowRef",
        "[DynamicSubWorkflow] '{0}' needs exactly one FlowRef<TIn, TOut> parameter",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.ChoiceReference + ".md");

    public static readonly DiagnosticDescriptor ChoiceMismatch = new(
        Rule.ChoiceMismatch,
        "Declaration does not fit its FlowRef",
        "'{0}' passes '{1}' and returns '{2}', but its FlowRef takes '{3}' and returns '{4}'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.ChoiceMismatch + ".md");

    public static readonly DiagnosticDescriptor ChoiceCandidate = new(
        Rule.ChoiceCandidate,
        "Candidate does not fit the FlowRef",
        "Candidate '{0}' is not a workflow from '{1}' to '{2}'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.ChoiceCandidate + ".md");

    public static readonly DiagnosticDescriptor MergeCycle = new(
        Rule.MergeCycle,
        "Nodes form a cycle through a merge",
        "Nodes of '{0}' form a cycle through a merge: {1}; whether a merge still has to wait would depend on the whole run, so make the loop a sub-workflow with [Repeat]",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.MergeCycle + ".md");

    public static readonly DiagnosticDescriptor TooManySteps = new(
        Rule.TooManySteps,
        "Workflow has too many steps",
        "'{0}' has {1} steps, those of its sub-workflows included; {2} are the most, so choose a part of it at run time with [DynamicSubWorkflow]",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.TooManySteps + ".md");

    public static readonly ImmutableArray<DiagnosticDescriptor> All =
    [
        NodeCycle,
        WorkflowCycle,
        ChildNotAWorkflow,
        ChildNotHeld,
        ChildHeldTwice,
        TargetParameterMissing,
        TargetHasNoParameter,
        TargetParameterType,
        TargetResult,
        ChildDisabled,
        ChildExternal,
        TypeTooPrivate,
        ChildIncompatible,
        ChoiceCycle,
        ChoiceReference,
        ChoiceMismatch,
        ChoiceCandidate,
        MergeCycle,
        TooManySteps,
    ];
}
