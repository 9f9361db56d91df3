namespace Behaviour.Policies;

/// <summary>A clock that stands still and counts the timers that somebody asks it for.</summary>
internal sealed class CountingClock : TimeProvider
{
    private readonly FakeTimeProvider _clock = new();

    public int Timers { get; private set; }

    public override long TimestampFrequency => _clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _clock.GetUtcNow();

    public override long GetTimestamp() => _clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Timers++;
        return _clock.CreateTimer(callback, state, dueTime, period);
    }
}
