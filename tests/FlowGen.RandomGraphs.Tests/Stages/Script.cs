namespace RandomGraphs.Stages;

internal enum Ending
{
    Completes,
    Throws,

    /// <summary>Throws before it returns its task.</summary>
    ThrowsAtOnce,

    /// <summary>Throws a cancellation that is not the run's: a failure like any other.</summary>
    ThrowsOwnCancellation,
}

internal enum OnCancel
{
    Ends,
    Ignores,
    Fails,
}

/// <param name="Suspends">Waits at a gate first, where it can wait at all.</param>
/// <param name="Hops">Goes on on another thread first.</param>
/// <param name="IsBang">What it throws is a <see cref="Bang"/>.</param>
internal sealed record Behaviour(Ending Ending, bool Suspends, bool Hops, OnCancel OnCancel, bool IsBang);

/// <summary>
/// What each node of one run does and returns: a function of the seed and the node's path, so that it stays the same while the graph around the
/// node shrinks.
/// </summary>
internal sealed record Script
{
    public required Flow Flow { get; init; }

    public required int Seed { get; init; }

    public double Failing { get; init; }

    /// <summary>The same for what a policy around it may deal with.</summary>
    public double FailingTries { get; init; }

    public double Suspending { get; init; }

    public double FailingCleanups { get; init; }

    /// <summary>Nothing fails, and nothing in the graph depends on what comes first: whoever runs it and in whatever order, the same has to come of it.</summary>
    public bool IsOrderFree => Failing == 0 && FailingTries == 0 && FailingCleanups == 0 && !Flow.DependsOnOrder;

    /// <param name="path">Where the node stands.</param>
    /// <param name="node">The node.</param>
    /// <param name="ordinal">How often it has been executed there, this time included.</param>
    public Behaviour BehaviourOf(string path, Node node, int ordinal)
    {
        Random random = RandomAt(path, ordinal == 1 ? "behaviour" : $"behaviour {ordinal}");
        bool fails = random.NextDouble() < (IsTried(path) ? Math.Max(FailingTries, Failing) : Failing);
        bool suspends = random.NextDouble() < Suspending;
        int kind = random.Next(10);
        int cancel = random.Next(10);
        bool hops = random.Next(3) == 0;

        Ending ending = !fails ? Ending.Completes
            : kind == 0 && node.TakesToken ? Ending.ThrowsOwnCancellation
            : kind < 4 ? Ending.ThrowsAtOnce
            : Ending.Throws;
        bool isBang = random.Next(2) == 0;
        OnCancel onCancel = !node.TakesToken || cancel < 3 ? OnCancel.Ignores : cancel < 5 ? OnCancel.Fails : OnCancel.Ends;
        return new Behaviour(ending, suspends, hops, onCancel, isBang);
    }

    /// <summary>The text of what the node at <paramref name="path"/> returns for these arguments, the first time or later.</summary>
    public string TextOf(string path, Node node, IReadOnlyList<string> arguments, int ordinal = 1)
    {
        // A predicate is not executed: nobody counts how often it is asked.
        Random random = RandomAt(path, node.Kind == NodeKind.Predicate ? string.Join(';', arguments) : ordinal == 1 || node.PlaceFor is not null ? "value" : $"value {ordinal}");
        return node.Yields switch
        {
            Yield.Truth => random.Next(2) == 0 ? "true" : "false",
            Yield.Choice => $"{(Choice)random.Next(3)}",
            Yield.Place => Paths.Join(Paths.Parent(path), node.PlaceFor!),
            Yield.Places => $"{Paths.Join(Paths.Parent(path), node.PlaceFor!)}*{random.Next(6)}",
            Yield.Nothing => "",
            _ when node.MayBeNull && random.Next(3) == 0 => Texts.Absent,
            _ => $"{path}{(ordinal == 1 ? "" : $"~{ordinal}")}#{Hash($"{path}({string.Join(';', arguments)})") & 0xFFFFFF:x}",
        };
    }

    /// <summary>Whether a loop has to go on after an iteration that yielded <paramref name="last"/>.</summary>
    public bool GoesOn(string path, RepeatRule rule, string last) => LoopCondition(path, last) != rule.IsUntil;

    /// <summary>What the condition of the loop at a path says.</summary>
    public bool LoopCondition(string path, string last) => RandomAt(path, last).Next(5) < 3;

    /// <summary>The path of the loop whose condition has this path; null for that of a predicate.</summary>
    public string? LoopAt(string path)
    {
        string name = path[(path.LastIndexOf('.') + 1)..];
        Flow flow = path.Length == name.Length ? Flow : NodesOn(Paths.Parent(path)).Last().Node.Child!;
        return flow.Nodes.Any(node => node.Name == name) ? null : Paths.Join(Paths.Parent(path), RepeatRule.NodeOf(name));
    }

    public bool CleanupFails(string path, string type) => RandomAt(path, type).NextDouble() < FailingCleanups;

    /// <summary>The node at a path, whose elements are numbered in brackets.</summary>
    public Node NodeAt(string path)
    {
        return NodesOn(path).Last().Node;
    }

    /// <summary>Somebody may try it again or stand in for it, or for something around it.</summary>
    private bool IsTried(string path)
        => NodesOn(path).Any(at => at.Node.Retries.Count > 0 || at.Flow.HandlersOf(at.Node).Any() || at.Node.OnError != EachError.Stop || at.Flow.RaceOf(at.Node) is not null);

    private IEnumerable<(Flow Flow, Node Node)> NodesOn(string path)
    {
        Flow flow = Flow;
        foreach (string name in path.Split('.'))
        {
            int bracket = name.IndexOf('[', StringComparison.Ordinal);
            Node node = flow[bracket < 0 ? name : name[..bracket]];
            yield return (flow, node);
            flow = node.Child ?? flow;
        }
    }

    private Random RandomAt(string path, string purpose) => new(Hash($"{Seed}|{path}|{purpose}"));

    /// <summary>FNV-1a: the same in every process.</summary>
    private static int Hash(string text)
    {
        uint hash = 2166136261;
        foreach (char c in text)
        {
            hash = (hash ^ c) * 16777619;
        }

        hash = (hash ^ (hash >> 15)) * 0x85EBCA6B;
        return (int)(hash ^ (hash >> 13));
    }
}
