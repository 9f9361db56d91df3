using FlowGen.Generator.Linking.Drafts;

namespace FlowGen.Generator.Linking.Logic;

/// <summary>
/// When each node starts and when its value is there (language.md 4.1). While parameters are still being bound, open ones count as
/// always there: that makes presence larger than it is and exclusion harder to prove, never wrong.
/// </summary>
internal sealed class PresenceModel
{
    private readonly VariableTable _variables;
    private readonly Dictionary<NodeDraft, Presence> _starts = [];
    private readonly Dictionary<NodeDraft, ParameterDraft> _obstacles = [];

    public PresenceModel(WorkflowDraft draft)
    {
        _variables = new VariableTable(draft);
        Algebra = new PresenceAlgebra(_variables.All);
    }

    public PresenceAlgebra Algebra { get; }

    /// <summary>Everything that decides when <paramref name="node"/> starts is bound, so its presence is exact and will not change.</summary>
    public bool IsFinal(NodeDraft node) => IsFinal(node, out _);

    /// <inheritdoc cref="IsFinal(NodeDraft)"/>
    /// <param name="node">Whose presence.</param>
    /// <param name="obstacle">If it is not final, an open parameter that has to be decided first; null for a cycle, which is reported later.</param>
    public bool IsFinal(NodeDraft node, out ParameterDraft? obstacle)
    {
        obstacle = null;
        return _starts.ContainsKey(node) || TryFinish(node, out obstacle);
    }

    /// <summary>When it starts.</summary>
    public Presence Start(NodeDraft node) => IsFinal(node) ? _starts[node] : Compute(node);

    /// <summary>When it starts and, as far as that is not the run's own failure, completes.</summary>
    public Presence Done(NodeDraft node)
    {
        Presence start = Start(node);
        return _variables.Find(VariableKind.Success, node.Name) is { } success
            ? Algebra.And(start, Algebra.Atom(success, outcome => outcome == VariableTable.Yes.Text))
            : start;
    }

    /// <summary>When at least one of the values is there. Null is a question of its own.</summary>
    public Presence AnyOf(IEnumerable<ScopeValue> sources)
        => sources.Aggregate(Presence.Never, (all, s) => Algebra.Or(all, s.Producer is null ? Presence.Always : Done(s.Producer)));

    public bool AreExclusive(ScopeValue a, ScopeValue b)
        => a.Producer is not null && b.Producer is not null && a.Producer != b.Producer
            && Algebra.Excludes(Done(a.Producer), Done(b.Producer));

    /// <summary>The condition alone: its source is there and has one of the values.</summary>
    public Presence Of(ConditionDraft condition)
    {
        HashSet<string> values = new(condition.Values.Select(v => v.Text ?? ""), StringComparer.Ordinal);
        int variable = _variables.Find(VariableKind.Value, condition.Source)!.Value;
        Presence holds = Algebra.Atom(variable, outcome => values.Contains(outcome) != condition.IsNegated);
        return _variables.Find(VariableKind.Null, condition.Source) is { } isNull
            ? Algebra.And(holds, Algebra.Atom(isNull, outcome => outcome == VariableTable.No.Text))
            : holds;
    }

    /// <summary>What the deciding value of <paramref name="condition"/> can be.</summary>
    public Variable ValueOf(ConditionDraft condition) => _variables.All[_variables.Find(VariableKind.Value, condition.Source)!.Value];

    /// <summary>From the node back to those that are final, without recursion: a chain may be as long as it likes.</summary>
    private bool TryFinish(NodeDraft node, out ParameterDraft? obstacle)
    {
        HashSet<NodeDraft> path = [node];
        Stack<(NodeDraft Node, IEnumerator<NodeDraft> Predecessors)> open = new();
        obstacle = ObstacleOf(node);
        if (obstacle is not null)
        {
            return false;
        }

        open.Push((node, Predecessors(node).GetEnumerator()));
        while (open.Count > 0)
        {
            (NodeDraft current, IEnumerator<NodeDraft> predecessors) = open.Peek();
            if (!predecessors.MoveNext())
            {
                open.Pop();
                path.Remove(current);
                _starts[current] = Compute(current);
                continue;
            }

            NodeDraft next = predecessors.Current;
            if (_starts.ContainsKey(next))
            {
                continue;
            }

            // Met before on the way: a cycle, which is never final.
            if (!path.Add(next))
            {
                return false;
            }

            obstacle = ObstacleOf(next);
            if (obstacle is not null)
            {
                foreach ((NodeDraft blocked, _) in open)
                {
                    _obstacles[blocked] = obstacle;
                }

                return false;
            }

            open.Push((next, Predecessors(next).GetEnumerator()));
        }

        return true;
    }

    private ParameterDraft? ObstacleOf(NodeDraft node)
        => _obstacles.TryGetValue(node, out ParameterDraft? known) && known.Decision == Decision.Open
            ? known
            : Deciding(node).FirstOrDefault(p => p.Decision == Decision.Open);

    private Presence Compute(NodeDraft node)
    {
        Presence start = Presence.Always;
        foreach (ConditionDraft condition in node.Conditions)
        {
            start = Algebra.And(start, Of(condition));
            if (condition.Node is { } decider)
            {
                start = Algebra.And(start, KnownDone(decider));
            }
        }

        foreach (ParameterDraft parameter in Deciding(node).Where(p => p.Decision == Decision.Bound))
        {
            start = Algebra.And(start, Any(parameter.Sources.Select(s => s.Producer)));
        }

        foreach (Reference need in node.Needs)
        {
            start = Algebra.And(start, KnownDone(need.Node));
        }

        foreach (IReadOnlyList<Reference> group in node.NeedsAny)
        {
            start = Algebra.And(start, Any(group.Select(r => r.Node)));
        }

        return start;
    }

    private Presence Any(IEnumerable<NodeDraft?> producers)
        => producers.Aggregate(Presence.Never, (all, p) => Algebra.Or(all, p is null ? Presence.Always : KnownDone(p)));

    /// <summary>Exact, or "always" while it is not: never a partial answer that would depend on who asked first.</summary>
    private Presence KnownDone(NodeDraft node) => _starts.ContainsKey(node) ? Done(node) : Presence.Always;

    /// <summary>The parameters that it cannot start without: its own, and those of the predicates that decide about it.</summary>
    private static IEnumerable<ParameterDraft> Deciding(NodeDraft node)
        => node.Conditions.Select(c => c.Predicate).OfType<PredicateDraft>().SelectMany(p => p.Parameters)
            .Concat(node.Parameters)
            .Where(p => p.IsData && p.IsRequired);

    private static IEnumerable<NodeDraft> Predecessors(NodeDraft node)
        => Deciding(node).SelectMany(p => p.Sources).Select(s => s.Producer).OfType<NodeDraft>()
            .Concat(node.Conditions.Select(c => c.Node).OfType<NodeDraft>())
            .Concat(node.Needs.Select(r => r.Node))
            .Concat(node.NeedsAny.SelectMany(g => g).Select(r => r.Node));
}
