namespace Behaviour.Randomly;

internal enum OracleState
{
    Pending,
    Waiting,
    Completed,
    Skipped,
    Failed,
}

/// <summary>
/// What the specification says that a run does: nothing but the rules of language.md 4.1 and runtime.md 2, applied until nothing changes.
/// It steps in time with the run: what is suspended there waits here.
/// </summary>
internal sealed class RandomOracle(RandomFlow flow, int bits, IReadOnlySet<string> failing, IReadOnlySet<string> suspending)
{
    private readonly Activation _root = new(flow, "", Parent: null);

    /// <summary><c>path(arguments)</c> of every node that has started.</summary>
    public List<string> Started { get; } = [];

    /// <summary>Nodes inside children that failed: what started there depends on the order within one step.</summary>
    public HashSet<string> Uncertain { get; } = new(StringComparer.Ordinal);

    /// <summary>A failure that nobody handles: the run is about to end.</summary>
    public string? Failure => _root.Failure;

    /// <summary>Paths of the leaves that are suspended.</summary>
    public IEnumerable<string> Waiting => WaitingIn(_root);

    public bool IsDone => _root.State.All(s => s is not (OracleState.Pending or OracleState.Waiting));

    /// <summary>Goes on as far as it can without what waits.</summary>
    public void Settle()
    {
        while (Failure is null && Pass(_root))
        {
        }
    }

    public void Release(string path)
    {
        (Activation activation, RandomNode node) = Find(path);
        End(activation, node);
        Settle();
    }

    /// <summary>Paths that an executed node has to start after: its predecessors, and those of skipped ones that are ordered.</summary>
    public IEnumerable<string> MustPrecede(string path)
    {
        (Activation activation, RandomNode node) = Find(path);
        return node.Predecessors.SelectMany(p => Settled(activation, p));
    }

    private static IEnumerable<string> WaitingIn(Activation activation) => activation.Failure is not null
        ? []
        : activation.Flow.Nodes.Where(n => activation.State[n.Index] == OracleState.Waiting).SelectMany(n =>
            activation.Children.TryGetValue(n.Index, out Activation? child) ? WaitingIn(child) : [$"{activation.Prefix}{n.Name}"]);

    private static IEnumerable<string> Settled(Activation activation, int index)
    {
        RandomNode node = activation.Flow.Nodes[index];
        if (activation.State[index] == OracleState.Skipped && !activation.Ran.Contains(index))
        {
            return node.After.Concat(node.NeedsAny).SelectMany(p => Settled(activation, p));
        }

        return activation.Children.TryGetValue(index, out Activation? child)
            ? child.Flow.Nodes.SelectMany(n => Settled(child, n.Index))
            : [$"{activation.Prefix}{node.Name}"];
    }

    private bool Pass(Activation activation)
    {
        bool changed = false;
        foreach (RandomNode node in activation.Flow.Nodes)
        {
            if (activation.Failure is not null || Failure is not null)
            {
                return changed;
            }

            if (activation.State[node.Index] == OracleState.Waiting && activation.Children.TryGetValue(node.Index, out Activation? child))
            {
                changed |= Pass(child) | Close(activation, node, child);
            }
            else if (activation.State[node.Index] == OracleState.Pending)
            {
                changed |= Decide(activation, node);
            }
        }

        return changed;
    }

    private bool Decide(Activation activation, RandomNode node)
    {
        bool IsSettled(int n) => activation.State[n] is not (OracleState.Pending or OracleState.Waiting);
        bool IsThere(int n) => activation.State[n] == OracleState.Completed;

        bool impossible =
            node.Parameters.Any(p => p.Strength == RandomStrength.Required && IsSettled(p.Source) && !IsThere(p.Source))
            || node.Needs.Any(n => IsSettled(n) && !IsThere(n))
            || (node.NeedsAny.Count > 0 && node.NeedsAny.All(n => IsSettled(n) && !IsThere(n)))
            || node.Conditions.Any(c => c.Node < 0
                ? ((bits >> c.Bit & 1) == 1) == c.Negated
                : IsSettled(c.Node) && (!IsThere(c.Node) || (activation.Value[c.Node] % 2 == 0) == c.Negated));
        if (impossible)
        {
            if (!node.After.Concat(node.NeedsAny).All(IsSettled))
            {
                return false;
            }

            activation.State[node.Index] = OracleState.Skipped;
            RequireHandled(activation);
            return true;
        }

        if (!node.Predecessors.All(IsSettled))
        {
            return false;
        }

        Start(activation, node);
        return true;
    }

