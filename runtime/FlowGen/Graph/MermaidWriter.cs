using System.Globalization;
using System.Text;

namespace FlowGen;

/// <summary>Draws a graph as a Mermaid flowchart. Names are only ever labels; ids are <c>n</c> and the node's index.</summary>
internal sealed class MermaidWriter
{
    private readonly FlowGraph _graph;
    private readonly GraphTopology _topology;
    private readonly StringBuilder _text = new("flowchart TD\n");

    private MermaidWriter(FlowGraph graph, GraphTopology topology)
    {
        _graph = graph;
        _topology = topology;
    }

    internal static string Write(FlowGraph graph, GraphTopology topology)
    {
        var writer = new MermaidWriter(graph, topology);
        writer.Nodes(topology.Top, "    ");
        foreach (FlowGraphEdge edge in graph.Edges)
        {
            writer.Edge(edge);
        }

        return writer._text.ToString();
    }

    private void Nodes(ReadOnlySpan<FlowGraphNode> nodes, string indent)
    {
        foreach (FlowGraphNode node in nodes)
        {
            ReadOnlySpan<FlowGraphNode> children = _topology.Children.Of(node.Index);
            if (!children.IsEmpty)
            {
                Line($"{indent}subgraph n{node.Index}[\"{Label(node)}\"]");
                Nodes(children, indent + "    ");
                Line($"{indent}end");
            }
            else if (node.Kind == FlowNodeKind.Method)
            {
                Line($"{indent}n{node.Index}[\"{Label(node)}\"]");
            }
            else if (node.Kind == FlowNodeKind.Wait)
            {
                Line($"{indent}n{node.Index}{{{{\"{Label(node)}\"}}}}");
            }
            else
            {
                // A class, or a workflow that shows nothing of its inside: the shape of a subroutine.
                Line($"{indent}n{node.Index}[[\"{Label(node)}\"]]");
            }
        }
    }

    private void Edge(FlowGraphEdge edge)
    {
        if (!GraphTopology.IsInside(edge, _graph.Nodes.Count))
        {
            return;
        }

        string arrow = edge.Kind switch
        {
            FlowEdgeKind.Conditional or FlowEdgeKind.Optional or FlowEdgeKind.Catch => "-.->",
            FlowEdgeKind.Race => "==>",
            _ => "-->",
        };
        string label = edge.Kind == FlowEdgeKind.Data || edge.Reason.Length == 0 ? string.Empty : $"|\"{Escape(edge.Reason)}\"|";
        Line($"    n{edge.From} {arrow}{label} n{edge.To}");
    }

    private static string Label(FlowGraphNode node) => string.Join("<br/>", node.Remarks.Prepend(node.Name).Select(Escape));

    /// <summary>Labels are quoted and rendered as HTML; Mermaid's own escapes are entities that start with <c>#</c>.</summary>
    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (char c in text.ReplaceLineEndings("\n"))
        {
            string? entity = c switch
            {
                '#' => "#35;",
                '"' => "#quot;",
                '&' => "#amp;",
                '<' => "#lt;",
                '>' => "#gt;",
                '`' => "#96;",
                '|' => "#124;",
                '\n' => "<br/>",
                _ => null,
            };
            _ = entity is null ? escaped.Append(c) : escaped.Append(entity);
        }

        return escaped.ToString();
    }

    private void Line(FormattableString line) => _text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
