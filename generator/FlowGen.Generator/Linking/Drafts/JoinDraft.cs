using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Drafts;

/// <summary>What decides the start of a node besides what it requires, and what its completion does to others.</summary>
internal sealed class JoinDraft
{
    public List<IReadOnlyList<Reference>> AfterAny { get; } = [];

    /// <summary>The rule of its [ReadyWhen], and the nodes whose states it is given, in order.</summary>
    public RuleDraft? ReadyWhen { get; set; }

    public List<Reference> Cancels { get; } = [];

    public bool KeepsFinished { get; set; }

    /// <summary>[End].</summary>
    public bool Ends { get; set; }

    /// <summary>Why it may end without a value although it runs: races in which it may lose, and nodes that withdraw it.</summary>
    public HashSet<object> Withdrawers { get; } = [];
}

/// <summary>[ReadyWhen].</summary>
internal sealed record RuleDraft(AttributeModel Attribute, PredicateModel Rule, IReadOnlyList<Reference> Nodes, bool CancelsRest);
