using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Diagnostics;

/// <summary>Nodes, node classes and their services.</summary>
internal static class NodeRules
{
    private const string Category = "FlowGen.Nodes";

    public static readonly DiagnosticDescriptor TwoKinds = new(
        Rule.TwoKinds,
        "Node has two kinds",
        "'{0}' has more than one node kind: {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.TwoKinds + ".md");

    public static readonly DiagnosticDescriptor MustBeBodyless = new(
        Rule.MustBeBodyless,
        "Node is implemented elsewhere",
        "'{0}' is implemented by {1}: declare it 'private partial' and without a body",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.MustBeBodyless + ".md");

    public static readonly DiagnosticDescriptor NoBody = new(
        Rule.NoBody,
        "Node has no body",
        "Node '{0}' has no body; give it one, or use [Node<T>], [SubWorkflow<T>] or [Wait]",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.NoBody + ".md");

    public static readonly DiagnosticDescriptor DuplicateNode = new(
        Rule.DuplicateNode,
        "Node name is taken",
        "Workflow '{0}' already has a node named '{1}'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.DuplicateNode + ".md");

    public static readonly DiagnosticDescriptor GenericNode = new(
        Rule.GenericNode,
        "Node is a generic method",
        "Node '{0}' cannot be a generic method",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.GenericNode + ".md");

    public static readonly DiagnosticDescriptor AsyncVoid = new(
        Rule.AsyncVoid,
        "Node is async void",
        "Node '{0}' is async void: FlowGen cannot wait for it",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.AsyncVoid + ".md");

    public static readonly DiagnosticDescriptor NotANode = new(
        Rule.NotANode,
        "Method with node attributes is not a node",
        "'{0}' has [{1}] but is not a node; add [Node]",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.NotANode + ".md");

    public static readonly DiagnosticDescriptor StartsWithRun = new(
        Rule.StartsWithRun,
        "Node starts with the run",
        "Node '{0}' has neither inputs nor [After], [Needs], [NeedsAny], [AfterAny], [ReadyWhen] or a condition; it starts with the run",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.StartsWithRun + ".md");

    public static readonly DiagnosticDescriptor ResultUnused = new(
        Rule.ResultUnused,
        "Result of a node is never used",
        "The '{0}' produced by '{1}' is never used",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.ResultUnused + ".md");

    public static readonly DiagnosticDescriptor ExecuteMethod = new(
        Rule.ExecuteMethod,
        "Node class has not exactly one Execute method",
        "'{0}' must have exactly one public Execute or ExecuteAsync method",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.ExecuteMethod + ".md");

    public static readonly DiagnosticDescriptor MissingDependency = new(
        Rule.MissingDependency,
        "Node class needs what the workflow does not hold",
        "'{0}' needs a '{1}', but workflow '{2}' has no constructor parameter or field of that type",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.MissingDependency + ".md");

    public static readonly DiagnosticDescriptor NoRunOptions = new(
        Rule.NoRunOptions,
        "Services without run options",
        "'{0}' has [Service] parameters, but its entry takes no RunOptions, so a direct call has no services",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.NoRunOptions + ".md");

    public static readonly DiagnosticDescriptor NodeParameter = new(
        Rule.NodeParameter,
        "Node parameter cannot be stored",
        "Node parameter '{0}' cannot be ref/in/out, a pointer or a ref struct",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.NodeParameter + ".md");

    public static readonly DiagnosticDescriptor SuppliedAutomatically = new(
        Rule.SuppliedAutomatically,
        "Parameter is supplied automatically",
        "'{0}' is supplied automatically; remove it from the declaration",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.SuppliedAutomatically + ".md");

    public static readonly DiagnosticDescriptor NodeClass = new(
        Rule.NodeClass,
        "Node class cannot be created",
        "Node class '{0}' must be a concrete, accessible, closed class without required members",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.NodeClass + ".md");

    public static readonly DiagnosticDescriptor DuplicateNodeId = new(
        Rule.DuplicateNodeId,
        "Node id is taken",
        "Node id '{0}' is used by '{1}' and '{2}'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.DuplicateNodeId + ".md");

    public static readonly DiagnosticDescriptor MeansNothing = new(
        Rule.MeansNothing,
        "Attribute or parameter means nothing here",
        "{0} means nothing on {1} '{2}'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.MeansNothing + ".md");

    public static readonly DiagnosticDescriptor ServiceType = new(
        Rule.ServiceType,
        "Service is a value type",
        "'{0}' {1} a value type; a provider of services gives objects",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.ServiceType + ".md");

    public static readonly DiagnosticDescriptor ParameterTwice = new(
        Rule.ParameterTwice,
        "Two parameters have one name",
        "'{0}' has more than one parameter '{1}'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.ParameterTwice + ".md");

    public static readonly DiagnosticDescriptor NeedsAccess = new(
        Rule.NeedsAccess,
        "Partial method lacks an access modifier",
        "'{0}' needs an access modifier: declare it '{1} partial'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.NeedsAccess + ".md");

    public static readonly DiagnosticDescriptor Displaced = new(
        Rule.Displaced,
        "Member displaces what the base workflow declares",
        "'{0}' {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.Displaced + ".md");

    public static readonly DiagnosticDescriptor FleetingResult = new(
        Rule.FleetingResult,
        "Result cannot be kept",
        "The result of '{0}' cannot be by reference, a pointer or a ref struct: whoever takes it may run later",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.FleetingResult + ".md");

    public static readonly ImmutableArray<DiagnosticDescriptor> All =
    [
        TwoKinds,
        MustBeBodyless,
        NoBody,
        DuplicateNode,
        GenericNode,
        AsyncVoid,
        NotANode,
        StartsWithRun,
        ResultUnused,
        ExecuteMethod,
        MissingDependency,
        NoRunOptions,
        NodeParameter,
        SuppliedAutomatically,
        NodeClass,
        DuplicateNodeId,
        MeansNothing,
        ServiceType,
        ParameterTwice,
        NeedsAccess,
        Displaced,
        FleetingResult,
    ];
}
