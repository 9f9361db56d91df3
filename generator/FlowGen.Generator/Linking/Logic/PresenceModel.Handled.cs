using FlowGen.Generator.Linking.Drafts;

namespace FlowGen.Generator.Linking.Logic;

/// <summary>
/// What a handler leaves unhandled because it is skipped itself: the run fails then, and what is missing is missed by nobody. Asked only once
/// everything is bound; until then it counts as possible, which makes exclusion harder to prove and never wrong.
/// </summary>
internal sealed partial class PresenceModel
{
    private readonly Dictionary<NodeDraft, Presence> _unhandled = [];

    /// <summary>It is there in every run that does not fail.</summary>
    public bool IsCertain(Presence presence) => Counterexamples(presence).IsAlways;

    /// <summary>It is there in no run that does not fail. False also means that it cannot be proved.</summary>
    public bool IsImpossible(Presence presence)
        => Weigh(presence, (all, unhandled) => Algebra.And(all, Algebra.Not(unhandled))).IsNever;

    /// <summary>Never both in a run that does not fail.</summary>
    public bool Excludes(Presence a, Presence b) => IsImpossible(Algebra.And(a, b));

    /// <summary>Whenever the first, also the second, in every run that does not fail.</summary>
    public bool Implies(Presence a, Presence b) => IsImpossible(Algebra.And(a, Algebra.Not(b)));

    /// <summary>Whether, in runs that do not fail, at most one of the values is there, or one stands in for the other.</summary>
    public bool AreAlternatives(ScopeValue a, ScopeValue b)
        => AreExclusive(a, b) || (a.Producer is { } one && b.Producer is { } other && one != other && Excludes(Done(one), Done(other)));

    /// <summary>Whether every failure of the node that a handler is for finds that handler running.</summary>
    public bool LeavesNothing(NodeDraft node)
        => node.Failure.Handlers.TrueForAll(handler => Algebra.Implies(Fails(node, handler), ComputeOwn(handler)));

    /// <summary>One way to be missing, in words; null if it is always there or nobody knows.</summary>
    public string? Counterexample(Presence presence) => PresenceText.Counterexample(Algebra, Counterexamples(presence));

    /// <summary>False only where it is missing in a run that does not fail.</summary>
    private Presence Counterexamples(Presence presence) => Weigh(presence, Algebra.Or);

    /// <summary>With the unhandled failures of the nodes on which the presence depends.</summary>
    private Presence Weigh(Presence presence, Func<Presence, Presence, Presence> weigh)
    {
        HashSet<int> seen = [];
        while (presence.Root is { } root && FindEnd(root, seen) is { } variable)
        {
            seen.Add(variable);
            presence = weigh(presence, UnhandledOf(_draft.Find(Algebra.Variables[variable].Name)!));
        }

        return presence;
    }

    private int? FindEnd(int root, HashSet<int> seen)
    {
        foreach (int variable in Algebra.Diagram.Support(root))
        {
            if (Algebra.Variables[variable].Kind == VariableKind.Success && !seen.Contains(variable))
            {
                return variable;
            }
        }

        return null;
    }

    /// <summary>When it fails in a way that a handler would handle, and that one is skipped.</summary>
    private Presence UnhandledOf(NodeDraft node)
    {
        if (!_unhandled.TryGetValue(node, out Presence unhandled))
        {
            unhandled = node.BestEffort ? Presence.Never : node.Failure.Handlers.Aggregate(
                Presence.Never, (any, handler) => Algebra.Or(any, Algebra.And(Fails(node, handler), Algebra.Not(ComputeOwn(handler)))));
            _unhandled.Add(node, unhandled);
        }

        return unhandled;
    }
}
