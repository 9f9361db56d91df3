using System.Diagnostics;

namespace RandomGraphs.Stages;

/// <summary>
/// One run of a random workflow, as its nodes see it: the script that they act by, the trace that they leave, the gates at which they wait. All
/// that happens is put into one order, which is what the reference replays.
/// </summary>
internal sealed class Stage(Script script, int cancelAtStart = -1)
{
    private readonly Lock _lock = new();
    private readonly List<TraceEvent> _trace = [];
    private readonly List<StageGate> _gates = [];
    private readonly List<string> _complaints = [];
    private readonly HashSet<Tracked> _inUse = [];
    private readonly CancellationTokenSource _cancellation = new();
    private TaskCompletionSource _pulse = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<string, int> _ordinals = new(StringComparer.Ordinal);
    private int _starts;

    public Script Script { get; } = script;

    public CancellationToken Token => _cancellation.Token;

    public int FailedCleanups { get; private set; }

    public IReadOnlyList<TraceEvent> Trace => Read(() => _trace.ToArray());

    public IReadOnlyList<StageGate> Gates => Read(() => _gates.ToArray());

    public IReadOnlyList<string> Complaints => Read(() => _complaints.ToArray());

    /// <summary>Objects that were used and have not been cleaned.</summary>
    public IReadOnlyList<string> InUse => Read(() => _inUse.Select(tracked => $"{tracked.GetType().FullName} of '{tracked.Owner}'").ToArray());

    /// <summary>Completes with the next thing that happens.</summary>
    public Task NextPulse() => Read(() => _pulse.Task);

    /// <summary>What has happened since <paramref name="position"/>.</summary>
    public IReadOnlyList<TraceEvent> Since(int position) => Read(() => _trace.GetRange(position, _trace.Count - position));

    public void Add(TraceEvent happened)
    {
        TaskCompletionSource pulse;
        lock (_lock)
        {
            _trace.Add(happened);
            pulse = _pulse;
            _pulse = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        pulse.TrySetResult();
    }

    public void Complain(string what) => Read(() => { _complaints.Add(what); return 0; });

    public void Cancel()
    {
        Add(new TraceEvent(TraceKind.Cancelled, ""));
        _cancellation.Cancel();
    }

    /// <summary>Cancels otherwise than by the caller's token.</summary>
    public void CancelThrough(Action cancel)
    {
        IsCancelledOtherwise = true;
        Add(new TraceEvent(TraceKind.Cancelled, ""));
        cancel();
    }

    public bool IsCancelledOtherwise { get; private set; }

    public Behaviour Start(string path, CancellationToken? token, string[] arguments, out int ordinal)
    {
        lock (_lock)
        {
            ordinal = _ordinals[path] = _ordinals.GetValueOrDefault(path) + 1;
        }

        Add(new TraceEvent(TraceKind.Started, path) { Arguments = arguments, TokenIsCancelled = token?.IsCancellationRequested });
        if (Interlocked.Increment(ref _starts) == cancelAtStart)
        {
            Cancel();
        }

        return Script.BehaviourOf(path, Script.NodeAt(path), ordinal);
    }

    public string End(string path, string[] arguments, int ordinal)
    {
        string text = Script.TextOf(path, Script.NodeAt(path), arguments, ordinal);
        Add(new TraceEvent(TraceKind.Ended, path) { Text = text });
        return text;
    }

    public void Fail(string path, Exception error, CancellationToken? token)
        => Add(new TraceEvent(TraceKind.Ended, path) { Error = error, TokenIsCancelled = token?.IsCancellationRequested });

    public string Decide(string path, string[] arguments)
    {
        Add(new TraceEvent(TraceKind.Decided, path) { Arguments = arguments });
        return Script.LoopAt(path) is { } loop ? Script.LoopCondition(loop, arguments[0]) ? "true" : "false" : Script.TextOf(path, Script.NodeAt(path), arguments);
    }

    public async Task WaitAsync(string path, CancellationToken? token, OnCancel onCancel)
    {
        StageGate gate = new(path, token);
        lock (_lock)
        {
            _gates.Add(gate);
        }

        Pulse();
        using CancellationTokenRegistration registration = onCancel switch
        {
            OnCancel.Ends => token!.Value.UnsafeRegister(_ => Fail(gate, new OperationCanceledException($"{path} by its token", token.Value)), null),
            OnCancel.Fails => token!.Value.UnsafeRegister(_ => Fail(gate, new Boom($"{path} when cancelled")), null),
            _ => default,
        };
        await gate.Opened.ConfigureAwait(false);
    }

    /// <summary>Takes a gate away, for the caller to open; false if it is open or somebody else does.</summary>
    public bool Take(StageGate gate) => Read(() => _gates.Remove(gate));

    /// <summary>An object of an activation, used by one of its nodes.</summary>
    public void Use(Tracked tracked, string owner, bool isNew, bool isCleaned)
    {
        lock (_lock)
        {
            if (isNew && isCleaned)
            {
                _inUse.Add(tracked);
                _trace.Add(new TraceEvent(TraceKind.Taken, owner) { Text = tracked.GetType().FullName });
            }

            _trace.Add(new TraceEvent(TraceKind.Used, owner) { Text = tracked.GetType().FullName, Object = tracked });
        }
    }

    /// <summary>It is as good as new.</summary>
    /// <returns>Whether the script wants the cleanup to fail.</returns>
    public bool Clean(Tracked tracked)
    {
        string owner = tracked.Owner;
        lock (_lock)
        {
            _inUse.Remove(tracked);
        }

        Add(new TraceEvent(TraceKind.Cleaned, owner) { Text = tracked.GetType().FullName });
        bool fails = Script.CleanupFails(owner, tracked.GetType().Name);
        if (fails)
        {
            Read(() => ++FailedCleanups);
        }

        return fails;
    }

    private void Pulse()
    {
        TaskCompletionSource pulse;
        lock (_lock)
        {
            pulse = _pulse;
            _pulse = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        pulse.TrySetResult();
    }

    private void Fail(StageGate gate, Exception error)
    {
        if (Take(gate))
        {
            gate.Fail(error);
        }
    }

    [DebuggerStepThrough]
    private T Read<T>(Func<T> read)
    {
        lock (_lock)
        {
            return read();
        }
    }
}
