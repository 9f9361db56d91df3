using System.Globalization;
using System.Text;

namespace FlowGen;

/// <summary>
/// Draws a graph for Graphviz. Edges cannot end at a cluster there, so an edge of a sub-workflow ends at a node inside of it and is cut off
/// at the cluster's border (<c>lhead</c>, <c>ltail</c>).
/// </summary>
internal sealed class DotWriter
{
    private readonly FlowGraph _graph;
    private readonly GraphTopology _topology;
    private readonly StringBuilder _text = new();

    private DotWriter(FlowGraph graph, GraphTopology topology)
    {
        _graph = graph;
        _topology = topology;
    }

    internal static string Write(FlowGraph graph, GraphTopology topology)
    {
        var writer = new DotWriter(graph, topology);
        writer.Line($"digraph {Quote(graph.WorkflowId)} {{");
        writer.Line($"    compound=true;");
        writer.Line($"    node [shape=box];");
        writer.Nodes(topology.Top, "    ");
        foreach (FlowGraphEdge edge in graph.Edges)
        {
            writer.Edge(edge);
        }

        writer.Line($"}}");
        return writer._text.ToString();
    }

    private void Nodes(ReadOnlySpan<FlowGraphNode> nodes, string indent)
    {
        foreach (FlowGraphNode node in nodes)
        {
            ReadOnlySpan<FlowGraphNode> children = _topology.Children.Of(node.Index);
            if (!children.IsEmpty)
            {
                Line($"{indent}subgraph {Cluster(node.Index)} {{");
                Line($"{indent}    label={Label(node)};");
                Nodes(children, indent + "    ");
                Line($"{indent}}}");
            }
            else if (node.Kind == FlowNodeKind.Method)
            {
                Line($"{indent}n{node.Index} [label={Label(node)}];");
            }
            else if (node.Kind == FlowNodeKind.Wait)
            {
                Line($"{indent}n{node.Index} [label={Label(node)}, shape=hexagon];");
            }
            else
            {
                Line($"{indent}n{node.Index} [label={Label(node)}, peripheries=2];");
            }
        }
    }

    private void Edge(FlowGraphEdge edge)
    {
        if (!GraphTopology.IsInside(edge, _graph.Nodes.Count))
        {
            return;
        }

        var attributes = new List<string>();
        int from = Inside(edge.From, FlowNodeRole.Exit);
        int to = Inside(edge.To, FlowNodeRole.Entry);
        if (from != edge.From)
        {
            attributes.Add($"ltail={Cluster(edge.From)}");
        }

        if (to != edge.To)
        {
            attributes.Add($"lhead={Cluster(edge.To)}");
        }

        if (edge.Kind is FlowEdgeKind.Conditional or FlowEdgeKind.Optional or FlowEdgeKind.Catch)
        {
            attributes.Add("style=dashed");
        }
        else if (edge.Kind == FlowEdgeKind.Race)
        {
            attributes.Add("style=bold");
        }

        if (edge.Kind != FlowEdgeKind.Data && edge.Reason.Length > 0)
        {
            attributes.Add($"label={Quote(edge.Reason)}");
        }

        string list = attributes.Count == 0 ? string.Empty : $" [{string.Join(", ", attributes)}]";
        Line($"    n{from} -> n{to}{list};");
    }

    /// <summary>The node that stands for a cluster at one of its sides: its first child of that role, or else its first, down to a leaf.</summary>
    private int Inside(int index, FlowNodeRole side)
    {
        while (_topology.Children.Of(index) is { IsEmpty: false } children)
        {
            index = children[0].Index;
            foreach (FlowGraphNode child in children)
            {
                if (child.Role.HasFlag(side))
                {
                    index = child.Index;
                    break;
                }
            }
        }

        return index;
    }

    private static string Cluster(int index) => string.Create(CultureInfo.InvariantCulture, $"\"cluster_{index}\"");

    private static string Label(FlowGraphNode node) =>
        Quote(string.Join('\n', node.Remarks.Prepend(node.Name)));

    private static string Quote(string text) => "\""
        + text.ReplaceLineEndings("\n").Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)
        + "\"";

    private void Line(FormattableString line) => _text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
