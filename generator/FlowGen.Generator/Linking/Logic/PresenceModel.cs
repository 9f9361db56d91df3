using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Logic;

/// <summary>
/// When each node starts and when its value is there (language.md 4.1). While parameters are still being bound, open ones count as
/// always there: that makes presence larger than it is and exclusion harder to prove, never wrong. Only runs that do not fail count: a
/// failure that nobody handles is no outcome.
/// </summary>
internal sealed partial class PresenceModel
{
    private readonly VariableTable _variables;
    private readonly Dictionary<NodeDraft, Presence> _starts = [];
    private readonly Dictionary<NodeDraft, ParameterDraft> _obstacles = [];

    private readonly WorkflowDraft _draft;

    public PresenceModel(WorkflowDraft draft)
    {
        _draft = draft;
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

    /// <summary>
    /// When others find its value: it starts, completes as far as that is not the run's own failure, and nobody withdraws it. After a node
    /// that ends the workflow there are no others.
    /// </summary>
    public Presence Done(NodeDraft node) => node.Joins.Ends ? Presence.Never : Stays(node, Completes(node));

    /// <summary>When it starts and, as far as that is not the run's own failure and nobody withdraws it, completes.</summary>
    public Presence Ends(NodeDraft node) => Stays(node, Completes(node));

    /// <summary>When at least one of the values is there. Null is a question of its own.</summary>
    public Presence AnyOf(IEnumerable<ScopeValue> sources)
        => sources.Aggregate(Presence.Never, (all, s) => Algebra.Or(all, s.Producer is null ? Presence.Always : Done(s.Producer)));

    /// <summary>The same of a parameter's sources, however they are combined.</summary>
    public Presence AnyOf(ParameterDraft parameter)
        => parameter.Combination == Combination.First ? Race(parameter.Sources, parameter) : AnyOf(parameter.Sources);

    /// <summary>
    /// When a race has a winner: when somebody starts. A contestant that fails drops out, and if all do the run fails; one that loses did so
    /// because another one won.
    /// </summary>
    public Presence Race(IEnumerable<ScopeValue> sources, object race)
        => sources.Aggregate(Presence.Never, (all, s) => Algebra.Or(all, Contends(s.Producer!, race)));

    public bool AreExclusive(ScopeValue a, ScopeValue b)
        => a.Producer is not null && b.Producer is not null && a.Producer != b.Producer
            && (a.Producer.StandsInFor(b.Producer) || b.Producer.StandsInFor(a.Producer) || Algebra.Excludes(Done(a.Producer), Done(b.Producer)));

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
        Presence start = ComputeOwn(node);
        return node.Failure.Catches.Count == 0 ? start : Algebra.And(start, node.Failure.Catches.Aggregate(
            Presence.Never, (any, caught) => Algebra.Or(any, _starts.ContainsKey(caught.Node) ? Fails(caught.Node, node) : Presence.Always)));
    }

    /// <summary>Without the failure that a handler waits for.</summary>
    private Presence ComputeOwn(NodeDraft node)
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

        foreach (ParameterDraft parameter in Deciding(node).Where(p => p is { Decision: Decision.Bound, Latest: null }))
        {
            start = Algebra.And(start, Known(parameter));
        }

        foreach (Reference need in node.Needs)
        {
            start = Algebra.And(start, Any(need.Node.Group));
        }

        foreach (IReadOnlyList<Reference> group in node.NeedsAny)
        {
            start = Algebra.And(start, Any(group.SelectMany(r => r.Node.Group)));
        }

        return _variables.Find(VariableKind.Rule, node.Name) is { } rule
            ? Algebra.And(start, Algebra.Atom(rule, outcome => outcome == VariableTable.Yes.Text))
            : start;
    }

    /// <summary>When it starts and fails in a way that <paramref name="handler"/> handles.</summary>
    private Presence Fails(NodeDraft node, NodeDraft handler)
        => Stays(node, Algebra.And(
            Start(node),
            Algebra.Atom(_variables.Find(VariableKind.Success, node.Name)!.Value, outcome => outcome == VariableTable.FailureFor(handler))));

    private Presence Completes(NodeDraft node)
        => _variables.Find(VariableKind.Success, node.Name) is { } success
            ? Algebra.And(Start(node), Algebra.Atom(success, outcome => outcome == VariableTable.Yes.Text))
            : Start(node);

    private Presence Stays(NodeDraft node, Presence presence)
        => _variables.Find(VariableKind.Withdrawn, node.Name) is { } withdrawn
            ? Algebra.And(presence, Algebra.Atom(withdrawn, outcome => outcome == VariableTable.No.Text))
            : presence;

    private Presence Contends(NodeDraft node, object race)
        => node.Joins.Withdrawers.Any(w => w != race) ? Done(node) : node.Joins.Ends ? Presence.Never : Completes(node);

    private Presence Known(ParameterDraft parameter)
    {
        IEnumerable<NodeDraft?> producers = parameter.Sources.Select(s => s.Producer);
        return parameter.Combination == Combination.First
            ? producers.Aggregate(Presence.Never, (all, p) => Algebra.Or(all, _starts.ContainsKey(p!) ? Contends(p!, parameter) : Presence.Always))
            : Any(producers);
    }

    private Presence Any(IEnumerable<NodeDraft?> producers)
        => producers.Aggregate(Presence.Never, (all, p) => Algebra.Or(all, p is null ? Presence.Always : KnownDone(p)));

    /// <summary>Exact, or "always" while it is not: never a partial answer that would depend on who asked first.</summary>
    private Presence KnownDone(NodeDraft node) => _starts.ContainsKey(node) ? Done(node) : Presence.Always;

    /// <summary>The parameters that it cannot start without: its own, and those of the predicates and policies that decide about it.</summary>
    private static IEnumerable<ParameterDraft> Deciding(NodeDraft node)
        => node.Conditions.Select(c => c.Predicate).OfType<PredicateDraft>().SelectMany(p => p.Parameters)
            .Concat(node.Parameters)
            .Concat(node.Policies.Checks.SelectMany(c => c.Parameters))
            .Where(p => p.IsData && p.IsRequired);

    private static IEnumerable<NodeDraft> Predecessors(NodeDraft node)
        => Deciding(node).SelectMany(p => p.Sources).Select(s => s.Producer).OfType<NodeDraft>()
            .Concat(node.Conditions.Select(c => c.Node).OfType<NodeDraft>())
            .Concat(node.Needs.Concat(node.NeedsAny.SelectMany(g => g)).SelectMany(r => r.Node.Group))
            .Concat(node.Failure.Catches.Select(r => r.Node));
}
