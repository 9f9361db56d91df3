using FlowGen.Generator.Model;

namespace FlowGen.Generator.Lowering;

/// <summary>
/// Who observes whose outcome in one workflow. A failure that is only observed counts as handled if an observer runs and nobody requires
/// the value itself; otherwise the run fails after the observers have run.
/// </summary>
internal sealed class Observation
{
    private readonly List<int>[] _observers;
    private readonly bool[] _required;
    private readonly bool[] _byResult;
    private readonly bool[] _bestEffort;
    private readonly HashSet<int> _seen = [];

    public Observation(BoundWorkflow workflow)
    {
        int count = workflow.Nodes.Count;
        _observers = new List<int>[count];
        _required = new bool[count];
        _byResult = new bool[count];
        _bestEffort = workflow.Nodes.Select(node => node.BestEffort).ToArray();
        for (int i = 0; i < count; i++)
        {
            _observers[i] = [];
        }

        for (int i = 0; i < count; i++)
        {
            foreach (BoundArgument argument in workflow.Nodes[i].Arguments)
            {
                Note(argument.Value, i);
            }
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
            if (result.Strength == Strength.Outcome)
            {
                foreach (BoundSource source in result.Sources.Where(source => source.Kind == SourceKind.Node))
                {
                    _byResult[source.Index] = true;
                }
            }
        }
    }

    public bool IsObserved(int node) => _observers[node].Count > 0 || _byResult[node];

    public IEnumerable<int> ObserversOf(int node) => _observers[node];

    public bool IsRequired(int node) => _required[node];

    public bool IsObservedByResult(int node) => _byResult[node];

    /// <summary>Nodes whose last observer is the one that was just placed.</summary>
    public IEnumerable<int> DecidedAfter(int placed)
    {
        _seen.Add(placed);
        for (int node = 0; node < _observers.Length; node++)
        {
            if (_observers[node].Contains(placed) && !_bestEffort[node] && !_byResult[node] && _observers[node].All(_seen.Contains))
            {
                yield return node;
            }
        }
    }

    /// <summary>Nodes whose outcome the result takes, and whose value somebody requires all the same.</summary>
    public IEnumerable<int> DecidedAtExit()
    {
        for (int node = 0; node < _observers.Length; node++)
        {
            if (_byResult[node] && !_bestEffort[node] && _required[node])
            {
                yield return node;
            }
        }
    }

    private void Note(BoundValue? value, int consumer)
    {
        if (value is { Strength: Strength.Outcome })
        {
            foreach (BoundSource source in value.Sources.Where(source => source.Kind == SourceKind.Node))
            {
                if (!_observers[source.Index].Contains(consumer))
                {
                    _observers[source.Index].Add(consumer);
                }
            }
        }

        NoteRequired(value);
    }

    private void NoteRequired(BoundValue? value)
    {
        if (value is { Strength: Strength.Required })
        {
            foreach (BoundSource source in value.Sources.Where(source => source.Kind == SourceKind.Node))
            {
                _required[source.Index] = true;
            }
        }
    }
}
