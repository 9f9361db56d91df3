using System.Diagnostics.CodeAnalysis;

namespace FlowGen;

/// <summary>
/// The compiled graph of a workflow with everything its sub-workflows contain: static data that costs nothing until it is read. Immutable and
/// safe to share between threads.
/// </summary>
public sealed partial class FlowGraph
{
    private readonly FlowGraphNode[] _nodes;
    private readonly FlowGraphEdge[] _edges;
    private GraphTopology? _topology;
    private Dictionary<string, FlowGraphNode>? _byPath;
    private string? _fingerprint;

    /// <summary>Takes the graph's data. Only what would make it unusable is refused here; <see cref="Validate"/> checks the rest.</summary>
    /// <param name="workflowId">The workflow it is the graph of.</param>
    /// <param name="version">That workflow's version.</param>
    /// <param name="nodes">In declaration order, the nodes of a sub-workflow after the node that contains them. The array becomes the graph's.</param>
    /// <param name="edges">Between nodes of one level. The array becomes the graph's.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">A node or edge is null, or a node already belongs to a graph.</exception>
    public FlowGraph(string workflowId, int version, FlowGraphNode[] nodes, FlowGraphEdge[] edges)
    {
        ArgumentNullException.ThrowIfNull(workflowId);
        ArgumentNullException.ThrowIfNull(nodes);
        ArgumentNullException.ThrowIfNull(edges);
        if (Array.IndexOf(nodes, null) >= 0 || Array.IndexOf(edges, null) >= 0)
        {
            throw new ArgumentException($"The graph of '{workflowId}' has a node or an edge that is null.", nameof(nodes));
        }

        WorkflowId = workflowId;
        Version = version;
        _nodes = nodes;
        _own = nodes.Length;
        _edges = edges;
        Nodes = Array.AsReadOnly(nodes);
        Edges = Array.AsReadOnly(edges);
        for (int i = 0; i < nodes.Length; i++)
        {
            nodes[i].Attach(this, i);
        }
    }

    /// <summary>The workflow this is the graph of.</summary>
    public string WorkflowId { get; }

    /// <summary>That workflow's version.</summary>
    public int Version { get; }

    /// <summary>Every node, those of sub-workflows included, in declaration order; a node's place is its <see cref="FlowGraphNode.Index"/>.</summary>
    public IReadOnlyList<FlowGraphNode> Nodes { get; }

    /// <summary>Every edge.</summary>
    public IReadOnlyList<FlowGraphEdge> Edges { get; }

    /// <summary>
    /// 16 hexadecimal digits that are the same wherever the graph is, and change when a node, an edge, a kind or a condition does; not with
    /// descriptions, the version or the order of declarations.
    /// </summary>
    public string Fingerprint => _fingerprint ??= GraphFingerprint.Of(_nodes, _edges);

    private GraphTopology Topology => _topology ??= new GraphTopology(_nodes, _edges);

    private Dictionary<string, FlowGraphNode> ByPath => _byPath ??= IndexByPath(_nodes);

    /// <summary>The node at a path; null if there is none.</summary>
    /// <param name="path">Segments joined by dots (<c>Cold.Label.Print</c>); case matters.</param>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    public FlowGraphNode? Find(string path) => ByPath.GetValueOrDefault(path);

    /// <summary>The nodes that come directly after a node, each once, by index. Constant time, no allocation.</summary>
    /// <param name="index">Index of the node.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such node.</exception>
    public ReadOnlySpan<FlowGraphNode> Successors(int index) => Topology.Successors.Of(Checked(index));

    /// <summary>The nodes that come directly before a node, each once, by index. Constant time, no allocation.</summary>
    /// <param name="index">Index of the node.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such node.</exception>
    public ReadOnlySpan<FlowGraphNode> Predecessors(int index) => Topology.Predecessors.Of(Checked(index));

    /// <summary>
    /// What is wrong with the graph, a sentence each; empty when it is sound, as every graph is that FlowGen generates. Never throws.
    /// </summary>
    public IReadOnlyList<string> Validate() => new GraphValidation(this).Problems;

    /// <summary>
    /// A Mermaid flowchart: sub-workflows as subgraphs, conditions in the labels, dotted edges for what may be absent. Lines end in <c>\n</c>.
    /// </summary>
    public string ToMermaid() => MermaidWriter.Write(this, Topology);

    /// <summary>A Graphviz digraph: sub-workflows as clusters, conditions in the labels. Lines end in <c>\n</c>.</summary>
    public string ToDot() => DotWriter.Write(this, Topology);

    /// <summary>An indented JSON object: <c>workflow_id</c>, <c>version</c>, <c>fingerprint</c>, <c>nodes</c>, <c>edges</c>. Lines end in <c>\n</c>.</summary>
    public string ToJson() => GraphJsonWriter.Write(this);

    /// <summary>The workflow's id and the size of its graph.</summary>
    public override string ToString() => $"{WorkflowId} v{Version} ({_nodes.Length} nodes, {_edges.Length} edges)";

    internal FlowNodeRole RoleOf(int index) =>
        (Topology.Predecessors.Of(index).IsEmpty ? FlowNodeRole.Entry : FlowNodeRole.Internal)
        | (Topology.Successors.Of(index).IsEmpty ? FlowNodeRole.Exit : FlowNodeRole.Internal);

    private static Dictionary<string, FlowGraphNode> IndexByPath(FlowGraphNode[] nodes)
    {
        var byPath = new Dictionary<string, FlowGraphNode>(nodes.Length, StringComparer.Ordinal);
        foreach (FlowGraphNode node in nodes)
        {
            byPath.TryAdd(node.Path, node);
        }

        return byPath;
    }

    private int Checked(int index)
    {
        if ((uint)index >= (uint)_nodes.Length)
        {
            ThrowNoSuchNode(index);
        }

        return index;
    }

    [DoesNotReturn]
    private void ThrowNoSuchNode(int index) =>
        throw new ArgumentOutOfRangeException(nameof(index), index, $"The graph of '{WorkflowId}' has {_nodes.Length} nodes.");
}
