using FlowGen.Generator.Model;

namespace FlowGen.Generator.Lowering;

/// <summary>
/// Who observes whose outcome in one workflow. A failure that is only observed counts as handled if an observer runs and nobody requires
/// the node itself - by a parameter, [Needs], [NeedsAny] or a condition -; otherwise the run fails after the observers have run. Presence
/// relies on that: it knows no other way for such a node to be missing.
/// </summary>
internal sealed class Observation
{
    private readonly List<int>[] _observers;
    private readonly bool[] _required;
    private readonly bool[] _byResult;
    private readonly bool[] _byRace;
    private readonly bool[] _bestEffort;
    private readonly List<int>[] _observed;
    private readonly int[] _unplaced;

    public Observation(BoundWorkflow workflow, Races races)
    {
        int count = workflow.Nodes.Count;
        _observers = new List<int>[count];
        _observed = new List<int>[count];
        _unplaced = new int[count];
        _required = new bool[count];
        _byResult = new bool[count];
        _byRace = new bool[count];
        _bestEffort = workflow.Nodes.Select(node => node.BestEffort).ToArray();
        for (int i = 0; i < count; i++)
        {
            _observers[i] = [];
            _observed[i] = [];
        }

        for (int i = 0; i < count; i++)
        {
            foreach (BoundArgument argument in workflow.Nodes[i].Arguments)
            {
                Note(argument.Value, i);
            }

            foreach (int required in RequiredWithoutValue(workflow.Nodes[i]))
            {
                _required[required] = true;
            }

            // A handler that is skipped for other reasons has not handled anything.
            foreach (BoundCaught caught in workflow.Nodes[i].Catch?.Nodes ?? EquatableArray<BoundCaught>.Empty)
            {
                Observe(caught.Node, i);
            }
        }

        foreach (BoundSource source in races.All.SelectMany(race => race.Sources).Where(source => source.Kind == SourceKind.Node))
        {
            _byRace[source.Index] = true;
        }

        foreach (BoundPredicate predicate in workflow.Predicates)
        {
            foreach (BoundArgument argument in predicate.Arguments)
            {
                NoteRequired(argument.Value);
            }
        }

        if (workflow.Result is { } result)
        {
            NoteRequired(result);
            if (result is { Strength: Strength.Outcome, Combination: not Combination.First })
            {
                foreach (BoundSource source in result.Sources.Where(source => source.Kind == SourceKind.Node))
                {
                    _byResult[source.Index] = true;
                }
            }
        }
    }

    public bool IsObserved(int node) => _observers[node].Count > 0 || _byResult[node] || _byRace[node];

    public IEnumerable<int> ObserversOf(int node) => _observers[node];

    public bool IsRequired(int node) => _required[node];

    /// <summary>Whoever observes it does so whatever else happens: the result, or a race.</summary>
    public bool IsObservedForCertain(int node) => _byResult[node] || _byRace[node];

    /// <summary>Nodes whose last observer is the one that was just placed.</summary>
    public IEnumerable<int> DecidedAfter(int placed)
    {
        foreach (int node in _observed[placed].OrderBy(node => node))
        {
            if (--_unplaced[node] == 0 && !_bestEffort[node] && !_byResult[node])
            {
                yield return node;
            }
        }
    }

    /// <summary>Nodes whose outcome the result or a race takes, and whose value somebody requires all the same.</summary>
    public IEnumerable<int> DecidedAtExit()
    {
        for (int node = 0; node < _observers.Length; node++)
        {
            if ((_byResult[node] || (_byRace[node] && _observers[node].Count == 0)) && !_bestEffort[node] && _required[node])
            {
                yield return node;
            }
        }
    }

    private static IEnumerable<int> RequiredWithoutValue(BoundNode node)
        => node.Needs
            .Concat(node.NeedsAny.SelectMany(group => group.Indices))
            .Concat(node.Conditions.Where(condition => !condition.IsPredicate).Select(condition => condition.Index));

    private void Note(BoundValue? value, int consumer)
    {
        if (value is { Strength: Strength.Outcome, Combination: not Combination.First })
        {
            foreach (BoundSource source in value.Sources.Where(source => source.Kind == SourceKind.Node))
            {
                Observe(source.Index, consumer);
            }
        }

        NoteRequired(value);
    }

    private void Observe(int node, int consumer)
    {
        List<int> observers = _observers[node];
        if (observers.Count == 0 || observers[observers.Count - 1] != consumer)
        {
            observers.Add(consumer);
            _observed[consumer].Add(node);
            _unplaced[node]++;
        }
    }

    private void NoteRequired(BoundValue? value)
    {
        if (value is { Strength: Strength.Required, Combination: not Combination.First })
        {
            foreach (BoundSource source in value.Sources.Where(source => source.Kind == SourceKind.Node))
            {
                _required[source.Index] = true;
            }
        }
    }
}
