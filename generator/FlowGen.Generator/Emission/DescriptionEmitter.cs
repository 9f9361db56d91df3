using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>Prints the graph and the descriptor of a workflow: static data, without reflection.</summary>
internal static class DescriptionEmitter
{
    public static void Emit(CodeWriter writer, ExecutionPlan plan)
    {
        WorkflowSurface surface = plan.Bound.Surface;
        SurfaceEmitter.EmitNodeIds(writer, surface, plan.Graph.Nodes.Select(node => (node.Identifier, node.Path)));
        writer.Line();
        writer.Line("/// <summary>The graph of this workflow, with those in it.</summary>");
        writer.Line("public static " + SurfaceEmitter.New(surface) + Known.Flow + "FlowGraph Graph { get; } = new " + Known.Flow + "FlowGraph(");
        writer.Line("    " + Known.Literal(surface.Id) + ",");
        writer.Line("    " + Known.Number(surface.Version) + ",");
        writer.Line("    new " + Known.Flow + "FlowGraphNode[]");
        writer.Line("    {");
        foreach (GraphNodePlan node in plan.Graph.Nodes)
        {
            writer.Line("        new " + Known.Flow + "FlowGraphNode(" + Known.Literal(node.Path) + ", " + Known.Flow + "FlowNodeKind." + node.Kind + ", "
                + Known.Literal(node.Owner) + ", " + Known.Number(node.Parent) + ", " + Known.Number(node.Depth) + ", "
                + Known.Literal(node.Condition) + ", " + Known.Literal(node.Description) + Rest(node) + "),");
        }

        writer.Line("    },");
        writer.Line("    new " + Known.Flow + "FlowGraphEdge[]");
        writer.Line("    {");
        foreach (GraphEdgePlan edge in plan.Graph.Edges)
        {
            writer.Line("        new " + Known.Flow + "FlowGraphEdge(" + Known.Number(edge.From) + ", " + Known.Number(edge.To) + ", "
                + Known.Flow + "FlowEdgeKind." + edge.Kind + ", " + Known.Literal(edge.Reason) + "),");
        }

        if (plan.Graph.Links.Count == 0)
        {
            writer.Line("    });");
        }
        else
        {
            writer.Line("    },");
            writer.Line("    new " + Known.Services + "GraphLink[]");
            writer.Line("    {");
            foreach (GraphLinkPlan link in plan.Graph.Links)
            {
                writer.Line("        new " + Known.Services + "GraphLink(" + Known.Number(link.Node) + ", " + link.FullName + ".Graph),");
            }

            writer.Line("    });");
        }

        EmitDescriptor(writer, surface, plan.Graph.Children, plan.Bound.Settings.Record);
    }

    private static void EmitDescriptor(CodeWriter writer, WorkflowSurface surface, EquatableArray<GraphChildPlan> children, string recordMode)
    {
        EntryDeclaration entry = surface.Entry!;
        writer.Line();
        writer.Line("/// <summary>What this workflow is: id, version, inputs, output and children.</summary>");
        writer.Line("public static " + SurfaceEmitter.New(surface) + Known.Flow + "FlowDescriptor Descriptor { get; } = new " + Known.Flow + "FlowDescriptor(");
        writer.Line("    " + Known.Literal(surface.Id) + ",");
        writer.Line("    " + Known.Number(surface.Version) + ",");
        writer.Line("    typeof(" + surface.FullName + "),");
        writer.Line("    " + (surface.Enabled ? "true" : "false") + ",");
        writer.Line("    new " + Known.Flow + "FlowInput[]");
        writer.Line("    {");
        foreach (InputDeclaration input in entry.Inputs)
        {
            writer.Line("        new " + Known.Flow + "FlowInput(" + Known.Literal(input.Name) + ", typeof(" + TypeOf(input.Type) + ")),");
        }

        writer.Line("    },");
        writer.Line("    " + (entry.Result is { } result ? "typeof(" + TypeOf(result) + ")" : "null") + ",");
        writer.Line("    new " + Known.Flow + "FlowChild[]");
        writer.Line("    {");
        foreach (GraphChildPlan child in children)
        {
            writer.Line("        new " + Known.Flow + "FlowChild(" + Known.Literal(child.Path) + ", " + child.WorkflowId + "),");
        }

        writer.Line("    },");
        string record = recordMode == "Nodes" ? "" : ", record: " + Known.Flow + "RecordMode." + recordMode;
        writer.Line("    static () => Graph" + record + Maker(surface) + ");");
        EmitIdentity(writer, surface);
    }

    /// <summary>How the catalog makes an object where nobody gives it one.</summary>
    public static string Maker(WorkflowSurface surface) => surface.CanCreate ? ", make: static () => new " + surface.FullName + "()" : "";

    private static string Rest(GraphNodePlan node) =>
        (node.Repeats ? ", repeats: true" : "") + (node.Compensation.Length > 0 ? ", compensation: " + Known.Literal(node.Compensation) : "")
        + (node.Effect.Length > 0 ? ", effect: " + Known.Literal(node.Effect) : "");

    /// <summary>Whose run it is: a workflow that inherits its entry runs in the frames of its base workflow.</summary>
    public static void EmitIdentity(CodeWriter writer, WorkflowSurface surface)
    {
        if (surface.IsSealed && surface.BaseName is null)
        {
            return;
        }

        writer.Line();
        writer.Line("/// <summary>The descriptor of the object's own class.</summary>");
        writer.Line(Known.Hidden);
        writer.Line(Known.Generated);
        writer.Line("protected " + (surface.BaseName is null ? "virtual " : "override ") + Known.Flow + "FlowDescriptor __Identity => Descriptor;");
    }

    /// <summary>A type that typeof accepts: without annotations, tuples without names, <c>dynamic</c> as what it is.</summary>
    private static string TypeOf(TypeRef type) => (type.Key == "dynamic" ? "object" : type.Key) + (type is { IsNullable: true, IsValue: true } ? "?" : "");
}
