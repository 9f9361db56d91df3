using RandomGraphs.Reference;

namespace RandomGraphs.Running;

/// <summary>
/// One run of a random workflow, held against the reference. Nodes that suspend wait at gates, which are opened here in an order that the seed
/// decides. In a sequential run everything happens on this thread before opening a gate returns; otherwise gates are opened on other threads,
/// one at a time when the run is at rest, or many at once.
/// </summary>
internal sealed partial class GraphRun(Script script, GraphRun.Plan plan, TimeSpan patience)
{
    private readonly Stage _stage = new(script, plan.CancelAtStart);
    private readonly Interpreter _reference = new(script);
    private readonly List<string> _differences = [];
    private readonly bool _isLimited = script.Flow.SelfAndDescendants.Any(flow => flow.MaxParallelism > 0);
    private int _replayed;

    /// <summary>How a run is driven.</summary>
    /// <param name="CancelAtGate">Cancel when this many gates have been opened; -1 for never.</param>
    /// <param name="CancelAtStart">Cancel in the code of the node that starts as this; -1 for never.</param>
    /// <param name="IsStorm">Open gates as they come, from several threads.</param>
    /// <param name="IsHeld">Through the handle.</param>
    /// <param name="Pauses">Pause and resume now and then; through the handle only.</param>
    internal sealed record Plan(int Seed, int CancelAtGate, int CancelAtStart, bool IsStorm, bool IsWatched, bool IsHeld = false, bool Pauses = false);

    public Stage Stage => _stage;

    public Interpreter Reference => _reference;

    /// <summary>The run never ended; nothing that belongs to it can be trusted any more.</summary>
    public bool IsStuck { get; private set; }

    public bool IsHeld => plan.IsHeld;

    /// <summary>One thread, and one gate opened at a time.</summary>
    public bool IsCertain => script.IsSequential && !plan.IsStorm;

    /// <param name="entry">Starts the run.</param>
    /// <param name="begin">Starts it through its handle.</param>
    /// <param name="clock">What the run's runtime has as its clock.</param>
    public async Task<IReadOnlyList<string>> RunAsync(Func<Place, CancellationToken, Task<string>> entry, Func<Place, CancellationToken, Held>? begin, FakeTimeProvider? clock)
    {
        _clock = clock;
        _epoch = clock?.GetUtcNow() ?? default;
        if (plan.CancelAtGate == 0)
        {
            _stage.Cancel();
            CatchUp();
        }

        Task<string> run;
        try
        {
            if (plan.IsHeld)
            {
                _held = begin!(new Place(_stage, ""), _stage.Token);
                run = _held.Completion;
            }
            else
            {
                run = entry(new Place(_stage, ""), _stage.Token);
            }
        }
        catch (Exception error)
        {
            return [$"synchronous failure: {error}"];
        }

        try
        {
            if (script.IsSequential)
            {
                DriveInSequence(run);
            }
            else
            {
                await DriveAsync(run);
            }
        }
        catch (TimeoutException)
        {
            Stuck($"must start {string.Join(' ', _reference.MustStart)}; running {string.Join(' ', _reference.Running)}; at gates {string.Join(' ', _stage.Gates.Select(g => g.Path))}");
        }

        if (run.IsCompleted)
        {
            CatchUp();
            _reference.Rest();
            string ending = new EndComparer(_reference, _stage).Compare(run, _differences);
            if (plan.IsWatched)
            {
                new ObservedComparer(_reference, _stage).Compare(ending, _differences);
            }

            if (script.Flow.SelfAndDescendants.All(flow => flow.Cleanup == CleanupMode.Immediate))
            {
                _differences.AddRange(CompareCleanup());
            }
        }

        return [.. _stage.Complaints, .. _reference.Differences, .. _differences];
    }

    public string Describe()
        => $"""
            failing {script.Failing}, suspending {script.Suspending}, {(script.IsSequential ? "sequential" : plan.IsStorm ? "storm" : "threads")}, seed {script.Seed}, {plan}
            {string.Join(Environment.NewLine, _stage.Trace.Select(e => $"    {e}"))}
            {_reference}
            """;

    private void DriveInSequence(Task<string> run)
    {
        Random random = new(plan.Seed);
        for (int opened = 0; !run.IsCompleted; opened++)
        {
            CatchUp();
            _reference.Rest();
            CheckRest();
            if (opened > 0 && opened == plan.CancelAtGate)
            {
                _stage.Cancel();
                continue;
            }

            IReadOnlyList<StageGate> gates = _stage.Gates;
            if (gates.Count == 0)
            {
                Stuck($"nothing goes on; must start {string.Join(' ', _reference.MustStart)}; running {string.Join(' ', _reference.Running)}");
                return;
            }

            StageGate gate = gates[random.Next(gates.Count)];
            _stage.Take(gate);
            gate.Open();
        }
    }

    /// <summary>At rest, what must have started has, and tokens say what they must.</summary>
    private void CheckRest()
    {
        IReadOnlyList<string> missing = _reference.MustStart;
        if (missing.Count > 0 && (!_isLimited || _reference.Running.Count == 0))
        {
            _differences.Add($"not started: {string.Join(' ', missing)}");
        }

        foreach (StageGate gate in _stage.Gates.Where(gate => gate.Token is not null))
        {
            if (_reference.TokenIsCancelled(gate.Path) is { } expected && gate.Token!.Value.IsCancellationRequested != expected)
            {
                _differences.Add($"token: that of {gate.Path} is{(expected ? " not" : "")} cancelled");
            }
        }
    }

    private async Task DriveAsync(Task<string> run)
    {
        Random random = new(plan.Seed);
        for (int opened = 0; !run.IsCompleted;)
        {
            Task pulse = _stage.NextPulse();
            CatchUp();
            IReadOnlyList<StageGate> gates = _stage.Gates;
            if (run.IsCompleted)
            {
                return;
            }

            if (IsAtRest(gates) && !pulse.IsCompleted && await ActFromOutsideAsync(random, gates.Count))
            {
                continue;
            }

            if (gates.Count == 0 || (!plan.IsStorm && !IsAtRest(gates)))
            {
                await Task.WhenAny(run, pulse).WaitAsync(patience);
                continue;
            }

            if (opened >= plan.CancelAtGate && plan.CancelAtGate > 0 && !_reference.IsCancelled)
            {
                ThreadPool.UnsafeQueueUserWorkItem(static run => run.Cancel(), this, preferLocal: false);
                await pulse.WaitAsync(patience);
            }

            foreach (StageGate gate in gates.OrderBy(_ => random.Next()).Take(plan.IsStorm ? random.Next(1, gates.Count + 1) : 1).Where(_stage.Take))
            {
                opened++;
                ThreadPool.UnsafeQueueUserWorkItem(static gate => gate.Open(), gate, preferLocal: false);
            }

            await Task.Yield();
        }
    }

    private bool IsAtRest(IReadOnlyList<StageGate> gates)
        => (_reference.MustStart.Count == 0 || (_isLimited && gates.Count > 0)) && _reference.Running.All(path => gates.Any(gate => gate.Path == path));

    private void CatchUp()
    {
        foreach (TraceEvent happened in _stage.Since(_replayed))
        {
            _replayed++;
            _reference.Replay(happened);
        }
    }

    private void Stuck(string what)
    {
        IsStuck = true;
        _differences.Add($"stuck: {what}");
    }

    /// <summary>Every object that was used has been cleaned.</summary>
    public IReadOnlyList<string> CompareCleanup()
        => _stage.InUse is { Count: > 0 } left ? [$"cleanup: {string.Join(", ", left)} was not cleaned"] : [];
}
