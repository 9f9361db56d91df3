namespace FlowGen.Runtime.Tests.Pools;

/// <summary>Counts timers, and never fires one.</summary>
internal sealed class CountingClock : TimeProvider
{
    public int Created { get; private set; }

    public int Armed { get; private set; }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Created++;
        Timer timer = new(this);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(CountingClock clock) : ITimer
    {
        private bool _armed;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            bool armed = dueTime != Timeout.InfiniteTimeSpan;
            clock.Armed += (armed ? 1 : 0) - (_armed ? 1 : 0);
            _armed = armed;
            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