    private void Start(Activation activation, RandomNode node)
    {
        activation.Ran.Add(node.Index);
        activation.State[node.Index] = OracleState.Waiting;
        if (node.Child is { } child)
        {
            Activation inner = new(child, $"{activation.Prefix}{node.Name}.", activation);
            activation.Children.Add(node.Index, inner);
            Pass(inner);
            Close(activation, node, inner);
            return;
        }

        string path = $"{activation.Prefix}{node.Name}";
        Started.Add($"{path}({string.Join(' ', node.Parameters.Select(p => Seen(activation, p)))})");
        if (activation.Flow.IsSynchronous || !node.CanSuspend || !suspending.Contains(path))
        {
            End(activation, node);
        }
    }

    private void End(Activation activation, RandomNode node)
    {
        string path = $"{activation.Prefix}{node.Name}";
        if (failing.Contains(path))
        {
            Fail(activation, node, path);
            return;
        }

        activation.Value[node.Index] = node.Parameters.Sum(p => activation.State[p.Source] == OracleState.Completed ? activation.Value[p.Source] : 0) + bits + node.Index + 1;
        activation.State[node.Index] = OracleState.Completed;
    }

    private bool Close(Activation activation, RandomNode node, Activation child)
    {
        if (child.Failure is { } error)
        {
            foreach ((string path, _) in child.Flow.Leaves(child.Prefix))
            {
                Uncertain.Add(path);
            }

            Fail(activation, node, error);
            return true;
        }

        if (child.State.Any(s => s is OracleState.Pending or OracleState.Waiting))
        {
            return false;
        }

        activation.Value[node.Index] = child.Flow.Result >= 0 ? child.Value[child.Flow.Result] : 0;
        activation.State[node.Index] = OracleState.Completed;
        return true;
    }

    private static void Fail(Activation activation, RandomNode node, string error)
    {
        activation.Errors[node.Index] = error;
        if (node.BestEffort)
        {
            activation.State[node.Index] = OracleState.Skipped;
            return;
        }

        activation.State[node.Index] = OracleState.Failed;
        RequireHandled(activation);
    }

    /// <summary>A failure is handled while somebody who observes it runs, has run or may still run.</summary>
    private static void RequireHandled(Activation activation)
    {
        foreach (RandomNode failed in activation.Flow.Nodes.Where(n => activation.State[n.Index] == OracleState.Failed))
        {
            bool isObserved = activation.Flow.Nodes.Any(n =>
                activation.State[n.Index] != OracleState.Skipped | activation.Ran.Contains(n.Index)
                && n.Parameters.Any(p => p.Source == failed.Index && p.Strength == RandomStrength.Outcome));
            if (!isObserved)
            {
                activation.Failure = activation.Errors[failed.Index];
                return;
            }
        }
    }

    private static string Seen(Activation activation, RandomParameter p) => activation.State[p.Source] switch
    {
        OracleState.Completed => $"{activation.Value[p.Source]}",
        OracleState.Failed => activation.Errors[p.Source],
        _ when p.Strength == RandomStrength.Nullable => "null",
        _ when p.Strength == RandomStrength.Optional => "empty",
        _ => "skipped",
    };

    private (Activation Activation, RandomNode Node) Find(string path)
    {
        Activation activation = _root;
        string[] names = path.Split('.');
        foreach (string name in names[..^1])
        {
            activation = activation.Children[int.Parse(name[1..])];
        }

        return (activation, activation.Flow.Nodes[int.Parse(names[^1][1..])]);
    }

    private sealed record Activation(RandomFlow Flow, string Prefix, Activation? Parent)
    {
        public OracleState[] State { get; } = new OracleState[Flow.Nodes.Count];

        public int[] Value { get; } = new int[Flow.Nodes.Count];

        public Dictionary<int, string> Errors { get; } = [];

        public Dictionary<int, Activation> Children { get; } = [];

        public HashSet<int> Ran { get; } = [];

        public string? Failure { get; set; }
    }
}
