namespace FlowGen.Benchmarks.Sources;

/// <summary>A clock whose timers fire when they are told to, in place. For one thread.</summary>
public sealed class ManualClock : TimeProvider
{
    private readonly List<Timer> _due = [];
    private long _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Timer(this, callback, state, dueTime);

    /// <summary>Lets an hour pass, and fires every timer that is set.</summary>
    public void Expire()
    {
        _now += TimeSpan.TicksPerHour;
        while (_due.Count > 0)
        {
            Timer timer = _due[^1];
            _due.RemoveAt(_due.Count - 1);
            timer.Fire();
        }
    }

    private sealed class Timer : ITimer
    {
        private readonly ManualClock _clock;
        private readonly TimerCallback _callback;
        private readonly object? _state;

        public Timer(ManualClock clock, TimerCallback callback, object? state, TimeSpan dueTime)
        {
            (_clock, _callback, _state) = (clock, callback, state);
            Change(dueTime, Timeout.InfiniteTimeSpan);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _clock._due.Remove(this);
            if (dueTime != Timeout.InfiniteTimeSpan)
                _clock._due.Add(this);
            return true;
        }

        public void Fire() => _callback(_state);

        public void Dispose() => _clock._due.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
