using FlowGen.CompilerServices;

namespace FlowGen.Pooling;

/// <summary>
/// The scopes of one runtime that have ended and are not clean yet. Parking allocates nothing. What a scope's cleaning throws, against its
/// contract, stops nobody.
/// </summary>
internal sealed class ParkingLot : IThreadPoolWorkItem, IDisposable
{
    private const int ScopesPerTurn = 64;

    private static readonly int s_mostWorkers = Environment.ProcessorCount;

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly TimeSpan _interval;
    private ParkedQueue _deferred;
    private ParkedQueue _periodic;
    private ParkedQueue _onDemand;
    private CleaningRound _round = new(Task.CompletedTask);
    private ITimer? _timer;
    private int _cleaning;
    private int _workers;
    private bool _closed;

    /// <summary>Makes an empty one.</summary>
    /// <param name="time">The clock of the periodic sweep.</param>
    /// <param name="interval">How long after the first scope is parked it sweeps.</param>
    public ParkingLot(TimeProvider time, TimeSpan interval)
    {
        _time = time;
        _interval = interval;
        PoolTrimmer.Watch(this);
    }

    /// <summary>Scopes whose cleaning is still to come or under way.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return Waiting + Volatile.Read(ref _cleaning);
            }
        }
    }

    private int Waiting => _deferred.Count + _periodic.Count + _onDemand.Count;

    public void Park(FlowParkable scope, CleanupMode mode)
    {
        bool startWorker = false;
        lock (_lock)
        {
            switch (_closed ? CleanupMode.Deferred : mode)
            {
                case CleanupMode.Deferred:
                    _deferred.Add(scope);
                    startWorker = _workers < s_mostWorkers;
                    _workers += startWorker ? 1 : 0;
                    break;
                case CleanupMode.Periodic:
                    if (_periodic.Count == 0)
                    {
                        StartTimer();
                    }

                    _periodic.Add(scope);
                    break;
                default:
                    _onDemand.Add(scope);
                    break;
            }
        }

        if (startWorker)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    /// <summary>Cleans everything that waits, here and now; cleaning that suspends goes on by itself.</summary>
    public void Sweep()
    {
        ParkedQueue deferred, periodic, onDemand;
        CleaningRound round;
        lock (_lock)
        {
            deferred = _deferred.TakeAll();
            periodic = _periodic.TakeAll();
            onDemand = _onDemand.TakeAll();
            StopTimer();
            round = Begin(deferred.Count + periodic.Count + onDemand.Count);
        }

        CleanAll(ref deferred, round);
        CleanAll(ref periodic, round);
        CleanAll(ref onDemand, round);
    }

    /// <summary>Completes when all cleaning that has begun has ended.</summary>
    public Task WhenSettledAsync()
    {
        CleaningRound round;
        Task settled;
        lock (_lock)
        {
            round = _round;
            settled = round.CloseAsync();
            _round = new CleaningRound(settled);
        }

        return settled;
    }

    /// <summary>Cleans everything and waits for it. What is parked from now on goes to the thread pool at once.</summary>
    public async Task CloseAsync()
    {
        lock (_lock)
        {
            _closed = true;
        }

        do
        {
            Sweep();
            await WhenSettledAsync().ConfigureAwait(false);
        }
        while (Count > 0);
        Dispose();
    }

    /// <summary>Lets go of the timer.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _timer?.Dispose();
            _timer = null;
        }
    }

    /// <inheritdoc/>
    void IThreadPoolWorkItem.Execute()
    {
        for (int i = 0; i < ScopesPerTurn; i++)
        {
            FlowParkable? scope;
            CleaningRound round;
            lock (_lock)
            {
                scope = _deferred.Take();
                if (scope is null)
                {
                    _workers--;
                    return;
                }

                round = Begin(1);
            }

            Clean(scope, round);
        }

        // Others wait for this thread too.
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private CleaningRound Begin(int scopes)
    {
        _round.Begin(scopes);
        Interlocked.Add(ref _cleaning, scopes);
        return _round;
    }

    private void Settle(CleaningRound round)
    {
        Interlocked.Decrement(ref _cleaning);
        round.Settle();
    }

    private void CleanAll(ref ParkedQueue scopes, CleaningRound round)
    {
        while (scopes.Take() is { } scope)
        {
            Clean(scope, round);
        }
    }

    private void Clean(FlowParkable scope, CleaningRound round)
    {
        ValueTask cleaning;
        try
        {
            // From here on the scope may be somebody else's.
            cleaning = scope.CleanAndReturnAsync();
            if (cleaning.IsCompleted)
            {
                cleaning.GetAwaiter().GetResult();
            }
        }
        catch
        {
            // The scope has reported what it could; an error here is against its contract and must not cost the others their turn.
            Settle(round);
            return;
        }

        if (cleaning.IsCompleted)
        {
            Settle(round);
        }
        else
        {
            _ = SettleLaterAsync(cleaning, round);
        }
    }

    private async Task SettleLaterAsync(ValueTask cleaning, CleaningRound round)
    {
        try
        {
            await cleaning.ConfigureAwait(false);
        }
        catch
        {
            // As above.
        }

        Settle(round);
    }

    private void SweepPeriodic()
    {
        ParkedQueue periodic;
        CleaningRound round;
        lock (_lock)
        {
            periodic = _periodic.TakeAll();
            round = Begin(periodic.Count);
        }

        CleanAll(ref periodic, round);
    }

    private void StartTimer()
    {
        if (_timer is not null)
        {
            _timer.Change(_interval, Timeout.InfiniteTimeSpan);
            return;
        }

        // The timer must not keep the ambient values of the run that happens to park first.
        using (ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow())
        {
            _timer = _time.CreateTimer(static lot => ((ParkingLot)lot!).SweepPeriodic(), this, _interval, Timeout.InfiniteTimeSpan);
        }
    }

    private void StopTimer() => _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
}
