using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Linking.Logic;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Binding;

/// <summary>Finds where the entry's result comes from (language.md B10; FG3012, FG3013).</summary>
internal sealed class ResultBinder(WorkflowDraft draft, PresenceModel presence)
{
    public void Bind()
    {
        if (draft.Entry.Result is not { } type)
        {
            return;
        }

        if (draft.EntryModel.ReturnAttributes.FirstOrDefault(a => a.Kind is FlowAttribute.From or FlowAttribute.FromFirst) is { } from)
        {
            BindNamed(from, type);
            return;
        }

        List<ScopeValue> candidates = draft.Values.FindAll(v => v.Producer is not null && draft.Types.Converts(v.Type, type));
        Spot spot = draft.EntryModel.Spot;
        if (candidates.Count == 0)
        {
            // A node that ends the workflow may be the only one that has a result.
            if (!draft.Steps.Any(n => n.Joins.Ends))
            {
                draft.Issues.Add(Rule.NoResult, spot, draft.Name, type.Display);
            }
        }
        else if (candidates.Count == 1 || AreExclusive(candidates))
        {
            draft.Result = Groups.Ordered(candidates);
        }
        else if (FindLast(candidates) is { } last)
        {
            draft.Result = last;
        }
        else
        {
            string names = string.Join(" or ", candidates.Select(c => $"'{c.Display}'"));
            draft.Issues.Add(Rule.AmbiguousResult, spot, candidates.Select(c => c.Producer!.Spot), type.Display, draft.Name, names);
        }
    }

    private void BindNamed(AttributeModel from, TypeRef type)
    {
        Spot spot = draft.EntryModel.Spot;
        if (ExplicitSources.IsTooFew(from))
        {
            draft.Issues.Add(Rule.RaceTooSmall, spot.At(from));
            return;
        }

        if (from.Arguments.Count == 0)
        {
            draft.Issues.Add(Rule.FromNotANode, spot.At(from), "", draft.Name);
            return;
        }

        List<IReadOnlyList<ScopeValue>> named = [];
        for (int i = 0; i < from.Arguments.Count; i++)
        {
            IReadOnlyList<ScopeValue>? values = ExplicitSources.Resolve(draft, owner: null, spot, from, i, type);
            if (values is null)
            {
                continue;
            }

            ScopeValue source = values[0];
            if (draft.Types.Converts(source.Type, type))
            {
                named.Add(values);
            }
            else if (from.Text("Member") is { } member)
            {
                draft.Issues.Add(Rule.FromMember, spot.AtNamed(from, "Member"), source.Producer!.Model.Value!.Display, member, type.Display);
            }
            else
            {
                draft.Issues.Add(Rule.FromType, spot.AtArgument(from, i), source.Display, source.Type.Display, type.Display);
            }
        }

        List<ScopeValue> sources = ExplicitSources.Together(named);
        draft.Result = from.Kind == FlowAttribute.FromFirst ? sources : Groups.Ordered(sources);
    }

    private bool AreExclusive(IReadOnlyList<ScopeValue> values)
        => values.All(a => values.All(b => ReferenceEquals(a, b) || presence.AreExclusive(a, b)));

    /// <summary>The one that follows all the others by [After], [Needs] or data, with whoever stands in for it.</summary>
    private IReadOnlyList<ScopeValue>? FindLast(List<ScopeValue> candidates)
    {
        // Whatever comes before another one is not the last. One that nothing comes after has to follow all the others.
        IReadOnlyList<ScopeValue> roots = Groups.Roots(candidates);
        HashSet<NodeDraft> before = [];
        foreach (ScopeValue candidate in roots.Where(c => !before.Contains(c.Producer!)))
        {
            AddPredecessors(candidate.Producer!, before);
        }

        List<ScopeValue> last = [.. roots.Where(c => !before.Contains(c.Producer!))];
        if (last.Count == 0)
        {
            // Only in cycles, which are reported next.
            last = [.. roots];
        }

        return last.Select(l => Groups.Of(l, candidates)).FirstOrDefault(group => FollowsAll(group, candidates));
    }

    private bool FollowsAll(IReadOnlyList<ScopeValue> group, List<ScopeValue> candidates)
    {
        HashSet<NodeDraft> before = [];
        AddPredecessors(group[0].Producer!, before);
        return candidates.TrueForAll(other => group.Contains(other) || before.Contains(other.Producer!)) && AreExclusive(group);
    }

    private static void AddPredecessors(NodeDraft node, HashSet<NodeDraft> before)
    {
        Stack<NodeDraft> open = new([node]);
        while (open.Count > 0)
        {
            NodeDraft next = open.Pop();
            IEnumerable<NodeDraft> predecessors = next.After.Concat(next.Needs).SelectMany(r => r.Node.Group)
                .Concat(next.Parameters.SelectMany(p => p.Sources).Select(s => s.Producer).OfType<NodeDraft>())
                .Concat(next.Failure.Catches.Select(r => r.Node));
            foreach (NodeDraft predecessor in predecessors)
            {
                if (before.Add(predecessor))
                {
                    open.Push(predecessor);
                }
            }
        }
    }
}
