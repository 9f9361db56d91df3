using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>Prints a workflow that runs as its base workflow was compiled, with its own overrides: only what tells them apart.</summary>
internal static class InheritedEmitter
{
    public static string Emit(WorkflowSurface surface)
    {
        var writer = new CodeWriter();
        SurfaceEmitter.OpenFile(writer, surface, isCompiled: false, isInherited: true);
        writer.Line("/// <summary>What this workflow is: id and version of its own, the rest from its base workflow.</summary>");
        writer.Line("public static new " + Known.Flow + "FlowDescriptor Descriptor { get; } = "
            + surface.BaseName + ".Descriptor.DerivedAs(" + Known.Literal(surface.Id) + ", " + Known.Number(surface.Version) + ", typeof(" + surface.FullName + ")" + DescriptionEmitter.Maker(surface) + ");");
        DescriptionEmitter.EmitIdentity(writer, surface);
        SurfaceEmitter.CloseFile(writer, surface);
        return writer.ToString();
    }
}
