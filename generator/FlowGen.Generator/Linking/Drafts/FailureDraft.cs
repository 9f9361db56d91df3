using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Drafts;

/// <summary>What a node has to do with failures: its own, or those of others.</summary>
internal sealed class FailureDraft
{
    /// <summary>Of a handler: the nodes that it handles.</summary>
    public List<Reference> Catches { get; } = [];

    /// <summary>Of a handler: what it handles; null for everything.</summary>
    public TypeRef? Exception { get; set; }

    /// <summary>Those that handle its failure, the nearest type first.</summary>
    public List<NodeDraft> Handlers { get; } = [];

    /// <summary>Of a compensation: the node that it undoes.</summary>
    public Reference? Undoes { get; set; }

    /// <summary>What undoes it.</summary>
    public NodeDraft? Compensation { get; set; }

    /// <summary>Identity of what a handler handles.</summary>
    public string Key => Exception?.Key ?? "";
}
