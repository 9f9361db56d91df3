namespace Scenarios.Stage;

/// <summary>
/// The time of a scene. It stands still while somebody is at work and leaps to the next timer when everybody waits, so that hours pass in no time
/// and always in the same order.
/// </summary>
internal sealed class StoryClock : TimeProvider
{
    // Longer than every delay of the services and between two tries, shorter than the limits that no scene is about.
    private static readonly TimeSpan s_longestLeap = TimeSpan.FromSeconds(3);

    // In real time: something is broken.
    private const int MostBreaths = 20_000;

    private readonly Lock _lock = new();
    private readonly List<StoryTimer> _timers = [];
    private TimeSpan _now;

    /// <summary>Since the scene began.</summary>
    public TimeSpan Elapsed
    {
        get
        {
            lock (_lock)
            {
                return _now;
            }
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Elapsed.Ticks;

    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2030, 1, 1, 9, 0, 0, TimeSpan.Zero) + Elapsed;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        StoryTimer timer = new(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>What a service does all the time.</summary>
    public Task WorkAsync(int milliseconds, CancellationToken ct = default) => Task.Delay(TimeSpan.FromMilliseconds(milliseconds), this, ct);

    /// <summary>Lets time pass until something has ended.</summary>
    /// <param name="end">What is waited for.</param>
    /// <param name="longestLeap">Timers that are further away than this are not leapt to; null for three seconds.</param>
    /// <exception cref="InvalidOperationException">It does not end.</exception>
    public async Task<T> PassAsync<T>(Task<T> end, TimeSpan? longestLeap = null)
    {
        for (int breaths = 0; !end.IsCompleted; breaths++)
        {
            if (breaths == MostBreaths)
            {
                throw new InvalidOperationException("Nothing happens any more.");
            }

            // What hops to the thread pool gets a moment to land.
            await Task.WhenAny(end, Task.Delay(1));
            if (!end.IsCompleted)
            {
                Leap(longestLeap ?? s_longestLeap);
            }
        }

        return await end;
    }

    private void Leap(TimeSpan longest)
    {
        StoryTimer? next;
        lock (_lock)
        {
            next = _timers.MinBy(timer => timer.Due);
            if (next is null || next.Due - _now > longest)
            {
                return;
            }

            _now = next.Due > _now ? next.Due : _now;
            _timers.Remove(next);
            if (next.Period > TimeSpan.Zero)
            {
                next.Due = _now + next.Period;
                _timers.Add(next);
            }
        }

        next.Ring();
    }

    private sealed class StoryTimer(StoryClock clock, Action ring) : ITimer
    {
        public TimeSpan Due { get; set; }

        public TimeSpan Period { get; private set; }

        public void Ring() => ring();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                clock._timers.Remove(this);
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    (Due, Period) = (clock._now + dueTime, period == Timeout.InfiniteTimeSpan ? TimeSpan.Zero : period);
                    clock._timers.Add(this);
                }
            }

            return true;
        }

        public void Dispose()
        {
            lock (clock._lock)
            {
                clock._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
