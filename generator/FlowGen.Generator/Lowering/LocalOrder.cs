using FlowGen.Generator.Model;

namespace FlowGen.Generator.Lowering;

/// <summary>Why one item of a workflow waits for another; the values of <see cref="PlanEdge.Kind"/>.</summary>
[Flags]
internal enum WaitKind
{
    Plain = 0,
    Required = 1,
    Order = 2,
}

/// <summary>A node or a predicate of one workflow, as a position in the order of execution.</summary>
internal readonly record struct LocalItem(bool IsPredicate, int Index);

/// <summary>
/// What waits for what inside one workflow, and a stable order of execution: declaration order wherever the dependencies allow it.
/// Predicates come right before the first node that asks for them.
/// </summary>
internal sealed class LocalOrder
{
    private readonly BoundWorkflow _workflow;
    private readonly Dictionary<LocalItem, WaitKind>[] _nodeWaits;
    private readonly Dictionary<LocalItem, WaitKind>[] _predicateWaits;

    public LocalOrder(BoundWorkflow workflow)
    {
        _workflow = workflow;
        _nodeWaits = new Dictionary<LocalItem, WaitKind>[workflow.Nodes.Count];
        _predicateWaits = new Dictionary<LocalItem, WaitKind>[workflow.Predicates.Count];
        for (int i = 0; i < workflow.Predicates.Count; i++)
        {
            _predicateWaits[i] = [];
            AddArguments(_predicateWaits[i], workflow.Predicates[i].Arguments);
        }

        for (int i = 0; i < workflow.Nodes.Count; i++)
        {
            _nodeWaits[i] = WaitsOf(workflow.Nodes[i]);
        }

        Items = Sort();
    }

    public IReadOnlyList<LocalItem> Items { get; }

    public IReadOnlyDictionary<LocalItem, WaitKind> Waits(LocalItem item) =>
        item.IsPredicate ? _predicateWaits[item.Index] : _nodeWaits[item.Index];

    private static Dictionary<LocalItem, WaitKind> WaitsOf(BoundNode node)
    {
        var waits = new Dictionary<LocalItem, WaitKind>();
        AddArguments(waits, node.Arguments);
        foreach (BoundCondition condition in node.Conditions)
        {
            Add(waits, new LocalItem(condition.IsPredicate, condition.Index), WaitKind.Required);
        }

        foreach (int after in node.After)
        {
            Add(waits, new LocalItem(false, after), WaitKind.Order);
        }

        foreach (int needed in node.Needs)
        {
            Add(waits, new LocalItem(false, needed), WaitKind.Required);
        }

        foreach (IndexGroup group in node.NeedsAny)
        {
            foreach (int any in group.Indices)
            {
                Add(waits, new LocalItem(false, any), WaitKind.Required | WaitKind.Order);
            }
        }

        return waits;
    }

    private static void AddArguments(Dictionary<LocalItem, WaitKind> waits, EquatableArray<BoundArgument> arguments)
    {
        foreach (BoundArgument argument in arguments)
        {
            if (argument.Value is not { } value)
            {
                continue;
            }

            foreach (BoundSource source in value.Sources)
            {
                if (source.Kind == SourceKind.Node)
                {
                    Add(waits, new LocalItem(false, source.Index), value.Strength == Strength.Required ? WaitKind.Required : WaitKind.Plain);
                }
            }
        }
    }

    private static void Add(Dictionary<LocalItem, WaitKind> waits, LocalItem item, WaitKind kind) =>
        waits[item] = waits.TryGetValue(item, out WaitKind known) ? known | kind : kind;

    private List<LocalItem> Sort()
    {
        // A predicate's rank is that of the first node that uses it, just before that node.
        int nodes = _workflow.Nodes.Count;
        int predicates = _workflow.Predicates.Count;
        var ranks = new int[nodes + predicates];
        for (int i = 0; i < nodes; i++)
        {
            ranks[i] = (2 * i) + 1;
        }

        for (int i = 0; i < predicates; i++)
        {
            ranks[nodes + i] = int.MaxValue;
        }

        for (int i = 0; i < nodes; i++)
        {
            foreach (LocalItem wait in _nodeWaits[i].Keys)
            {
                if (wait.IsPredicate)
                {
                    ranks[nodes + wait.Index] = Math.Min(ranks[nodes + wait.Index], 2 * i);
                }
            }
        }

        var successors = new List<int>[nodes + predicates];
        var open = new int[nodes + predicates];
        for (int i = 0; i < successors.Length; i++)
        {
            successors[i] = [];
        }

        for (int i = 0; i < successors.Length; i++)
        {
            foreach (LocalItem wait in Waits(ItemAt(i)).Keys)
            {
                successors[PositionOf(wait)].Add(i);
                open[i]++;
            }
        }

        var ready = new SortedSet<(int Rank, int Position)>();
        for (int i = 0; i < open.Length; i++)
        {
            if (open[i] == 0)
            {
                ready.Add((ranks[i], i));
            }
        }

        var order = new List<LocalItem>(open.Length);
        while (ready.Count > 0)
        {
            (int Rank, int Position) first = ready.Min;
            ready.Remove(first);
            order.Add(ItemAt(first.Position));
            foreach (int successor in successors[first.Position])
            {
                if (--open[successor] == 0)
                {
                    ready.Add((ranks[successor], successor));
                }
            }
        }

        return order;
    }

    private LocalItem ItemAt(int position) =>
        position < _workflow.Nodes.Count ? new LocalItem(false, position) : new LocalItem(true, position - _workflow.Nodes.Count);

    private int PositionOf(LocalItem item) => item.IsPredicate ? _workflow.Nodes.Count + item.Index : item.Index;
}
