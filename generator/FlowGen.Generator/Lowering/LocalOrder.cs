using FlowGen.Generator.Model;

namespace FlowGen.Generator.Lowering;

/// <summary>Why one item of a workflow waits for another; the values of <see cref="PlanEdge.Kind"/>.</summary>
[Flags]
internal enum WaitKind
{
    Plain = 0,
    Required = 1,
    Order = 2,

    /// <summary>One of several, of which one is enough.</summary>
    Any = 4,
}

internal enum LocalKind
{
    Node,
    Predicate,
    Race,
}

/// <summary>A node, a predicate or a race of one workflow, as a position in the order of execution.</summary>
internal readonly record struct LocalItem(LocalKind Kind, int Index);

/// <summary>
/// What waits for what inside one workflow, and a stable order of execution: declaration order wherever the dependencies allow it.
/// Predicates and races come right before the first node that asks for them.
/// </summary>
internal sealed class LocalOrder
{
    private readonly BoundWorkflow _workflow;
    private readonly Handlers _handlers;
    private readonly Dictionary<LocalItem, WaitKind>[] _nodeWaits;
    private readonly Dictionary<LocalItem, WaitKind>[] _predicateWaits;
    private readonly Dictionary<LocalItem, WaitKind>[] _raceWaits;

    public LocalOrder(BoundWorkflow workflow, Handlers handlers, Races races)
    {
        _workflow = workflow;
        _handlers = handlers;
        Races = races;
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

        _raceWaits = [.. races.All.Select(race => race.Sources.ToDictionary(
            source => new LocalItem(LocalKind.Node, source.Index), _ => WaitKind.Any))];
        Items = Sort();
    }

    public Races Races { get; }

    public IReadOnlyList<LocalItem> Items { get; }

    public IReadOnlyDictionary<LocalItem, WaitKind> Waits(LocalItem item) => item.Kind switch
    {
        LocalKind.Node => _nodeWaits[item.Index],
        LocalKind.Predicate => _predicateWaits[item.Index],
        _ => _raceWaits[item.Index],
    };

    private Dictionary<LocalItem, WaitKind> WaitsOf(BoundNode node)
    {
        var waits = new Dictionary<LocalItem, WaitKind>();
        foreach (int any in _handlers.AllAround(node.Joins.AfterAny.SelectMany(group => group.Indices).Concat(node.Joins.ReadyWhen?.Nodes ?? EquatableArray<int>.Empty)))
        {
            Add(waits, any, WaitKind.Any);
        }

        AddArguments(waits, node.Arguments);
        foreach (BoundCondition condition in node.Conditions)
        {
            Add(waits, new LocalItem(condition.IsPredicate ? LocalKind.Predicate : LocalKind.Node, condition.Index), WaitKind.Required);
        }

        foreach (int after in _handlers.Around(node.After))
        {
            Add(waits, after, WaitKind.Order);
        }

        foreach (int needed in _handlers.Around(node.Needs))
        {
            Add(waits, needed, WaitKind.Required);
        }

        foreach (IndexGroup group in node.NeedsAny)
        {
            foreach (int any in _handlers.Around(group.Indices))
            {
                Add(waits, any, group.AreAlternatives ? WaitKind.Required : WaitKind.Required | WaitKind.Order);
            }
        }

        foreach (BoundCaught caught in node.Catch?.Nodes ?? EquatableArray<BoundCaught>.Empty)
        {
            Add(waits, caught.Node, node.Catch!.Nodes.Count == 1 ? WaitKind.Required : WaitKind.Required | WaitKind.Order);
        }

        return waits;
    }

    private void AddArguments(Dictionary<LocalItem, WaitKind> waits, EquatableArray<BoundArgument> arguments)
    {
        foreach (BoundArgument argument in arguments)
        {
            if (argument.Value is not { } value)
            {
                continue;
            }

            WaitKind kind = value.Strength == Strength.Required ? WaitKind.Required : WaitKind.Plain;
            if (value.Combination == Combination.First)
            {
                Add(waits, new LocalItem(LocalKind.Race, Races.IndexOf(value)), kind);
                continue;
            }

            foreach (BoundSource source in value.Sources)
            {
                if (source.Kind == SourceKind.Node)
                {
                    Add(waits, source.Index, IsOfThoseThere(waits, value, source.Index) ? WaitKind.Plain : kind);
                }
            }
        }
    }

    /// <summary>A list from nodes of a join has what is there when the join starts.</summary>
    private static bool IsOfThoseThere(Dictionary<LocalItem, WaitKind> waits, BoundValue value, int node) =>
        value.Combination == Combination.Gather && waits.TryGetValue(new LocalItem(LocalKind.Node, node), out WaitKind known) && known == WaitKind.Any;

    private static void Add(Dictionary<LocalItem, WaitKind> waits, int node, WaitKind kind) => Add(waits, new LocalItem(LocalKind.Node, node), kind);

    /// <summary>What is one of several is not waited for because its value is taken if it is there.</summary>
    private static void Add(Dictionary<LocalItem, WaitKind> waits, LocalItem item, WaitKind kind)
    {
        if (waits.TryGetValue(item, out WaitKind known))
        {
            kind = kind == WaitKind.Plain ? known : (known | kind) & ~WaitKind.Any;
        }

        waits[item] = kind;
    }

    private List<LocalItem> Sort()
    {
        // The rank of a predicate or race is that of the first node that uses it, just before that node.
        int nodes = _workflow.Nodes.Count;
        var ranks = new int[nodes + _predicateWaits.Length + _raceWaits.Length];
        for (int i = 0; i < ranks.Length; i++)
        {
            ranks[i] = i < nodes ? (2 * i) + 1 : int.MaxValue;
        }

        for (int i = 0; i < nodes; i++)
        {
            foreach (LocalItem wait in _nodeWaits[i].Keys.Where(wait => wait.Kind != LocalKind.Node))
            {
                ranks[PositionOf(wait)] = Math.Min(ranks[PositionOf(wait)], 2 * i);
            }
        }

        var successors = new List<int>[ranks.Length];
        var open = new int[ranks.Length];
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

    private LocalItem ItemAt(int position)
    {
        int predicate = position - _workflow.Nodes.Count;
        int race = predicate - _predicateWaits.Length;
        return predicate < 0 ? new LocalItem(LocalKind.Node, position)
            : race < 0 ? new LocalItem(LocalKind.Predicate, predicate)
            : new LocalItem(LocalKind.Race, race);
    }

    private int PositionOf(LocalItem item) => item.Kind switch
    {
        LocalKind.Node => item.Index,
        LocalKind.Predicate => _workflow.Nodes.Count + item.Index,
        _ => _workflow.Nodes.Count + _predicateWaits.Length + item.Index,
    };
}
