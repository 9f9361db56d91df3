using System.ComponentModel;

namespace FlowGen.CompilerServices;

/// <summary>A sub-workflow node whose workflow comes from another assembly, and that workflow's graph.</summary>
/// <param name="Node">Index of the node.</param>
/// <param name="Graph">The graph of the linked workflow.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct GraphLink(int Node, FlowGraph Graph);
