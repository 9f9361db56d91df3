using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>Prints the documentation of the entry: the author's own, and the graph, so that hovering the entry shows it.</summary>
internal static class DocumentationEmitter
{
    private const int MaxLines = 60;

    public static void EmitEntry(CodeWriter writer, EntryDeclaration entry, GraphPlan graph)
    {
        if (entry.Documentation.Length == 0)
        {
            writer.Line("/// <summary>Runs the workflow.</summary>");
        }
        else
        {
            foreach (string line in entry.Documentation.Split('\n'))
            {
                writer.Line("/// " + line.Trim());
            }
        }

        writer.Line("/// <remarks>");
        writer.Line("/// <code>");
        foreach (string line in Lines(graph).Take(MaxLines))
        {
            writer.Line("/// " + Known.XmlText(line));
        }

        writer.Line("/// </code>");
        writer.Line("/// </remarks>");
    }

    private static IEnumerable<string> Lines(GraphPlan graph)
    {
        var sources = graph.Edges.GroupBy(edge => edge.To).ToDictionary(group => group.Key, group => group.ToList());
        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            GraphNodePlan node = graph.Nodes[i];
            string from = sources.TryGetValue(i, out List<GraphEdgePlan>? edges)
                ? " <- " + string.Join(", ", edges.Select(edge => graph.Nodes[edge.From].Path).Distinct())
                : "";
            string condition = node.Condition.Length == 0 ? "" : "  when " + node.Condition;
            yield return new string(' ', 2 * node.Depth) + node.Path + from + condition;
        }
    }
}
