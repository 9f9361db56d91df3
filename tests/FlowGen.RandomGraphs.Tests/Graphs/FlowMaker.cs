namespace RandomGraphs.Graphs;

/// <summary>
/// Makes random workflows that FlowGen accepts: the same seed, the same workflow. It keeps track of what is certainly there, because the
/// language refuses a result that may be missing and merges that are not exclusive.
/// </summary>
internal sealed partial class FlowMaker(int seed)
{
    private readonly Random _random = new(seed);
    private readonly List<Flow> _made = [];
    private int _names;

    public Flow Make() => new Draft(this, depth: 0, isSynchronous: Chance(0.12)).Finish();

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
