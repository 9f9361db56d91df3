using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>
/// Prints a workflow that has errors: the same public surface with throwing bodies, so that the user sees our diagnostic and not the
/// compiler's complaints about members that are missing.
/// </summary>
internal static class FallbackEmitter
{
    public static string Emit(WorkflowSurface surface, DeclaredGraph declared, string reason)
    {
        var writer = new CodeWriter();
        SurfaceEmitter.OpenFile(writer, surface, isCompiled: false);
        string error = Known.Services + "FlowEntry.NotCompiled(" + Known.Literal(surface.Key) + ", " + Known.Literal(reason) + ")";
        if (surface.Entry is { Method.IsRefused: false } entry)
        {
            writer.Line("/// <summary>Not compiled: this workflow has errors.</summary>");
            writer.Line(SurfaceEmitter.Signature(entry.Method) + " => throw " + error + ";");
        }

        foreach (MethodDeclaration method in surface.Bodyless.Where(method => !method.IsRefused))
        {
            writer.Line();
            writer.Line("/// <summary>Not compiled: this workflow has errors.</summary>");
            writer.Line(SurfaceEmitter.Signature(method) + " => throw " + error + ";");
        }

        if (!surface.Impossible.Contains("NodeId"))
        {
            SurfaceEmitter.EmitNodeIds(writer, surface, declared.Nodes.Select(node => (node, node)));
        }

        foreach (string description in new[] { "Graph", "Descriptor" }.Except(surface.Impossible))
        {
            writer.Line();
            writer.Line("/// <summary>Not compiled: this workflow has errors.</summary>");
            writer.Line("public static " + SurfaceEmitter.New(surface) + Known.Flow + "Flow" + description + " " + description + " => throw " + error + ";");
        }

        if (!surface.Impossible.Contains("Runtime"))
        {
            SurfaceEmitter.EmitRuntime(writer, surface, error);
        }

        if (!surface.Impossible.Contains("Descriptor") && !surface.Impossible.Contains("Runtime"))
        {
            DescriptionEmitter.EmitIdentity(writer, surface);
        }

        if (surface is { Entry: not null, IsBare: false })
        {
            EmitHandle(writer, surface, declared, error);
        }

        EmitUse(writer, surface);
        SurfaceEmitter.CloseFile(writer, surface);
        return writer.ToString();
    }

    private static void EmitHandle(CodeWriter writer, WorkflowSurface surface, DeclaredGraph declared, string error)
    {
        if (!surface.Impossible.Contains("Handle") && !surface.Impossible.Contains("Start") && !surface.Impossible.Contains("NodeId"))
        {
            HandleEmitter.EmitFallback(writer, surface, declared, error);
        }

        FlowInterfaceEmitter.EmitFallback(writer, surface, error);
    }

    /// <summary>The graph would use what the constructor takes; without it the C# compiler would call the parameters unread.</summary>
    private static void EmitUse(CodeWriter writer, WorkflowSurface surface)
    {
        if (surface.PrimaryParameters.Count == 0)
        {
            return;
        }

        writer.Line();
        writer.Line(Known.Hidden);
        writer.Line(Known.Generated);
        writer.Line("internal object?[] __Given() => new object?[] { " + string.Join(", ", surface.PrimaryParameters.Select(Known.Escape)) + " };");
    }
}
