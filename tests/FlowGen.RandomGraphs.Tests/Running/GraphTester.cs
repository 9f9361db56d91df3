using FlowGen.Pooling;
using RandomGraphs.Sources;

namespace RandomGraphs.Running;

/// <summary>A graph and a run of it in which something was not as the reference says.</summary>
internal sealed record Finding(Flow Flow, int Seed, IReadOnlyList<string> Differences, string Run)
{
    /// <summary>What kind of difference it is: the word before the first colon.</summary>
    public string Kind => Differences[0].Split(':')[0];

    public override string ToString()
        => $"""
            seed {Seed}
            {string.Join(Environment.NewLine, Differences)}
            {Run}
            {SourceWriter.Write(Flow, Session.NameOf(Seed))}
            """;
}

/// <summary>
/// Runs one graph of a batch several times, under scripts that its seed decides, with and without an observer, and three times at once; then
/// looks at what its pools hold.
/// </summary>
internal sealed class GraphTester(Batch batch, string name, Flow flow, int seed)
{
    private const int RunsAlone = 6;
    private const int RunsTogether = 3;

    private readonly bool _isTimed = flow.IsTimed;

    private readonly List<GraphRun> _runs = [];

    public int Runs => _runs.Count;

    public int AmbiguousRuns => _runs.Count(run => run.IsAmbiguous);

    /// <summary>How long what must happen may take.</summary>
    public TimeSpan Patience { get; init; } = FlowGen.Testing.Patience.Limit;

    public async Task<Finding?> TestAsync()
    {
        if (batch.Refused.TryGetValue(name, out string? refused))
        {
            return new Finding(flow, seed, [refused], "");
        }

        StageObserver observer = new();
        await using FlowRuntime plain = new();
        await using FlowRuntime watched = new(new FlowRuntimeOptions { Observer = observer });
        for (int i = 0; i < RunsAlone; i++)
        {
            GraphRun run = MakeRun(new Random(unchecked((seed * 31) + i)), isAlone: true);
            observer.Stage = run.IsWatched ? run.Stage : null;
            if (Differs(run, await StartAsync(run, run.IsWatched ? watched : plain, run.IsWatched ? observer : null)) is { } finding)
            {
                return finding;
            }
        }

        if (await TestTogetherAsync(plain) is { } together)
        {
            return together;
        }

        // What is cleaned later has been by then.
        await plain.DisposeAsync();
        await watched.DisposeAsync();
        return _runs.Select(run => Differs(run, run.CompareCleanup())).FirstOrDefault(finding => finding is not null) ?? ComparePools();
    }

    /// <summary>"Many runs of one workflow object go on at once and share nothing but services."</summary>
    private async Task<Finding?> TestTogetherAsync(FlowRuntime runtime)
    {
        GraphRun[] runs = [.. Enumerable.Range(0, RunsTogether).Select(i => MakeRun(new Random(unchecked((seed * 31) + RunsAlone + i)), isAlone: false))];
        IReadOnlyList<string>[] differences = await Task.WhenAll(runs.Select(run => Task.Run(() => StartAsync(run, runtime, observer: null))));
        return runs.Select((run, i) => Differs(run, differences[i])).FirstOrDefault(finding => finding is not null);
    }

    private async Task<IReadOnlyList<string>> StartAsync(GraphRun run, FlowRuntime runtime, IFlowObserver? observer)
    {
        if (!_isTimed)
        {
            return await StartAsync(run, runtime, clock: null);
        }

        // A clock that is moved is moved for one run.
        FakeTimeProvider clock = new();
        await using FlowRuntime own = new(new FlowRuntimeOptions { Observer = observer, TimeProvider = clock });
        return await StartAsync(run, own, clock);
    }

    private Task<IReadOnlyList<string>> StartAsync(GraphRun run, FlowRuntime runtime, FakeTimeProvider? clock)
        => run.RunAsync(run.IsHeld ? null! : batch.Make(name, runtime), run.IsHeld ? batch.Begin(name, runtime) : null, clock);

    private Finding? Differs(GraphRun run, IReadOnlyList<string> differences)
        => differences.Count == 0 ? null : new Finding(flow, seed, differences, run.Describe());

    private GraphRun MakeRun(Random random, bool isAlone)
    {
        Script script = new()
        {
            Flow = flow,
            Seed = random.Next(),
            Failing = new[] { 0, 0, 0.05, 0.15 }[random.Next(4)],
            FailingTries = new[] { 0, 0.4, 0.6, 0.9 }[random.Next(4)],
            Suspending = new[] { 0, 0.4, 0.9 }[random.Next(3)],
            FailingCleanups = random.Next(8) == 0 ? 0.3 : 0,
        };
        int cancel = flow.TakesToken ? random.Next(10) : 9;
        bool isHeld = !flow.IsSynchronous && (flow.HasWaits || random.Next(4) == 0);
        bool isWatched = random.Next(3) == 0;
        bool pauses = random.Next(3) == 0;
        Plan plan = new(random.Next(), cancel < 2 ? random.Next(6) : -1, cancel == 2 ? random.Next(1, 8) : -1, isWatched && isAlone, isHeld, isHeld && pauses);

        GraphRun run = isAlone && random.Next(RunsAlone) > 0 ? new DrivenRun(script, plan, Patience) : new ThreadedRun(script, plan, Patience);
        _runs.Add(run);
        return run;
    }

    /// <summary>All that was rented is back, nothing was made that nobody took, nothing was cleaned on its own.</summary>
    private Finding? ComparePools()
    {
        List<string> differences = [];
        // Only what is asked for: objects of other batches may be on their way out with their assembly.
        foreach (PoolMemory pool in PoolAccounts.Report(IsOwn))
        {
            if (pool.InUse != 0 || pool.Rented != pool.Returned)
            {
                differences.Add($"pool: {pool.WorkflowId} {pool.Kind} {pool.Path} has {pool.InUse} in use, {pool.Rented} rented, {pool.Returned} returned");
            }
        }

        foreach ((string type, (int made, int taken)) in Tracked.Census.Where(count => IsOwn(count.Key)))
        {
            // One that could not be cleaned is replaced.
            if (made > taken + _runs.Sum(run => run.Stage.FailedCleanups) && !MayGoUnused(type))
            {
                differences.Add($"instances: {made} of {type} were made, {taken} activations took one");
            }
        }

        differences.AddRange(Tracked.Strays.Where(stray => IsOwn(stray.Class) && !MayGoUnused(stray.Class)).Select(stray => $"cleanup: {stray.What}"));
        return differences.Count == 0 ? null : new Finding(flow, seed, differences, "");
    }

    /// <summary>What a node of the thread pool needs is rented for it, and it may be cancelled before a thread has taken it.</summary>
    private bool MayGoUnused(string type) => flow.SelfAndDescendants.Any(f => f.Nodes.Any(node =>
        node.OnPool && (type == $"{name}.{f.Name}_{node.Name}_Node" || (type.StartsWith($"{name}.{f.Name}+", StringComparison.Ordinal) && (node.TakesState || node.TakesRunState)))));

    private bool IsOwn(string type) => type.StartsWith($"{name}.", StringComparison.Ordinal);
}
