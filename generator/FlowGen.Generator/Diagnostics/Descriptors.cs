using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Diagnostics;

/// <summary>Every rule by its id. An id has one owner: the class of its family.</summary>
internal static class Descriptors
{
    public static readonly ImmutableArray<DiagnosticDescriptor> All =
    [
        .. CompilerRules.All,
        .. WorkflowRules.All,
        .. NodeRules.All,
        .. DataRules.All,
        .. ControlRules.All,
        .. CycleRules.All,
        .. LoopRules.All,
        .. PolicyRules.All,
        .. FailureRules.All,
        .. StateRules.All,
        .. OutsideRules.All,
    ];

    private static readonly ImmutableDictionary<string, DiagnosticDescriptor> s_byId =
        All.ToImmutableDictionary(d => d.Id, StringComparer.Ordinal);

    public static DiagnosticDescriptor Get(string id) => s_byId[id];
}
