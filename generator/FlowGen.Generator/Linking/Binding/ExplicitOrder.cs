using FlowGen.Generator.Linking.Drafts;

namespace FlowGen.Generator.Linking.Binding;

/// <summary>What the author's own words say about order: through [After], [Needs], [From], [When], [Catch] and the like, but not through types.</summary>
internal sealed class ExplicitOrder
{
    private readonly Dictionary<Consumer, List<Consumer>> _followers = [];
    private readonly HashSet<Consumer> _later = [];
    private Consumer? _asked;
    private bool? _hasCycle;

    public ExplicitOrder(WorkflowDraft draft)
    {
        foreach (NodeDraft node in draft.Steps)
        {
            foreach (NodeDraft other in Predecessors(node))
            {
                Add(other, node);
            }

            foreach (CheckDraft check in node.Policies.Checks)
            {
                Add(check, node);
            }

            foreach (ConditionDraft condition in node.Conditions)
            {
                Add(condition.Decider, node);
            }
        }

        // Compensations and handlers of the workflow come when everything has ended; nothing follows them.
        foreach (ParameterDraft parameter in draft.Consumers.SelectMany(c => c.Parameters).Where(p => p.IsExplicit))
        {
            foreach (ScopeValue source in parameter.Sources)
            {
                if (source.Producer is { } producer)
                {
                    Add(producer, parameter.Owner);
                }
            }
        }
    }

    /// <summary>Whether some consumer is declared to run after itself.</summary>
    public bool HasCycle => _hasCycle ??= FindCycle();

    /// <summary>Whether <paramref name="node"/> is declared to run after <paramref name="consumer"/>.</summary>
    public bool IsLater(NodeDraft node, Consumer consumer)
    {
        if (!_followers.ContainsKey(consumer))
        {
            return false;
        }

        if (_asked != consumer)
        {
            // Questions come in series about one consumer. What follows all of them together would be large.
            _asked = consumer;
            _later.Clear();
            CollectFollowers(consumer);
        }

        return _later.Contains(node);
    }

    /// <summary>Naming a node means it or its handlers, except where only the node itself counts.</summary>
    private static IEnumerable<NodeDraft> Predecessors(NodeDraft node)
        => node.After.Concat(node.Needs).Concat(node.NeedsAny.SelectMany(g => g)).Concat(node.Joins.AfterAny.SelectMany(g => g)).SelectMany(r => r.Node.Group)
            .Concat((node.Joins.ReadyWhen?.Nodes ?? []).Concat(node.Failure.Catches).Select(r => r.Node));

    private bool FindCycle()
    {
        // What can be put in order lies on no cycle.
        Dictionary<Consumer, int> waits = [];
        foreach (Consumer follower in _followers.Values.SelectMany(f => f))
        {
            waits[follower] = waits.TryGetValue(follower, out int count) ? count + 1 : 1;
        }

        Stack<Consumer> open = new(_followers.Keys.Where(c => !waits.ContainsKey(c)));
        while (open.Count > 0)
        {
            foreach (Consumer follower in _followers.TryGetValue(open.Pop(), out List<Consumer>? direct) ? direct : [])
            {
                if (--waits[follower] == 0)
                {
                    waits.Remove(follower);
                    open.Push(follower);
                }
            }
        }

        return waits.Count > 0;
    }

    private void CollectFollowers(Consumer consumer)
    {
        Stack<Consumer> open = new([consumer]);
        while (open.Count > 0)
        {
            foreach (Consumer follower in _followers.TryGetValue(open.Pop(), out List<Consumer>? direct) ? direct : [])
            {
                if (_later.Add(follower))
                {
                    open.Push(follower);
                }
            }
        }
    }

    private void Add(Consumer from, Consumer to)
    {
        if (!_followers.TryGetValue(from, out List<Consumer>? followers))
        {
            followers = [];
            _followers.Add(from, followers);
        }

        followers.Add(to);
    }
}
