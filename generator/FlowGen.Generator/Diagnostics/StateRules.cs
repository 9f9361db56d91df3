using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Diagnostics;

/// <summary>State, pooling and cleanup.</summary>
internal static class StateRules
{
    private const string Category = "FlowGen.State";

    public static readonly DiagnosticDescriptor StateRace = new(
        Rule.StateRace,
        "State is used at the same time",
        "'{0}' and '{1}' can run at the same time and both take '{2}'; order them with [After]",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.StateRace + ".md");

    public static readonly DiagnosticDescriptor NotPooled = new(
        Rule.NotPooled,
        "Class cannot be pooled",
        "'{0}' has mutable state and no Cleanup(), so each activation gets a new instance; implement ICleanup to pool it",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.NotPooled + ".md");

    public static readonly DiagnosticDescriptor CleanupForgets = new(
        Rule.CleanupForgets,
        "Cleanup forgets a field",
        "Cleanup() of ICleanup class '{0}' does not assign mutable field '{1}'",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.CleanupForgets + ".md");

    public static readonly DiagnosticDescriptor CleanupByName = new(
        Rule.CleanupByName,
        "Cleanup is not ICleanup",
        "'{0}' has Cleanup() but does not implement ICleanup",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.CleanupByName + ".md");

    public static readonly DiagnosticDescriptor StateConstructor = new(
        Rule.StateConstructor,
        "State cannot be created",
        "[State] class '{0}' must have a parameterless constructor and no required members",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.StateConstructor + ".md");

    public static readonly DiagnosticDescriptor StateEscapes = new(
        Rule.StateEscapes,
        "State leaves its activation",
        "[State] '{0}' leaves its activation as the result of '{1}'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.StateEscapes + ".md");

    public static readonly DiagnosticDescriptor StateTooPrivate = new(
        Rule.StateTooPrivate,
        "State is too private to flatten",
        "[State] class '{0}' is private; it must be at least internal because '{1}' flattens '{2}'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.StateTooPrivate + ".md");

    public static readonly DiagnosticDescriptor PooledDispose = new(
        Rule.PooledDispose,
        "Dispose of a pooled class",
        "'{0}' is pooled: Dispose() runs when the pool drops it, not after each activation; implement ICleanup",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.PooledDispose + ".md");

    public static readonly DiagnosticDescriptor CompensationState = new(
        Rule.CompensationState,
        "State is gone before the compensation runs",
        "Compensation '{0}' takes Activation state '{1}', which is gone by then",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.CompensationState + ".md");

    public static readonly ImmutableArray<DiagnosticDescriptor> All =
    [
        StateRace,
        NotPooled,
        CleanupForgets,
        CleanupByName,
        StateConstructor,
        StateEscapes,
        StateTooPrivate,
        PooledDispose,
        CompensationState,
    ];
}
