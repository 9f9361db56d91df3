using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Linking;
using FlowGen.Generator.Lowering;
using FlowGen.Generator.Model;

namespace FlowGen.Generator;

/// <summary>A workflow ready to be printed: its plan, or only its surface when it has errors, and what is wrong.</summary>
internal sealed record LoweredWorkflow(WorkflowSurface Surface, ExecutionPlan? Plan, bool CanEmit, string FileName, DeclaredGraph Declared, string Reason, bool InheritsEntry)
{
    public static LoweredWorkflow Of(LinkedResult result, int maxMethodWeight, CancellationToken cancellationToken) => new(
        result.Surface,
        result.Linked is { } linked ? WorkflowLowering.Lower(linked, cancellationToken, maxMethodWeight) : null,
        result.CanEmit,
        result.FileName,
        result.Declared,
        result.Linked is not null || result.InheritsEntry ? "" : Reports.WhyNotCompiled(result) ?? "it contains '" + result.BrokenBy + "', which has errors",
        result.InheritsEntry);
}
