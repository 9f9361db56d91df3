namespace FlowGen.CompilerServices;

/// <summary>
/// Cancels a run from the inside: because somebody asks its handle to, or because its time is over. Pooled with the frame; the token is a new one for each run.
/// </summary>
internal sealed class RunSource : IAlarmed
{
    private CancellationTokenSource? _source;
    private CancellationTokenSource? _expiring;
    private CancellationTokenRegistration _link;
    private PolicyTimer? _timer;
    private TimeSpan _limit;
    private bool _isWatched;
    private bool _isBurnt;

    /// <summary>The token that the caller of the run gave.</summary>
    internal CancellationToken Caller { get; private set; }

    /// <summary>The run has taken too long.</summary>
    internal bool IsExpired { get; private set; }

    /// <summary>How long it may take; zero for no limit.</summary>
    internal TimeSpan Limit => _limit;

    internal CancellationToken Token => _source!.Token;

    /// <summary>Begins a run.</summary>
    /// <returns>Its token: cancelled with the caller's, and by what this object is for.</returns>
    internal CancellationToken Open(CancellationToken caller)
    {
        Caller = caller;
        _source ??= new CancellationTokenSource();
        if (caller.CanBeCanceled)
        {
            _link = caller.UnsafeRegister(static state => Cancellation.Request((CancellationTokenSource)state!), _source);
        }

        return _source.Token;
    }

    internal void LimitTo(TimeSpan limit) => _limit = limit;

    /// <summary>A node has suspended: from now on the run may take too long.</summary>
    internal void Watch(TimeProvider clock)
    {
        if (_limit == TimeSpan.Zero || _isWatched)
        {
            return;
        }

        _isWatched = true;
        _timer ??= new PolicyTimer(this);
        _timer.Set(clock, PolicyAlarm.TotalLimit, PolicyTimer.DeadlineAfter(clock, _limit));
    }

    /// <summary>The source, for somebody who will cancel it, perhaps when the run is over: it serves no other run.</summary>
    internal CancellationTokenSource? TakeForCancelling()
    {
        _isBurnt = true;
        return _source;
    }

    /// <summary>Everything has settled: time matters no longer.</summary>
    /// <returns>Whether it was over before.</returns>
    internal bool StopWatching()
    {
        _timer?.TryTurnOff(PolicyAlarm.TotalLimit);
        return IsExpired;
    }

    /// <summary>Ends a run.</summary>
    internal void Close()
    {
        _timer?.TryTurnOff(PolicyAlarm.TotalLimit);
        _timer?.Forget();
        Caller = default;
        _limit = default;
        _isWatched = false;
        if (_link != default)
        {
            // A callback that ran or is running right now may still touch the source.
            _isBurnt |= !_link.Unregister();
            _link = default;
        }

        if (_source is not null && (_isBurnt || IsExpired || !_source.TryReset()))
        {
            _source = null;
        }

        _isBurnt = false;
        IsExpired = false;
    }

    /// <inheritdoc/>
    void IAlarmed.Expire(PolicyAlarm alarm)
    {
        IsExpired = true;
        _expiring = _source;
    }

    /// <inheritdoc/>
    void IAlarmed.Ring(PolicyAlarm alarm) => Cancellation.Request(Interlocked.Exchange(ref _expiring, null));
}
