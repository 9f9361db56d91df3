using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Linking.Logic;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Binding;

/// <summary>
/// Finds the sources of the parameters that name none (language.md B4 - B9). Whether several producers exclude each other depends on
/// what their own parameters are bound to, so this goes in rounds: whatever can be decided exactly is decided, all of a round at once,
/// and only where that comes to a halt (a cycle) on the weaker knowledge there is. So declaration order never matters.
/// </summary>
internal sealed class ParameterBinder(WorkflowDraft draft, PresenceModel presence)
{
    public void Bind()
    {
        List<ParameterDraft> all = [.. draft.Consumers.SelectMany(c => c.Parameters).Where(p => p.IsData)];
        ExplicitOrder order = new(draft);
        foreach (ParameterDraft parameter in all.Where(p => p.Decision == Decision.Open))
        {
            parameter.Candidates = Candidates.Find(draft, parameter, order);
            DecideAlone(parameter);
        }

        for (List<ParameterDraft> open = Open(all); open.Count > 0; open = Open(all))
        {
            if (DecideExactly(open) || DecideWeakly(open))
            {
                continue;
            }

            open.ForEach(Report);
        }

        foreach (Consumer consumer in draft.Consumers)
        {
            CheckSharing(consumer);
        }
    }

    private static List<ParameterDraft> Open(List<ParameterDraft> all) => all.FindAll(p => p.Decision == Decision.Open);

    /// <summary>What needs no knowledge of who runs when: no candidate, one, or one by name.</summary>
    private void DecideAlone(ParameterDraft parameter)
    {
        if (parameter.Candidates.Count == 0)
        {
            Report(parameter);
        }
        else if (parameter.Candidates.Count == 1 && (IsNamed(parameter, parameter.Candidates[0]) || !NeedsName(parameter)))
        {
            parameter.IsDecidedByOrder = IsNamed(parameter, parameter.Candidates[0]);
            parameter.Bind(parameter.Candidates);
        }
        else if (NeedsName(parameter) && !parameter.Candidates.Any(c => IsNamed(parameter, c)))
        {
            DecideByName(parameter);
        }
    }

    /// <summary>Decides the parameters whose candidates are all known exactly.</summary>
    private bool DecideExactly(List<ParameterDraft> open)
    {
        List<ParameterDraft> ready = open.FindAll(p => p.Candidates.All(c => c.Producer is null || presence.IsFinal(c.Producer)));
        List<(ParameterDraft Parameter, Choice? Choice)> decided = [.. ready.Select(p => (p, ByOrder(p) ?? Merge(p) ?? ByPairs(p)))];
        foreach ((ParameterDraft parameter, Choice? choice) in decided)
        {
            if (choice is not null)
            {
                Apply(parameter, choice);
            }
            else
            {
                Report(parameter);
            }
        }

        return ready.Count > 0;
    }

    /// <summary>The same where a cycle keeps candidates from being known: the strongest reason first.</summary>
    private bool DecideWeakly(List<ParameterDraft> open)
    {
        foreach (Func<ParameterDraft, Choice?> reason in new Func<ParameterDraft, Choice?>[] { Merge, ByOrder, ByPairs })
        {
            List<(ParameterDraft Parameter, Choice? Choice)> decided = [.. open.Select(p => (p, reason(p))).Where(d => d.Item2 is not null)];
            foreach ((ParameterDraft parameter, Choice? choice) in decided)
            {
                Apply(parameter, choice!);
            }

            if (decided.Count > 0)
            {
                return true;
            }
        }

        return false;
    }

    private static void Apply(ParameterDraft parameter, Choice choice)
    {
        parameter.IsDecidedByOrder = choice.IsByOrder;
        parameter.Bind(choice.Sources);
    }

    /// <summary>B6: the one candidate, or the one exclusive group, with a member that the node's own [After] or [Needs] names.</summary>
    private Choice? ByOrder(ParameterDraft parameter)
    {
        if (!parameter.Candidates.Any(c => IsNamed(parameter, c)))
        {
            return null;
        }

        List<List<ScopeValue>> named = Groups(parameter.Candidates).FindAll(g => g.Exists(v => IsNamed(parameter, v)));
        return named is [var group] && AreExclusive(group) ? new Choice(group, IsByOrder: true) : null;
    }

    /// <summary>B8: producers of which at most one runs.</summary>
    private Choice? Merge(ParameterDraft parameter)
        => !NeedsName(parameter) && AreExclusive(parameter.Candidates) ? new Choice(parameter.Candidates, IsByOrder: false) : null;

    /// <summary>B8: as many parameters of the type as candidates, and their names pair off.</summary>
    private Choice? ByPairs(ParameterDraft parameter)
    {
        if (NeedsName(parameter))
        {
            return null;
        }

        List<ParameterDraft> peers = [.. parameter.Owner.Parameters
            .Where(p => p.IsData && !p.IsExplicit && p.IsElement == parameter.IsElement && p.Model.Need.Key == parameter.Model.Need.Key)];
        bool pairsOff = peers.Count == parameter.Candidates.Count
            && peers.TrueForAll(p => parameter.Candidates.Count(c => HasNameOf(p, c)) == 1);
        return pairsOff ? new Choice([parameter.Candidates.First(c => HasNameOf(parameter, c))], IsByOrder: false) : null;
    }

