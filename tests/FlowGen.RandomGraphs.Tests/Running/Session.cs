using System.Diagnostics;

namespace RandomGraphs.Running;

/// <summary>
/// Tests graphs from one seed on, in batches, on every processor: while one batch runs, another is being compiled. Graph number n is made from
/// seed + n, whatever the batch size and the number of workers.
/// </summary>
/// <param name="plant">See <see cref="Batch"/>.</param>
internal sealed class Session(int seed, Func<string, string, string>? plant = null)
{
    public const int BatchSize = 40;
    public const int MostByDefault = 5;

    private readonly Lock _lock = new();
    private readonly List<Finding> _findings = [];
    private int _next;
    private bool _stops;

    /// <summary>Findings after which there is no point in going on.</summary>
    public int MostFindings { get; init; } = MostByDefault;

    public TimeSpan Patience { get; init; } = FlowGen.Testing.Patience.Limit;

    /// <summary>What graphs may use beyond the core of the language.</summary>
    public Features Features { get; init; } = Features.All;

    /// <summary>Told of each finding as it is made, one at a time.</summary>
    public Action<Finding>? Found { get; init; }

    public int Graphs { get; private set; }

    public int Nodes { get; private set; }

    public int Runs { get; private set; }

    /// <summary>Those of which only cleanup and pools were compared.</summary>
    public int AmbiguousRuns { get; private set; }

    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>Tests <paramref name="graphs"/> graphs, or as many as fit into <paramref name="time"/>.</summary>
    public async Task RunAsync(int graphs, TimeSpan? time = null)
    {
        long start = Stopwatch.GetTimestamp();
        bool IsOver() => _stops || (time is { } limit && Stopwatch.GetElapsedTime(start) >= limit);

        // Away from the test runner's synchronization context: nodes go on where their gate is opened.
        await Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Task.Run(async () =>
        {
            while (!IsOver() && TakeBatch(graphs) is { Count: > 0 } batch)
            {
                await TestAsync(batch, IsOver);
            }
        })));
    }

    public override string ToString() => $"{Graphs} graphs with {Nodes} nodes in {Runs} runs ({AmbiguousRuns} ambiguous) from seed {seed}: {_findings.Count} differences";

    /// <summary>The name that sets a graph apart from the others of the process.</summary>
    public static string NameOf(int seed) => $"G{(uint)seed}";

    private List<int> TakeBatch(int graphs)
    {
        lock (_lock)
        {
            int count = Math.Min(BatchSize, graphs - _next);
            List<int> taken = [.. Enumerable.Range(_next, Math.Max(0, count)).Select(number => unchecked(seed + number))];
            _next += count;
            return taken;
        }
    }

    private async Task TestAsync(List<int> seeds, Func<bool> isOver)
    {
        Dictionary<int, Flow> flows = seeds.ToDictionary(s => s, s => new FlowMaker(s, Features).Make());
        using Batch batch = new(flows.ToDictionary(flow => NameOf(flow.Key), flow => flow.Value, StringComparer.Ordinal), plant);
        foreach ((int own, Flow flow) in flows)
        {
            if (isOver())
            {
                return;
            }

            GraphTester tester = new(batch, NameOf(own), flow, own) { Patience = Patience };
            Finding? finding = await tester.TestAsync();
            lock (_lock)
            {
                Graphs++;
                Nodes += flow.SelfAndDescendants.Sum(f => f.Nodes.Count(n => n.Kind != NodeKind.Input));
                Runs += tester.Runs;
                AmbiguousRuns += tester.AmbiguousRuns;
                if (finding is not null)
                {
                    _findings.Add(finding);
                    Found?.Invoke(finding);
                    _stops |= _findings.Count >= MostFindings;
                }
            }
        }
    }
}
