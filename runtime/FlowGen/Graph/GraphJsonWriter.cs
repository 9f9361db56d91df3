using System.Buffers;
using System.Text;
using System.Text.Json;

namespace FlowGen;

/// <summary>Writes a graph as JSON. Nodes are named by path, so that a change of order changes few lines.</summary>
internal static class GraphJsonWriter
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n" };

    internal static string Write(FlowGraph graph)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("workflow_id", graph.WorkflowId);
            json.WriteNumber("version", graph.Version);
            json.WriteString("fingerprint", graph.Fingerprint);
            json.WriteStartArray("nodes");
            foreach (FlowGraphNode node in graph.Nodes)
            {
                Node(json, graph, node);
            }

            json.WriteEndArray();
            json.WriteStartArray("edges");
            foreach (FlowGraphEdge edge in graph.Edges)
            {
                Edge(json, graph, edge);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Node(Utf8JsonWriter json, FlowGraph graph, FlowGraphNode node)
    {
        json.WriteStartObject();
        json.WriteString("path", node.Path);
        json.WriteString("kind", KindName(node.Kind));
        json.WriteString("owner", node.Owner);
        Reference(json, "parent", graph, node.Parent);
        json.WriteNumber("depth", node.Depth);
        json.WriteString("role", RoleName(node.Role));
        json.WriteString("condition", node.Condition);
        json.WriteString("description", node.Description);
        json.WriteBoolean("repeats", node.Repeats);
        json.WriteString("compensation", node.Compensation);
        json.WriteString("effect", node.Effect);
        json.WriteEndObject();
    }

    private static void Edge(Utf8JsonWriter json, FlowGraph graph, FlowGraphEdge edge)
    {
        json.WriteStartObject();
        Reference(json, "from", graph, edge.From);
        Reference(json, "to", graph, edge.To);
        json.WriteString("kind", KindName(edge.Kind));
        json.WriteString("reason", edge.Reason);
        json.WriteEndObject();
    }

    private static void Reference(Utf8JsonWriter json, string name, FlowGraph graph, int index)
    {
        if ((uint)index < (uint)graph.Nodes.Count)
        {
            json.WriteString(name, graph.Nodes[index].Path);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static string KindName(FlowNodeKind kind) => kind switch
    {
        FlowNodeKind.Method => "method",
        FlowNodeKind.Class => "class",
        FlowNodeKind.SubWorkflow => "sub_workflow",
        FlowNodeKind.Wait => "wait",
        FlowNodeKind.Dynamic => "dynamic",
        _ => "unknown",
    };

    private static string RoleName(FlowNodeRole role) => role switch
    {
        FlowNodeRole.Internal => "internal",
        FlowNodeRole.Entry => "entry",
        FlowNodeRole.Exit => "exit",
        _ => "entry_exit",
    };

    private static string KindName(FlowEdgeKind kind) => kind switch
    {
        FlowEdgeKind.Sequence => "sequence",
        FlowEdgeKind.Data => "data",
        FlowEdgeKind.Conditional => "conditional",
        FlowEdgeKind.Optional => "optional",
        FlowEdgeKind.Merge => "merge",
        FlowEdgeKind.Race => "race",
        FlowEdgeKind.Catch => "catch",
        _ => "unknown",
    };
}
