using RandomGraphs.Reference;

namespace RandomGraphs.Running;

/// <summary>
/// One run of a random workflow, held against what may be said of it. Nodes that suspend wait at gates, which are opened in an order that the seed decides.
/// </summary>
internal abstract class GraphRun(Script script, Plan plan)
{
    private int _replayed;
    private int _answers;

    public Stage Stage { get; } = new(script, plan.CancelAtStart);

    public bool IsHeld => plan.IsHeld;

    public bool IsWatched => plan.IsWatched;

    /// <summary>More than one thing may have come of it, so that only cleanup and pools were compared.</summary>
    public bool IsAmbiguous => Reference.IsAmbiguous;

    protected Interpreter Reference { get; } = new(script);

    protected List<string> Differences { get; } = [];

    protected Plan Plan => plan;

    protected Script Script => script;

    protected FakeTimeProvider? Clock { get; private set; }

    /// <summary>When the run began, by its clock.</summary>
    protected DateTimeOffset Epoch { get; private set; }

    protected Held? Held { get; private set; }

    /// <param name="entry">Starts the run.</param>
    /// <param name="begin">Starts it through its handle.</param>
    /// <param name="clock">What the run's runtime has as its clock.</param>
    public async Task<IReadOnlyList<string>> RunAsync(Func<Place, CancellationToken, Task<string>> entry, Func<Place, CancellationToken, Held>? begin, FakeTimeProvider? clock)
    {
        Clock = clock;
        Epoch = clock?.GetUtcNow() ?? default;
        if (plan.CancelAtGate == 0)
        {
            Stage.Cancel();
        }

        try
        {
            Task<string> run = await DriveAsync(() => Start(entry, begin));
            Compare(run);
        }
        catch (TimeoutException)
        {
            Differences.Add($"stuck: must start {string.Join(' ', Reference.MustStart)}; running {string.Join(' ', Reference.Running)}; at gates {string.Join(' ', Stage.Gates.Select(gate => gate.Path))}");
        }

        return [.. Stage.Complaints, .. Differences];
    }

    /// <summary>Every object that was used has been cleaned.</summary>
    public IReadOnlyList<string> CompareCleanup()
        => Stage.InUse is { Count: > 0 } left ? [$"cleanup: {string.Join(", ", left)} was not cleaned"] : [];

    public string Describe()
        => $"""
            {GetType().Name}, failing {script.Failing}, {script.FailingTries} where it is tried, suspending {script.Suspending}, seed {script.Seed}, {plan}
            {string.Join(Environment.NewLine, Stage.Trace.Select(e => $"    {e}"))}
            {Reference}
            """;

    /// <summary>Starts the run and does what has to be done until it has ended.</summary>
    /// <exception cref="TimeoutException">It does not.</exception>
    protected abstract Task<Task<string>> DriveAsync(Func<Task<string>> start);

    /// <summary>What happened, against what had to.</summary>
    protected abstract void Compare(Task<string> run);

    /// <summary>What may be compared at once, or only when the runtime is gone.</summary>
    protected void CompareCleanupIfImmediate()
    {
        if (script.Flow.SelfAndDescendants.All(flow => flow.Cleanup == CleanupMode.Immediate))
        {
            Differences.AddRange(CompareCleanup());
        }
    }

    /// <summary>Shows the reference what has happened since.</summary>
    protected void CatchUp()
    {
        foreach (TraceEvent happened in Stage.Since(_replayed))
        {
            _replayed++;
            Reference.Replay(happened);
        }
    }

    /// <summary>By the caller's token, or through the handle.</summary>
    protected void Cancel()
    {
        if (Held is null || plan.Seed % 2 == 0)
        {
            Stage.Cancel();
        }
        else
        {
            Stage.CancelThrough(() => Held.Run.Cancel());
        }
    }

    /// <returns>Whether the answer was taken.</returns>
    protected bool Answer(string node)
    {
        string answer = $"answer {++_answers}";
        Stage.Add(new TraceEvent(TraceKind.Answered, node) { Text = answer });
        return Held!.At(node).TrySet(answer);
    }

    protected void CheckThat(bool holds, string otherwise)
    {
        if (!holds)
        {
            Differences.Add(otherwise);
        }
    }

    private Task<string> Start(Func<Place, CancellationToken, Task<string>> entry, Func<Place, CancellationToken, Held>? begin)
    {
        if (!plan.IsHeld)
        {
            return entry(new Place(Stage, ""), Stage.Token);
        }

        Held = begin!(new Place(Stage, ""), Stage.Token);
        return Held.Completion;
    }
}
