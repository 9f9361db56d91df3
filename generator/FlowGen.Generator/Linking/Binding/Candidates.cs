using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Binding;

/// <summary>
/// The values that a parameter could take at all (language.md B4, B5). Values are looked up by what they convert to, and names by their
/// text, so that binding a large workflow does not compare every parameter with every node.
/// </summary>
internal sealed class Candidates
{
    private static readonly List<ScopeValue> s_none = [];

    private readonly WorkflowDraft _draft;
    private readonly ExplicitOrder _order;
    private readonly Dictionary<string, List<ScopeValue>> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<ScopeValue>> _collections = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ILookup<string, ScopeValue>> _named = new(StringComparer.Ordinal);
    private readonly ILookup<NodeDraft?, ScopeValue> _byProducer;

    public Candidates(WorkflowDraft draft, ExplicitOrder order)
    {
        _draft = draft;
        _order = order;
        _byProducer = draft.Values.ToLookup(v => v.Producer);
        foreach (ScopeValue value in draft.Values)
        {
            TypeFacts facts = draft.Types[value.Type];
            Add(_values, facts, value);
            if (facts.Element is { } element)
            {
                Add(_collections, draft.Types[element], value);
            }
        }
    }

    public static bool Fits(WorkflowDraft draft, ParameterDraft parameter, ScopeValue value)
        => parameter.IsElement
            ? draft.Types.HasElements(value.Type, parameter.Model.Need)
            : draft.Types.Converts(value.Type, parameter.Model.Need);

    public IReadOnlyList<ScopeValue> Find(ParameterDraft parameter) => NeverBackwards(parameter, Fitting(parameter), Fitting(parameter));

    /// <summary>Those of them that have the parameter's own name.</summary>
    public IReadOnlyList<ScopeValue> FindNamed(ParameterDraft parameter)
    {
        string key = parameter.Model.Need.Key + (parameter.IsElement ? "[]" : "");
        if (!_named.TryGetValue(key, out ILookup<string, ScopeValue>? names))
        {
            names = Fitting(parameter).ToLookup(v => v.Name, StringComparer.OrdinalIgnoreCase);
            _named.Add(key, names);
        }

        return NeverBackwards(parameter, names[parameter.Model.Name], Fitting(parameter));
    }

    /// <summary>The value, and in its place those of its producer's handlers that are not declared to run later.</summary>
    public IReadOnlyList<ScopeValue> WithHandlers(ParameterDraft parameter, ScopeValue value)
        => value.Producer is not { Failure.Handlers.Count: > 0 } producer
            ? [value]
            : [value, .. producer.Group.Skip(1)
                .Where(handler => handler != parameter.Owner.Self && !_order.IsLater(handler, parameter.Owner))
                .Select(handler => Scope.OfHandler(_draft, handler, value))
                .OfType<ScopeValue>()
                .Where(v => Fits(_draft, parameter, v))];

    /// <summary>Those of them whose producer, or the node that it stands in for, the owner's own [After], [Needs] or [Compensate] names.</summary>
    public List<ScopeValue> FindByOrder(ParameterDraft parameter)
        => parameter.Owner is NodeDraft node
            ? [.. node.Named.SelectMany(n => n.Group).Distinct().SelectMany(n => _byProducer[n]).Where(v => Fits(_draft, parameter, v))]
            : [];

    /// <summary>The same if it is only one, and certainly not declared to run later.</summary>
    public ScopeValue? FindOneByOrder(ParameterDraft parameter)
        => FindByOrder(parameter) is [var only] && !_order.HasCycle ? only : null;

    /// <summary>Never backwards: unless everything is declared to run later, and a cycle is to be reported.</summary>
    private List<ScopeValue> NeverBackwards(ParameterDraft parameter, IEnumerable<ScopeValue> some, List<ScopeValue> all)
    {
        List<ScopeValue> others = [.. some.Where(IsOther)];
        List<ScopeValue> sooner = others.FindAll(IsSooner);
        return sooner.Count == others.Count ? others
            : sooner.Count > 0 || all.Exists(v => IsOther(v) && IsSooner(v)) ? sooner
            : others;

        bool IsOther(ScopeValue value)
            => value.Producer is null || (value.Producer != parameter.Owner.Self && !parameter.Owner.TakesOnlyInputs);

        bool IsSooner(ScopeValue value) => value.Producer is null || !_order.IsLater(value.Producer, parameter.Owner);
    }

    private List<ScopeValue> Fitting(ParameterDraft parameter)
        => (parameter.IsElement ? _collections : _values).TryGetValue(parameter.Model.Need.Key, out List<ScopeValue>? found) ? found : s_none;

    private static void Add(Dictionary<string, List<ScopeValue>> index, TypeFacts type, ScopeValue value)
    {
        foreach (string target in type.ConvertsTo.Append(type.Key))
        {
            if (!index.TryGetValue(target, out List<ScopeValue>? values))
            {
                index.Add(target, values = []);
            }

            values.Add(value);
        }
    }
}
