namespace FlowGen.CompilerServices;

/// <summary>What a policy waits for besides the body of its node.</summary>
internal enum PolicyAlarm
{
    None,

    /// <summary>One try may not take longer.</summary>
    AttemptLimit,

    /// <summary>All tries together, or the whole run, may not take longer.</summary>
    TotalLimit,

    /// <summary>It is time for the next try.</summary>
    NextTry,
}

/// <summary>Whose alarm it is.</summary>
internal interface IAlarmed
{
    /// <summary>The alarm is going off: takes note of it. Called under the lock of the timer.</summary>
    void Expire(PolicyAlarm alarm);

    /// <summary>The alarm has gone off: acts on it.</summary>
    void Ring(PolicyAlarm alarm);
}

/// <summary>
/// The alarm of a policy or a run. Setting a timer costs more than most nodes, and most limits are never reached: the timer is moved only when it would come too late. One that comes
/// too early looks at the clock and is set again; that also makes late callbacks of an earlier alarm harmless.
/// </summary>
internal sealed class PolicyTimer(IAlarmed owner)
{
    // A timer that is still set roots its owner; one that comes soon may stay.
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private TimeProvider? _clock;
    private ITimer? _timer;
    private PolicyAlarm _alarm;
    private int _setting;
    private long _deadline;
    private long _comes;

    /// <summary>Rings at a timestamp of the clock, unless it is turned off before.</summary>
    /// <returns>A number that tells this setting from others.</returns>
    internal int Set(TimeProvider clock, PolicyAlarm alarm, long deadline)
    {
        lock (_lock)
        {
            if (!ReferenceEquals(clock, _clock))
            {
                _timer?.Dispose();
                _timer = null;
                _clock = clock;
            }

            _alarm = alarm;
            _deadline = deadline;
            if (_timer is null || _comes == 0 || _comes > deadline)
            {
                Move();
            }

            return ++_setting;
        }
    }

    internal static long DeadlineAfter(TimeProvider clock, TimeSpan delay)
    {
        long now = clock.GetTimestamp();

        // A limit may be as long as there is.
        return delay.TotalSeconds * clock.TimestampFrequency < long.MaxValue - now
            ? now + Math.Max(1, (long)(delay.TotalSeconds * clock.TimestampFrequency))
            : long.MaxValue;
    }

    /// <summary>Turns an alarm off.</summary>
    /// <param name="alarm">Which.</param>
    /// <param name="setting">Only if it is still that setting; 0 for whichever it is.</param>
    /// <returns>False when it has rung already, or was turned off by somebody else.</returns>
    internal bool TryTurnOff(PolicyAlarm alarm, int setting = 0)
    {
        lock (_lock)
        {
            if (_alarm != alarm || (setting != 0 && setting != _setting))
            {
                return false;
            }

            _alarm = PolicyAlarm.None;
            return true;
        }
    }

    /// <summary>The run is over: the timer need not keep its owner alive for long.</summary>
    internal void Forget()
    {
        lock (_lock)
        {
            _alarm = PolicyAlarm.None;
            if (_comes != 0 && _clock!.GetElapsedTime(_clock.GetTimestamp(), _comes) > s_soon)
            {
                _comes = 0;
                _timer!.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void Ring()
    {
        PolicyAlarm alarm;
        lock (_lock)
        {
            _comes = 0;
            alarm = _alarm;
            if (alarm == PolicyAlarm.None)
            {
                return;
            }

            if (_clock!.GetTimestamp() < _deadline)
            {
                Move();
                return;
            }

            // Under the lock, so that who turns an alarm off knows for certain whether it has rung.
            _alarm = PolicyAlarm.None;
            owner.Expire(alarm);
        }

        owner.Ring(alarm);
    }

    private void Move()
    {
        TimeSpan delay = _clock!.GetElapsedTime(_clock.GetTimestamp(), _deadline);
        delay = delay <= TimeSpan.Zero ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Math.Min(Math.Ceiling(delay.TotalMilliseconds), int.MaxValue));
        _comes = _deadline;
        if (_timer is null)
        {
            _timer = NewTimer(delay);
        }
        else
        {
            _timer.Change(delay, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>The timer serves many runs: none of them lends it its context.</summary>
    private ITimer NewTimer(TimeSpan delay)
    {
        if (ExecutionContext.IsFlowSuppressed())
        {
            return Create();
        }

        using (ExecutionContext.SuppressFlow())
        {
            return Create();
        }

        ITimer Create() => _clock!.CreateTimer(static state => ((PolicyTimer)state!).Ring(), this, delay, Timeout.InfiniteTimeSpan);
    }
}
