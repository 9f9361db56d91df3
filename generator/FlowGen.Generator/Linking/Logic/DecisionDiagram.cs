namespace FlowGen.Generator.Linking.Logic;

/// <summary>
/// Functions from the outcomes of a few variables to true or false, as reduced ordered decision diagrams: two functions are equal
/// exactly if they are the same node, so "never", "always" and "never both" are comparisons.
/// </summary>
/// <param name="outcomes">How many outcomes each variable has; variables are asked in this order.</param>
internal sealed class DecisionDiagram(IReadOnlyList<int> outcomes)
{
    public const int Never = 0;
    public const int Always = 1;

    private readonly List<(int Variable, int[] Branches)> _nodes = [(int.MaxValue, []), (int.MaxValue, [])];
    private readonly Dictionary<string, int> _unique = new(StringComparer.Ordinal);
    private readonly Dictionary<(bool IsAnd, int A, int B), int> _applied = [];
    private readonly Dictionary<int, int> _opposites = [];
    private readonly Dictionary<int, SortedSet<int>> _supports = [];

    /// <summary>True for the outcomes of <paramref name="variable"/> that <paramref name="allowed"/> says.</summary>
    public int Atom(int variable, Func<int, bool> allowed)
    {
        int[] branches = new int[outcomes[variable]];
        for (int i = 0; i < branches.Length; i++)
        {
            branches[i] = allowed(i) ? Always : Never;
        }

        return Node(variable, branches);
    }

    public int And(int a, int b) => Apply(isAnd: true, a, b);

    public int Or(int a, int b) => Apply(isAnd: false, a, b);

    public int Not(int a)
    {
        if (a <= Always)
        {
            return a == Always ? Never : Always;
        }

        if (!_opposites.TryGetValue(a, out int opposite))
        {
            (int variable, int[] branches) = _nodes[a];
            opposite = Node(variable, [.. branches.Select(Not)]);
            _opposites.Add(a, opposite);
        }

        return opposite;
    }

    /// <summary>The variable that decides first, and where each of its outcomes leads.</summary>
    public (int Variable, IReadOnlyList<int> Branches) this[int node] => _nodes[node];

    /// <summary>The variables that make a difference.</summary>
    public SortedSet<int> Support(int node)
    {
        if (_supports.TryGetValue(node, out SortedSet<int>? support))
        {
            return support;
        }

        support = [];
        if (node > Always)
        {
            support.Add(_nodes[node].Variable);
            foreach (int branch in _nodes[node].Branches)
            {
                support.UnionWith(Support(branch));
            }
        }

        _supports.Add(node, support);
        return support;
    }

    private int Apply(bool isAnd, int a, int b)
    {
        (int neutral, int absorbing) = isAnd ? (Always, Never) : (Never, Always);
        if (a == absorbing || b == absorbing)
        {
            return absorbing;
        }

        if (a == neutral || a == b)
        {
            return b;
        }

        if (b == neutral)
        {
            return a;
        }

        (bool, int, int) key = (isAnd, Math.Min(a, b), Math.Max(a, b));
        if (_applied.TryGetValue(key, out int known))
        {
            return known;
        }

        int variable = Math.Min(_nodes[a].Variable, _nodes[b].Variable);
        int[] branches = new int[outcomes[variable]];
        for (int i = 0; i < branches.Length; i++)
        {
            branches[i] = Apply(isAnd, Branch(a, variable, i), Branch(b, variable, i));
        }

        int result = Node(variable, branches);
        _applied.Add(key, result);
        return result;
    }

    private int Branch(int node, int variable, int outcome) => _nodes[node].Variable == variable ? _nodes[node].Branches[outcome] : node;

    private int Node(int variable, int[] branches)
    {
        if (branches.Length > 0 && Array.TrueForAll(branches, b => b == branches[0]))
        {
            return branches[0];
        }

        string key = variable + ":" + string.Join(",", branches);
        if (!_unique.TryGetValue(key, out int node))
        {
            node = _nodes.Count;
            _nodes.Add((variable, branches));
            _unique.Add(key, node);
        }

        return node;
    }
}
