using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Drafts;

/// <summary>A workflow while it is being bound.</summary>
internal sealed class WorkflowDraft(WorkflowModel model)
{
    private readonly Dictionary<string, NodeDraft> _byName = new(StringComparer.Ordinal);
    private readonly List<CheckDraft> _checks = [];
    private Dictionary<string, PredicateDraft>? _predicatesByName;
    private Dictionary<string, PredicateModel>? _checkable;

    public WorkflowModel Model => model;

    /// <summary>The workflow's name in messages.</summary>
    public string Name => model.Shape.Display;

    public EntryDeclaration Entry => model.Surface.Entry!;

    public MethodModel EntryModel => model.Entries[0];

    public TypeTable Types { get; } = new(model);

    public IssueList Issues { get; } = new();

    /// <summary>Handlers of the workflow included, compensations not.</summary>
    public List<NodeDraft> Nodes { get; } = [];

    /// <summary>Those that are steps of the run.</summary>
    public IEnumerable<NodeDraft> Steps => Nodes.Where(n => n.IsStep);

    public List<NodeDraft> Compensations { get; } = [];

    /// <summary>Handlers of the workflow, the nearest type of exception first.</summary>
    public List<NodeDraft> Handlers { get; } = [];

    public IEnumerable<NodeDraft> NodesAndCompensations => Nodes.Concat(Compensations);

    public List<PredicateDraft> Predicates { get; } = [.. model.Predicates.Select((p, i) => new PredicateDraft(p, i))];

    public IReadOnlyList<CheckDraft> Checks => _checks;

    public IEnumerable<Consumer> Consumers => Nodes.Concat<Consumer>(Predicates).Concat(Compensations).Concat(_checks);

    /// <summary>The limit of the whole run.</summary>
    public TimeoutDraft? Timeout { get; set; }

    /// <summary>Everything that can be bound, inputs first.</summary>
    public List<ScopeValue> Values { get; } = [];

    /// <summary>Where the entry's result comes from; empty when it returns nothing, or when only nodes with [End] produce it.</summary>
    public IReadOnlyList<ScopeValue> Result { get; set; } = [];

    /// <summary>[return: FromFirst].</summary>
    public AttributeModel? ResultRace => EntryModel.ReturnAttributes.FirstOrDefault(a => a.Kind == FlowAttribute.FromFirst);

    /// <summary>Names that belong to a method which tries to be a node, sound or not.</summary>
    public HashSet<string> NodeNames { get; } = [.. model.Surface.NodeNames];

    public PredicateDraft? FindPredicate(string name)
    {
        _predicatesByName ??= Predicates.GroupBy(p => p.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        return _predicatesByName.TryGetValue(name, out PredicateDraft? predicate) ? predicate : null;
    }

    /// <summary>The member that a policy or a join names, if it is one that can be asked.</summary>
    public PredicateModel? FindCheckable(string name)
    {
        _checkable ??= model.Checks.GroupBy(p => p.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        return _checkable.TryGetValue(name, out PredicateModel? found) ? found : null;
    }

    public CheckDraft AddCheck(PredicateModel member, NodeDraft? node)
    {
        CheckDraft check = new(member, node, _checks.Count);
        _checks.Add(check);
        return check;
    }

    /// <summary>The step of that name. Compensations and handlers of the workflow cannot be named.</summary>
    public NodeDraft? Find(string name) => _byName.TryGetValue(name, out NodeDraft? node) ? node : null;

    public void Add(NodeDraft node)
    {
        if (node.Role == NodeRole.Compensation)
        {
            Compensations.Add(node);
            return;
        }

        Nodes.Add(node);
        if (node.IsStep)
        {
            _byName.Add(node.Name, node);
        }
        else
        {
            NodeNames.Remove(node.Name);
        }
    }
}
