using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>One source file per workflow.</summary>
internal static class WorkflowEmitter
{
    public static string Emit(ExecutionPlan plan)
    {
        var writer = new CodeWriter();
        SurfaceEmitter.OpenFile(writer, plan.Bound.Surface, isCompiled: true);
        EntryEmitter.Emit(writer, plan);
        HandleEmitter.Emit(writer, plan);
        BodylessEmitter.Emit(writer, plan);
        DescriptionEmitter.Emit(writer, plan);
        SurfaceEmitter.EmitRuntime(writer, plan.Bound.Surface);
        MembersEmitter.Emit(writer, plan);
        FlowInterfaceEmitter.Emit(writer, plan.Bound.Surface);
        ScopeEmitter.EmitActivation(writer, plan);
        ScopeEmitter.EmitElements(writer, plan);
        FrameEmitter.Emit(writer, plan);
        SurfaceEmitter.CloseFile(writer, plan.Bound.Surface);
        return writer.ToString();
    }
}
