namespace RandomGraphs.Graphs;

/// <summary>
/// Makes random workflows that FlowGen accepts: the same seed, the same workflow. It keeps track of what is certainly there, because the
/// language refuses a result that may be missing and merges that are not exclusive.
/// </summary>
/// <param name="seed">The same seed, the same workflow.</param>
/// <param name="features">What it may use beyond the core of the language.</param>
internal sealed partial class FlowMaker(int seed, Features features = Features.All)
{
    private readonly Random _random = new(seed);
    private readonly Features _features = FeaturesFor(seed, features);
    private readonly List<Flow> _made = [];
    private int _names;

    public Flow Make() => new Draft(this, depth: 0, isSynchronous: Chance(0.12)).Finish();

    /// <summary>Two in ten use the core of the language only, the others three further parts of it at most, so that each is met in depth.</summary>
    private static Features FeaturesFor(int seed, Features pool)
    {
        Random random = new(unchecked(seed * 7919));
        Features[] all = [.. Enum.GetValues<Features>().Where(f => f is not (Features.None or Features.All) && pool.HasFlag(f))];
        Features features = Features.None;
        for (int count = all.Length == 0 || random.Next(10) < 2 ? 0 : random.Next(1, 4); count > 0; count--)
        {
            features |= all[random.Next(all.Length)];
        }

        return features;
    }

    private bool Chance(double chance) => _random.NextDouble() < chance;

    private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    private List<T> Some<T>(IReadOnlyList<T> from, int most) => [.. from.OrderBy(_ => _random.Next()).Take(_random.Next(1, most + 1))];

    /// <summary>Few nodes mostly, sixty now and then.</summary>
    private int Size(int depth) => depth > 0 ? _random.Next(1, 6) : _random.Next(40) switch
    {
        < 20 => _random.Next(1, 7),
        < 34 => _random.Next(5, 14),
        < 38 => _random.Next(12, 31),
        _ => _random.Next(30, 61),
    };

    /// <summary>A workflow to call: one that exists, or a new one.</summary>
    private Flow ChildFor(int depth, bool isSynchronous)
    {
        List<Flow> fitting = [.. _made.Where(flow => flow.IsSynchronous || !isSynchronous)];
        if (fitting.Count > 0 && (depth >= 3 || Chance(0.45)))
        {
            return Pick(fitting);
        }

        Flow made = new Draft(this, depth, isSynchronous || Chance(0.05)).Finish();
        _made.Add(made);
        return made;
    }
}
