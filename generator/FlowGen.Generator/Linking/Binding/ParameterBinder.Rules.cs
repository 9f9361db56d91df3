using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Linking.Drafts;

namespace FlowGen.Generator.Linking.Binding;

/// <summary>The rules by which one of several candidates, or a group of them, is chosen (language.md B6 - B9), and what is said where none does.</summary>
internal sealed partial class ParameterBinder
{
    /// <summary>B6: the one candidate, or the one exclusive group, with a member that the node's own [After], [Needs] or [Compensate] names.</summary>
    private Choice? ByOrder(ParameterDraft parameter)
    {
        IReadOnlyList<ScopeValue> candidates = CandidatesOf(parameter);
        List<ScopeValue> named = [.. candidates.Where(c => IsNamed(parameter, c))];
        if (named.Count == 0)
        {
            return null;
        }

        List<ScopeValue> group = GroupOf(named[0], candidates);
        return named.TrueForAll(group.Contains) && AreExclusive(group) ? new Choice(Groups.Ordered(group), IsByOrder: true) : null;
    }

    /// <summary>B8: producers of which at most one runs.</summary>
    private Choice? Merge(ParameterDraft parameter)
        => !NeedsName(parameter) && AreExclusive(CandidatesOf(parameter)) ? new Choice(Groups.Ordered(CandidatesOf(parameter)), IsByOrder: false) : null;

    /// <summary>B8: as many parameters of the type as candidates, and their names pair off.</summary>
    private Choice? ByPairs(ParameterDraft parameter)
    {
        if (NeedsName(parameter))
        {
            return null;
        }

        List<ParameterDraft> peers = [.. parameter.Owner.Parameters
            .Where(p => p.IsData && !p.IsExplicit && p.IsElement == parameter.IsElement && p.Model.Need.Key == parameter.Model.Need.Key)];
        IReadOnlyList<ScopeValue> candidates = CandidatesOf(parameter);
        IReadOnlyList<ScopeValue> roots = Groups.Roots(candidates);
        bool pairsOff = peers.Count == roots.Count
            && peers.TrueForAll(p => roots.Count(c => HasNameOf(p, c)) == 1);
        return pairsOff ? new Choice(Groups.Of(roots.First(c => HasNameOf(parameter, c)), candidates), IsByOrder: false) : null;
    }

    /// <summary>B7: a framework type says nothing, so the name has to.</summary>
    private void DecideByName(ParameterDraft parameter)
    {
        if (Groups.Roots([.. CandidatesOf(parameter).Where(c => HasNameOf(parameter, c))]) is [var named])
        {
            parameter.Bind(_candidates.WithHandlers(parameter, named));
            return;
        }

        _draft.Issues.Add(
            Rule.NeedsName,
            parameter.Spot,
            parameter.Model.Need.Display, parameter.Model.Name, parameter.Owner.Name, List(CandidatesOf(parameter)));
        parameter.Fail();
    }

    /// <summary>Nothing but a name could still decide; without one, says what is wrong.</summary>
    private void Report(ParameterDraft parameter)
    {
        // The latest value of a loop goes by the name of its node, or of the parameter that carries it on.
        if (CandidatesOf(parameter).Count == 0 && LatestValue.WouldFit(_draft, parameter) is { } latest)
        {
            _draft.Issues.Add(Rule.NeedsName, parameter.Spot, parameter.Model.Need.Display, parameter.Model.Name, parameter.Owner.Name, List([latest]));
            parameter.Fail();
            return;
        }

        // An element goes without a name where there is one collection. If a name decided among several, adding or deleting one of
        // them would exchange what is iterated, so there it decides nothing.
        if (CandidatesOf(parameter).Count > 0 && NeedsName(parameter) && !parameter.IsElement)
        {
            DecideByName(parameter);
            return;
        }

        if (CandidatesOf(parameter).Count == 0)
        {
            string type = parameter.IsElement ? $"IEnumerable<{parameter.Model.Need.Display}>" : parameter.Model.Need.Display;
            _draft.Issues.Add(Rule.NoValue, parameter.Spot, _draft.Name, type, parameter.Model.Name, parameter.Owner.Name);
        }
        else
        {
            _draft.Issues.Add(
                Rule.AmbiguousValue,
                parameter.Spot,
                CandidatesOf(parameter).Select(c => SpotOf(_draft, c)),
                parameter.Model.Name, parameter.Owner.Name, List(CandidatesOf(parameter)));
        }

        parameter.Fail();
    }

    /// <summary>B9: two parameters of one signature never receive the same value by type alone (FG3015).</summary>
    private void CheckSharing(Consumer consumer)
    {
        List<ParameterDraft> bound = [.. consumer.Parameters
            .Where(p => p is { IsData: true, IsExplicit: false, IsElement: false, Decision: Decision.Bound })];
        foreach (IGrouping<int, ParameterDraft> alike in bound.GroupBy(p => All(p).Min(s => s.Index)))
        {
            List<ParameterDraft> suspects = [.. alike];
            for (int i = 1; i < suspects.Count; i++)
            {
                ParameterDraft? first = suspects.Take(i).FirstOrDefault(p => HaveSameSources(p, suspects[i]));
                if (first is not null)
                {
                    _draft.Issues.Add(
                        Rule.SameValueTwice,
                        suspects[i].Spot,
                        first.Model.Name, suspects[i].Model.Name, consumer.Name, string.Join(" or ", All(first).Select(s => $"'{s.Display}'")));
                }
            }
        }
    }

    private static bool HaveSameSources(ParameterDraft a, ParameterDraft b)
        => All(a).Count == All(b).Count && All(a).All(s => All(b).Any(s.IsSameAs));

    private static IReadOnlyList<ScopeValue> All(ParameterDraft parameter) => parameter.Latest is { } latest ? [latest] : parameter.Sources;

    /// <summary>The candidates that exclude <paramref name="first"/>, directly or through others, and itself.</summary>
    private List<ScopeValue> GroupOf(ScopeValue first, IReadOnlyList<ScopeValue> candidates)
    {
        List<ScopeValue> group = [first];
        for (int i = 0; i < group.Count; i++)
        {
            // What always runs excludes nothing.
            if (group[i].Producer is { } producer && !_presence.Done(producer).IsAlways)
            {
                group.AddRange(candidates.Where(c => !group.Contains(c) && _presence.AreExclusive(group[i], c)).ToList());
            }
        }

        return group.Count == 1 ? group : [.. candidates.Where(group.Contains)];
    }

    private bool AreExclusive(IReadOnlyList<ScopeValue> values)
    {
        for (int i = 0; i < values.Count; i++)
        {
            for (int j = i + 1; j < values.Count; j++)
            {
                if (!_presence.AreExclusive(values[i], values[j]))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Named by the owner itself, or standing in for what is.</summary>
    private static bool IsNamed(ParameterDraft parameter, ScopeValue value)
        => parameter.Owner is NodeDraft node && value.Producer is { } producer && node.Names(producer);

    private static bool HasNameOf(ParameterDraft parameter, ScopeValue value)
        => string.Equals(value.Name, parameter.Model.Name, StringComparison.OrdinalIgnoreCase);

    /// <summary>With [Each] the one collection of its elements leaves no doubt.</summary>
    private bool NeedsName(ParameterDraft parameter)
        => _draft.Types[parameter.Model.Need].SaysNothing && !(parameter.IsElement && Groups.Roots(CandidatesOf(parameter)).Count == 1);

    private static string List(IEnumerable<ScopeValue> values) => string.Join(", ", values.Select(v => $"'{v.Display}'"));
}
