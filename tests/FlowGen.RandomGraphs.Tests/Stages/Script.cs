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
internal sealed record Behaviour(Ending Ending, bool Suspends, bool Hops, OnCancel OnCancel);

/// <summary>
/// What each node of one run does and returns: a function of the seed and the node's path, so that it stays the same while the graph around the
/// node shrinks.
/// </summary>
internal sealed record Script
{
    public required Flow Flow { get; init; }

    public required int Seed { get; init; }

    public double Failing { get; init; }

    public double Suspending { get; init; }

    public double FailingCleanups { get; init; }

    /// <summary>One thread does everything, one thing at a time, so that what happens is certain.</summary>
    public bool IsSequential { get; init; }

    public Behaviour BehaviourOf(string path, Node node)
    {
        Random random = RandomAt(path, "behaviour");
        bool fails = random.NextDouble() < Failing;
        bool suspends = random.NextDouble() < Suspending;
        int kind = random.Next(10);
        int cancel = random.Next(10);
        bool hops = !IsSequential && random.Next(3) == 0;

        // Whether its own cancellation is a failure depends on the token at that moment: certain only where one thread does everything.
        Ending ending = !fails ? Ending.Completes
            : kind == 0 && IsSequential && node.TakesToken ? Ending.ThrowsOwnCancellation
            : kind < 4 ? Ending.ThrowsAtOnce
            : Ending.Throws;
        OnCancel onCancel = !node.TakesToken || cancel < 3 ? OnCancel.Ignores : cancel < 5 ? OnCancel.Fails : OnCancel.Ends;
        return new Behaviour(ending, suspends, hops, onCancel);
    }

    /// <summary>The text of what the node at <paramref name="path"/> returns for these arguments.</summary>
    public string TextOf(string path, Node node, IReadOnlyList<string> arguments)
    {
        Random random = RandomAt(path, "value");
        return node.Yields switch
        {
            Yield.Truth => random.Next(2) == 0 ? "true" : "false",
            Yield.Choice => $"{(Choice)random.Next(3)}",
            Yield.Place => Paths.Join(Paths.Parent(path), node.PlaceFor!),
            Yield.Places => $"{Paths.Join(Paths.Parent(path), node.PlaceFor!)}*{random.Next(6)}",
            Yield.Nothing => "",
            _ when node.MayBeNull && random.Next(3) == 0 => Texts.Absent,
            _ => $"{path}#{Hash($"{path}({string.Join(';', arguments)})") & 0xFFFFFF:x}",
        };
    }

    public bool CleanupFails(string path, string type) => RandomAt(path, type).NextDouble() < FailingCleanups;

    /// <summary>The node at a path, whose elements are numbered in brackets.</summary>
    public Node NodeAt(string path)
    {
        Flow flow = Flow;
        Node? node = null;
        foreach (string name in path.Split('.'))
        {
            int bracket = name.IndexOf('[', StringComparison.Ordinal);
            node = flow[bracket < 0 ? name : name[..bracket]];
            flow = node.Child ?? flow;
        }

        return node!;
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
