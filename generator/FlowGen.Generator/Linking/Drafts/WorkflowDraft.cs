using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Drafts;

/// <summary>A workflow while it is being bound.</summary>
internal sealed class WorkflowDraft(WorkflowModel model)
{
    private readonly Dictionary<string, NodeDraft> _byName = new(StringComparer.Ordinal);
    private Dictionary<string, PredicateDraft>? _predicatesByName;

    public WorkflowModel Model => model;

    /// <summary>The workflow's name in messages.</summary>
    public string Name => model.Shape.Display;

    public EntryDeclaration Entry => model.Surface.Entry!;

    public MethodModel EntryModel => model.Entries[0];

    public TypeTable Types { get; } = new(model);

    public IssueList Issues { get; } = new();

    public List<NodeDraft> Nodes { get; } = [];

    public List<PredicateDraft> Predicates { get; } = [.. model.Predicates.Select((p, i) => new PredicateDraft(p, i))];

    public IEnumerable<Consumer> Consumers => Nodes.Concat<Consumer>(Predicates);

    /// <summary>Everything that can be bound, inputs first.</summary>
    public List<ScopeValue> Values { get; } = [];

    /// <summary>Where the entry's result comes from; empty when it returns nothing.</summary>
    public IReadOnlyList<ScopeValue> Result { get; set; } = [];

    /// <summary>Names that belong to a method which tries to be a node, sound or not.</summary>
    public HashSet<string> NodeNames { get; } = [.. model.Surface.NodeNames];

    public PredicateDraft? FindPredicate(string name)
    {
        _predicatesByName ??= Predicates.GroupBy(p => p.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        return _predicatesByName.TryGetValue(name, out PredicateDraft? predicate) ? predicate : null;
    }

    public NodeDraft? Find(string name) => _byName.TryGetValue(name, out NodeDraft? node) ? node : null;

    public void Add(NodeDraft node)
    {
        Nodes.Add(node);
        _byName.Add(node.Name, node);
    }
}
