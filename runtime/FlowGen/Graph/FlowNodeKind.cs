namespace FlowGen;

/// <summary>What implements a node.</summary>
public enum FlowNodeKind : byte
{
    /// <summary>A method of the workflow.</summary>
    Method,

    /// <summary>A node class.</summary>
    Class,

    /// <summary>Another workflow, whose nodes it contains.</summary>
    SubWorkflow,
}
