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

        if (draft.EntryModel.ReturnAttributes.FirstOrDefault(a => a.Kind == FlowAttribute.From) is { } from)
        {
            BindNamed(from, type);
            return;
        }

        List<ScopeValue> candidates = draft.Values.FindAll(v => v.Producer is not null && draft.Types.Converts(v.Type, type));
        Spot spot = draft.EntryModel.Spot;
        if (candidates.Count == 0)
        {
            draft.Issues.Add(Rule.NoResult, spot, draft.Name, type.Display);
        }
        else if (candidates.Count == 1 || AreExclusive(candidates))
        {
            draft.Result = candidates;
        }
        else if (FindLast(candidates) is { } last)
        {
            draft.Result = [last];
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
        if (from.Arguments.Count == 0)
        {
            draft.Issues.Add(Rule.FromNotANode, spot.At(from), "", draft.Name);
            return;
        }

        List<ScopeValue> sources = [];
        for (int i = 0; i < from.Arguments.Count; i++)
        {
            ScopeValue? source = ExplicitSources.Resolve(draft, owner: null, spot, from, i, type);
            if (source is null)
            {
                continue;
            }

            if (draft.Types.Converts(source.Type, type))
            {
                sources.Add(source);
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

        draft.Result = sources;
    }

    private bool AreExclusive(List<ScopeValue> values)
        => values.TrueForAll(a => values.TrueForAll(b => ReferenceEquals(a, b) || presence.AreExclusive(a, b)));

    /// <summary>The one that follows all the others by [After], [Needs] or data.</summary>
    private static ScopeValue? FindLast(List<ScopeValue> candidates)
    {
        // Whatever comes before another one is not the last. One that nothing comes after has to follow all the others.
        HashSet<NodeDraft> before = [];
        foreach (ScopeValue candidate in candidates.Where(c => !before.Contains(c.Producer!)))
        {
            AddPredecessors(candidate.Producer!, before);
        }

        List<ScopeValue> last = candidates.FindAll(c => !before.Contains(c.Producer!));
        if (last.Count == 0)
        {
            // Only in cycles, which are reported next.
            last = candidates;
        }

        return last.Find(l => FollowsAll(l, candidates));
    }

    private static bool FollowsAll(ScopeValue last, List<ScopeValue> candidates)
    {
        HashSet<NodeDraft> before = [];
        AddPredecessors(last.Producer!, before);
        return candidates.TrueForAll(other => ReferenceEquals(last, other) || before.Contains(other.Producer!));
    }

    private static void AddPredecessors(NodeDraft node, HashSet<NodeDraft> before)
    {
        Stack<NodeDraft> open = new([node]);
        while (open.Count > 0)
        {
            NodeDraft next = open.Pop();
            IEnumerable<NodeDraft> predecessors = next.After.Concat(next.Needs).Select(r => r.Node)
                .Concat(next.Parameters.SelectMany(p => p.Sources).Select(s => s.Producer).OfType<NodeDraft>());
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
