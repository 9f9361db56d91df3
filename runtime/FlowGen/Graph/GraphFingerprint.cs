using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FlowGen;

/// <summary>A short name for what a graph says, independent of the order in which it says it.</summary>
internal static class GraphFingerprint
{
    internal static string Of(FlowGraphNode[] nodes, FlowGraphEdge[] edges)
    {
        var lines = new List<string>(nodes.Length + edges.Length);
        var line = new StringBuilder();
        foreach (FlowGraphNode node in nodes)
        {
            // The path says the parent and the depth.
            lines.Add(Line('n', node.Path, Number((int)node.Kind), node.Owner, node.Condition));
            if (node.Repeats || node.Compensation.Length > 0 || node.Effect.Length > 0)
            {
                lines.Add(Line('r', node.Path, node.Repeats ? "repeats" : string.Empty, node.Compensation, node.Effect));
            }
        }

        foreach (FlowGraphEdge edge in edges)
        {
            lines.Add(Line('e', PathOf(edge.From), PathOf(edge.To), Number((int)edge.Kind), edge.Reason));
        }

        lines.Sort(StringComparer.Ordinal);
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        return Convert.ToHexStringLower(hash.AsSpan(0, 8));

        string PathOf(int index) => (uint)index < (uint)nodes.Length ? nodes[index].Path : Number(index);

        // Lengths in front of the texts, so that no two graphs make the same text whatever characters they contain.
        string Line(char tag, params ReadOnlySpan<string> parts)
        {
            line.Clear().Append(tag);
            foreach (string part in parts)
            {
                line.Append(' ').Append(CultureInfo.InvariantCulture, $"{part.Length}:").Append(part);
            }

            return line.ToString();
        }
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