    /// <summary>B7: a framework type says nothing, so the name has to.</summary>
    private void DecideByName(ParameterDraft parameter)
    {
        List<ScopeValue> named = [.. parameter.Candidates.Where(c => HasNameOf(parameter, c))];
        if (named.Count == 1)
        {
            parameter.Bind(named);
            return;
        }

        draft.Issues.Add(
            Rule.NeedsName,
            parameter.Spot,
            parameter.Model.Need.Display, parameter.Model.Name, parameter.Owner.Name, List(parameter.Candidates));
        parameter.Fail();
    }

    private void Report(ParameterDraft parameter)
    {
        if (parameter.Candidates.Count > 0 && NeedsName(parameter))
        {
            DecideByName(parameter);
            return;
        }

        if (parameter.Candidates.Count == 0)
        {
            string type = parameter.IsElement ? $"IEnumerable<{parameter.Model.Need.Display}>" : parameter.Model.Need.Display;
            draft.Issues.Add(Rule.NoValue, parameter.Spot, draft.Name, type, parameter.Model.Name, parameter.Owner.Name);
        }
        else
        {
            draft.Issues.Add(
                Rule.AmbiguousValue,
                parameter.Spot,
                parameter.Candidates.Select(c => SpotOf(draft, c)),
                parameter.Model.Name, parameter.Owner.Name, List(parameter.Candidates));
        }

        parameter.Fail();
    }

    /// <summary>B9: two parameters of one signature never receive the same value by type alone (FG3015).</summary>
    private void CheckSharing(Consumer consumer)
    {
        List<ParameterDraft> bound = [.. consumer.Parameters
            .Where(p => p is { IsData: true, IsExplicit: false, IsElement: false, Decision: Decision.Bound })];
        for (int i = 0; i < bound.Count; i++)
        {
            ParameterDraft? first = bound.Take(i).FirstOrDefault(p => HaveSameSources(p, bound[i]));
            if (first is not null)
            {
                draft.Issues.Add(
                    Rule.SameValueTwice,
                    bound[i].Spot,
                    first.Model.Name, bound[i].Model.Name, consumer.Name, string.Join(" or ", first.Sources.Select(s => $"'{s.Display}'")));
            }
        }
    }

    private static bool HaveSameSources(ParameterDraft a, ParameterDraft b)
        => a.Sources.Count == b.Sources.Count && a.Sources.All(s => b.Sources.Any(s.IsSameAs));

    /// <summary>Candidates that exclude each other, directly or through others.</summary>
    private List<List<ScopeValue>> Groups(IReadOnlyList<ScopeValue> candidates)
    {
        List<List<ScopeValue>> groups = [];
        foreach (ScopeValue candidate in candidates)
        {
            List<List<ScopeValue>> joined = groups.FindAll(g => g.Exists(v => presence.AreExclusive(v, candidate)));
            groups.RemoveAll(joined.Contains);
            groups.Add([.. joined.SelectMany(g => g), candidate]);
        }

        return groups;
    }

    private bool AreExclusive(IReadOnlyList<ScopeValue> values)
    {
        for (int i = 0; i < values.Count; i++)
        {
            for (int j = i + 1; j < values.Count; j++)
            {
                if (!presence.AreExclusive(values[i], values[j]))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool IsNamed(ParameterDraft parameter, ScopeValue value)
        => parameter.Owner is NodeDraft node && value.Producer is { } producer && node.Names(producer);

    private static bool HasNameOf(ParameterDraft parameter, ScopeValue value)
        => string.Equals(value.Name, parameter.Model.Name, StringComparison.OrdinalIgnoreCase);

    /// <summary>With [Each] the one collection of its elements leaves no doubt; among several the name decides.</summary>
    private bool NeedsName(ParameterDraft parameter)
        => draft.Types[parameter.Model.Need].SaysNothing && !(parameter.IsElement && parameter.Candidates.Count == 1);

    private static string List(IEnumerable<ScopeValue> values) => string.Join(", ", values.Select(v => $"'{v.Display}'"));

    /// <summary>Where a value is declared.</summary>
    public static Spot SpotOf(WorkflowDraft draft, ScopeValue value)
        => value.Producer is { } producer ? producer.Spot : draft.EntryModel.Spot.InParameter(InputParameter(draft, value.Index));

    /// <summary>Index among all parameters of the entry of its input <paramref name="input"/>.</summary>
    public static int InputParameter(WorkflowDraft draft, int input)
    {
        EquatableArray<ParameterModel> parameters = draft.EntryModel.Parameters;
        for (int i = 0; i < parameters.Count; i++)
        {
            if (parameters[i].Role == ParameterRole.Data && input-- == 0)
            {
                return i;
            }
        }

        return -1;
    }

    private sealed record Choice(IReadOnlyList<ScopeValue> Sources, bool IsByOrder);
}
