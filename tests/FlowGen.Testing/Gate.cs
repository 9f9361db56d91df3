namespace FlowGen.Testing;

/// <summary>
/// A door in the middle of a node: the node waits at it, the test sees that somebody arrived and decides when, and on which thread,
/// the wait ends. That replaces every sleep in the tests.
/// </summary>
public sealed class Gate
{
    private readonly Lock _lock = new();
    private readonly List<GateWaiter> _waiting = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _arrivalWatchers = [];
    private bool _open;
    private Exception? _error;

    /// <summary>
    /// Whether a wait goes back to the SynchronizationContext it came from where it asks for that. Off, so that a node's own <c>await</c> does
    /// not hop to the context that the test runner installs: releasing a gate is then over when the call returns.
    /// </summary>
    public bool KeepsContext { get; init; }

    /// <summary>How many waits have begun since the gate was made.</summary>
    public int Arrivals { get; private set; }

    /// <summary>How many wait now.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>The most that ever waited at once.</summary>
    public int MostWaiting { get; private set; }

    /// <summary>Completes when the first node has arrived; throws <see cref="TimeoutException"/> if none does in 30 s.</summary>
    public Task Reached => ReachedBy(1);

    /// <summary>Completes when <paramref name="count"/> waits have begun since the gate was made; throws after 30 s.</summary>
    public Task ReachedBy(int count)
    {
        lock (_lock)
        {
            if (Arrivals >= count)
            {
                return Task.CompletedTask;
            }

            TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _arrivalWatchers.Add((count, reached));
            return reached.Task.WaitAsync(Patience.Limit);
        }
    }

    /// <summary>Waits for the gate; ends as cancelled when <paramref name="ct"/> is.</summary>
    public ValueTask Wait(CancellationToken ct = default)
    {
        GateWaiter<object?> waiter = new(value: null, KeepsContext);
        return Arrive(waiter, ct) ? waiter.AsValueTask() : default;
    }

    /// <summary>Waits for the gate, then yields <paramref name="value"/>.</summary>
    public ValueTask<T> Wait<T>(T value, CancellationToken ct = default)
    {
        GateWaiter<T> waiter = new(value, KeepsContext);
        return Arrive(waiter, ct) ? waiter.AsValueTaskOfT() : new ValueTask<T>(value);
    }

    /// <summary>Opens it for everybody, present and future. Continuations run on this thread, before the call returns.</summary>
    public void Open() => LetAllGo(error: null);

    /// <summary>As <see cref="Open"/>, but from a thread-pool thread; the task completes when every continuation has run.</summary>
    public Task OpenElsewhere() => Task.Run(Open);

    /// <summary>Lets the <paramref name="count"/> longest waiting ones go, on this thread, and stays shut.</summary>
    public void Release(int count = 1)
    {
        for (int i = 0; i < count; i++)
        {
            GateWaiter waiter;
            lock (_lock)
            {
                if (_waiting.Count == 0)
                {
                    throw new InvalidOperationException("Nobody waits at the gate.");
                }

                waiter = _waiting[0];
                _waiting.RemoveAt(0);
            }

            waiter.Complete(error: null);
        }
    }

    /// <summary>Lets the one that arrived as number <paramref name="position"/> among those waiting now go, on this thread.</summary>
    public void ReleaseAt(int position)
    {
        GateWaiter waiter;
        lock (_lock)
        {
            waiter = _waiting[position];
            _waiting.RemoveAt(position);
        }

        waiter.Complete(error: null);
    }

    /// <summary>Makes every present and future wait fail with <paramref name="error"/>; continuations run on this thread.</summary>
    public void Fail(Exception error) => LetAllGo(error);

    /// <summary>A wait that its token ended. Does nothing when the wait has ended already.</summary>
    internal void Abandon(GateWaiter waiter, CancellationToken ct)
    {
        lock (_lock)
        {
            if (!_waiting.Remove(waiter))
            {
                return;
            }
        }

        waiter.Complete(new OperationCanceledException(ct));
    }

    /// <summary>False when the gate is open: nobody waits. Otherwise the waiter is or will be completed.</summary>
    private bool Arrive(GateWaiter waiter, CancellationToken ct)
    {
        // Before the waiter is in the list, so that a callback which runs at once finds nothing and the check below settles it.
        waiter.WatchCancellation(this, ct);
        TaskCompletionSource[] reached;
        Exception? error;
        bool open;
        lock (_lock)
        {
            Arrivals++;
            error = ct.IsCancellationRequested ? new OperationCanceledException(ct) : _error;
            open = _open && error is null;
            if (!open && error is null)
            {
                _waiting.Add(waiter);
                MostWaiting = Math.Max(MostWaiting, _waiting.Count);
            }

            reached = [.. _arrivalWatchers.Where(w => w.Count <= Arrivals).Select(w => w.Reached)];
            _arrivalWatchers.RemoveAll(w => w.Count <= Arrivals);
        }

        if (error is not null || open)
        {
            waiter.Complete(error);
        }

        foreach (TaskCompletionSource watcher in reached)
        {
            watcher.TrySetResult();
        }

        return !open;
    }

    private void LetAllGo(Exception? error)
    {
        GateWaiter[] waiting;
        lock (_lock)
        {
            _open = error is null;
            _error = error;
            waiting = [.. _waiting];
            _waiting.Clear();
        }

        foreach (GateWaiter waiter in waiting)
        {
            waiter.Complete(error);
        }
    }
}
