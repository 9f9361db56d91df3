using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Diagnostics;

/// <summary>The compiler itself.</summary>
internal static class CompilerRules
{
    private const string Category = "FlowGen.Compiler";

    public static readonly DiagnosticDescriptor NotCompiled = new(
        Rule.NotCompiled,
        "Workflow was not compiled",
        "Workflow '{0}' was not compiled: {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.NotCompiled + ".md");

    public static readonly DiagnosticDescriptor CompilerTooOld = new(
        Rule.CompilerTooOld,
        "SDK or C# version is too old",
        "The SDK or C# version is too old for FlowGen; it needs .NET SDK 9.0.300 and C# 11",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Pages + Rule.CompilerTooOld + ".md");

    public static readonly ImmutableArray<DiagnosticDescriptor> All =
    [
        NotCompiled,
        CompilerTooOld,
    ];
}
