namespace Behaviour.Randomly;

/// <summary>Makes random workflows that FlowGen accepts: the same seed, the same workflow.</summary>
internal sealed class RandomFlowMaker(int seed)
{
    public const int Bits = 4;

    private readonly Random _random = new(seed);
    private readonly List<RandomFlow> _reusable = [];
    private readonly bool _synchronous = seed % 5 == 0;
    private int _flows;

    public RandomFlow Make(int depth = 0)
    {
        string name = $"Flow{_flows++}";
        int count = _random.Next(2, depth == 0 ? 11 : 6);
        List<RandomNode> nodes = [];

        // What a child returns is always there: a node without conditions that cannot be skipped.
        int result = depth > 0 && Chance(0.7) ? 0 : -1;
        for (int i = 0; i < count; i++)
        {
            nodes.Add(i == result ? Certain(i) : MakeNode(i, nodes, depth));
        }

        RandomFlow flow = new(name, KeepOutcomesPure(nodes, result), result, Chance(0.12) ? _random.Next(1, 4) : 0, _synchronous);
        if (depth > 0 && result < 0)
        {
            _reusable.Add(flow);
        }

        return flow;
    }

    /// <summary>
    /// Where a failure is observed by some and merely depended on by others, or tolerated and observed, the specification leaves room; here
    /// all who name a node whose outcome is observed observe it, and it is neither best effort nor the result.
    /// </summary>
    private static List<RandomNode> KeepOutcomesPure(List<RandomNode> nodes, int result)
    {
        nodes = [.. nodes.Select(n => n with { Parameters = [.. n.Parameters.Where(p => p.Strength != RandomStrength.Outcome || (!nodes[p.Source].BestEffort && p.Source != result))] })];
        HashSet<int> observed =
        [
            .. nodes.SelectMany(n => n.Parameters).Where(p => p.Strength == RandomStrength.Outcome).Select(p => p.Source),
        ];
        return
        [
            .. nodes.Select(n => n with
            {
                Parameters = [.. n.Parameters.Select(p => observed.Contains(p.Source) ? p with { Strength = RandomStrength.Outcome } : p)],
                After = [.. n.After.Where(a => !observed.Contains(a))],
                Needs = [.. n.Needs.Where(a => !observed.Contains(a))],
                NeedsAny = [.. n.NeedsAny.Where(a => !observed.Contains(a))],
            }),
        ];
    }

    private RandomNode Certain(int index)
        => new(index, _synchronous ? RandomKind.Value : RandomKind.Async, YieldsBool: false, Child: null, [], [], [], [], [], BestEffort: false, OnPool: false);

    private RandomNode MakeNode(int index, List<RandomNode> earlier, int depth)
    {
        RandomKind kind = Synchronously((RandomKind)_random.Next(0, depth < 2 ? 6 : 5));
        RandomFlow? child = kind == RandomKind.Child ? Reuse() ?? Make(depth + 1) : null;
        bool yieldsBool = kind is RandomKind.Value or RandomKind.Async && Chance(0.25);
        return new RandomNode(
            index,
            kind,
            yieldsBool,
            child,
            child is null ? Parameters(earlier) : [],
            Conditions(earlier),
            Some(earlier, 0.25, 2),
            Some(earlier, 0.15, 2),
            Some(earlier, 0.15, 3),
            BestEffort: Chance(0.2),
            OnPool: !_synchronous && kind is RandomKind.Value or RandomKind.Async or RandomKind.Void && Chance(0.03));
    }

    /// <summary>A child without a result may stand in several places; one with a result would make its type ambiguous.</summary>
    private RandomFlow? Reuse() => _reusable.Count > 0 && Chance(0.3) ? _reusable[_random.Next(_reusable.Count)] : null;

    private RandomKind Synchronously(RandomKind kind) => (_synchronous, kind) switch
    {
        (true, RandomKind.Async) => RandomKind.Value,
        (true, RandomKind.VoidAsync) => RandomKind.Void,
        _ => kind,
    };

    private List<RandomParameter> Parameters(List<RandomNode> earlier)
        => [.. earlier.Where(n => n.HasValue && !n.YieldsBool && Chance(0.35)).Take(4).Select(n => new RandomParameter(n.Index, Strength()))];

    private RandomStrength Strength() => _random.Next(10) switch
    {
        < 5 => RandomStrength.Required,
        < 7 => RandomStrength.Nullable,
        < 8 => RandomStrength.Optional,
        _ => RandomStrength.Outcome,
    };

    private List<RandomCondition> Conditions(List<RandomNode> earlier)
    {
        List<RandomCondition> conditions = [];
        if (Chance(0.25))
        {
            conditions.Add(new RandomCondition(-1, _random.Next(Bits), Chance(0.5)));
        }

        RandomNode[] deciders = [.. earlier.Where(n => n.YieldsBool)];
        if (deciders.Length > 0 && Chance(0.4))
        {
            conditions.Add(new RandomCondition(deciders[_random.Next(deciders.Length)].Index, 0, Chance(0.5)));
        }

        return conditions;
    }

    private List<int> Some(List<RandomNode> earlier, double chance, int most)
        => Chance(chance) ? [.. earlier.OrderBy(_ => _random.Next()).Take(_random.Next(1, most + 1)).Select(n => n.Index)] : [];

    private bool Chance(double chance) => _random.NextDouble() < chance;
}
