using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Diagnostics;

/// <summary>The class and its entry.</summary>
internal static class WorkflowRules
{
    private const string Category = "FlowGen.Workflows";

    public static readonly DiagnosticDescriptor NotPartial = new(
        Rule.NotPartial,
        "Workflow is not partial",
        "Workflow '{0}' must be declared partial",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.NotPartial + ".md");

    public static readonly DiagnosticDescriptor NoEntry = new(
        Rule.NoEntry,
        "Workflow has no entry point",
        "Workflow '{0}' declares no entry point: add 'public partial ValueTask<TResult> RunAsync(...)'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.NoEntry + ".md");

    public static readonly DiagnosticDescriptor ManyEntries = new(
        Rule.ManyEntries,
        "Workflow has more than one entry point",
        "Workflow '{0}' declares more than one RunAsync/Run",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.ManyEntries + ".md");

    public static readonly DiagnosticDescriptor EntryReturn = new(
        Rule.EntryReturn,
        "RunAsync does not return a task",
        "RunAsync must return Task, Task<T>, ValueTask or ValueTask<T>, not '{0}'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.EntryReturn + ".md");

    public static readonly DiagnosticDescriptor SynchronousEntry = new(
        Rule.SynchronousEntry,
        "Synchronous entry with an asynchronous node",
        "Run is synchronous, but {0}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.SynchronousEntry + ".md");

    public static readonly DiagnosticDescriptor EntryParameter = new(
        Rule.EntryParameter,
        "Entry parameter cannot be stored",
        "Entry parameter '{0}' cannot be ref/in/out, a pointer or a ref struct",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.EntryParameter + ".md");

    public static readonly DiagnosticDescriptor DuplicateWorkflowId = new(
        Rule.DuplicateWorkflowId,
        "Workflow id is taken",
        "Workflow id '{0}' is already used by '{1}'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.DuplicateWorkflowId + ".md");

    public static readonly DiagnosticDescriptor ReservedName = new(
        Rule.ReservedName,
        "Name is needed by generated members",
        "{0} '{1}' collides with a member FlowGen generates; choose another name",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.ReservedName + ".md");

    public static readonly DiagnosticDescriptor SharedField = new(
        Rule.SharedField,
        "Mutable field is shared by all runs",
        "Field '{0}' is shared by all concurrent runs of '{1}'; move it to a [State] class or make it readonly",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.SharedField + ".md");

    public static readonly DiagnosticDescriptor NoNodes = new(
        Rule.NoNodes,
        "Workflow has no nodes",
        "Workflow '{0}' has no nodes",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.NoNodes + ".md");

    public static readonly DiagnosticDescriptor NotAWorkflowClass = new(
        Rule.NotAWorkflowClass,
        "Class cannot be a workflow",
        "A workflow must be a class that is not static, file-local or a ref-like/record struct, in partial containers{0}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.NotAWorkflowClass + ".md");

    public static readonly DiagnosticDescriptor UnresolvedType = new(
        Rule.UnresolvedType,
        "Type cannot be named by generated code",
        "Type '{0}' of {1} {2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.UnresolvedType + ".md");

    public static readonly DiagnosticDescriptor EntryNotOverridden = new(
        Rule.EntryNotOverridden,
        "Derived workflow does not override its entry",
        "'{0}' {1} '{2}' but does not override its entry",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.EntryNotOverridden + ".md");

    public static readonly DiagnosticDescriptor UnusableId = new(
        Rule.UnusableId,
        "Id cannot be used",
        "Id '{0}' cannot be used: {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.UnusableId + ".md");

    public static readonly DiagnosticDescriptor SpecialTwice = new(
        Rule.SpecialTwice,
        "Entry takes two of a kind",
        "Entry of '{0}' takes a second {1}; a run has one",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.SpecialTwice + ".md");

    public static readonly DiagnosticDescriptor NoToken = new(
        Rule.NoToken,
        "Entry takes no CancellationToken",
        "Entry of '{0}' takes no CancellationToken: runs can be cancelled only through the handle",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: false,
        helpLinkUri: Rule.Pages + Rule.NoToken + ".md");

    public static readonly ImmutableArray<DiagnosticDescriptor> All =
    [
        NotPartial,
        NoEntry,
        ManyEntries,
        EntryReturn,
        SynchronousEntry,
        EntryParameter,
        DuplicateWorkflowId,
        ReservedName,
        SharedField,
        NoNodes,
        NotAWorkflowClass,
        UnresolvedType,
        EntryNotOverridden,
        UnusableId,
        SpecialTwice,
        NoToken,
    ];
}
