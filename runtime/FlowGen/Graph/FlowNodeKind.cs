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

    /// <summary>Somebody outside of the run.</summary>
    Wait,

    /// <summary>Another workflow, which is chosen while the run is going on.</summary>
    Dynamic,
}
