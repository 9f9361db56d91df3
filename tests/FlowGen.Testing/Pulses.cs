namespace FlowGen.Testing;

internal interface IPulse
{
    void Execute();
}

/// <summary>Suspensions for allocation tests: nodes call <c>Later</c>, the test calls <see cref="Beat"/> until nothing is pending.</summary>
/// <remarks>One thread at a time: the test drives the run and the completions from a single thread, so nothing needs a lock.</remarks>
public sealed class Pulses
{
    private readonly IPulse[] _ring = new IPulse[4_096];
    private int _head;
    private int _count;

    /// <summary>Suspensions that wait for a beat.</summary>
    public int Pending => _count;

    /// <summary>A value task that completes with <paramref name="value"/> at some later beat.</summary>
    public ValueTask<T> Later<T>(T value)
    {
        Pulse<T> pulse = Pulse<T>.Take(value, error: null);
        Add(pulse);
        return pulse.AsValueTaskOfT();
    }

    /// <summary>A value task that completes at some later beat.</summary>
    public ValueTask Later()
    {
        Pulse<int> pulse = Pulse<int>.Take(0, error: null);
        Add(pulse);
        return pulse.AsValueTask();
    }

    /// <summary>A value task that fails with <paramref name="error"/> at some later beat.</summary>
    public ValueTask<T> Fails<T>(Exception error)
    {
        Pulse<T> pulse = Pulse<T>.Take(default!, error);
        Add(pulse);
        return pulse.AsValueTaskOfT();
    }

    /// <summary>Completes what is pending, oldest first, on this thread, until nothing is.</summary>
    public void Beat()
    {
        while (_count > 0)
        {
            IPulse pulse = _ring[_head];
            _ring[_head] = null!;
            _head = (_head + 1) % _ring.Length;
            _count--;
            pulse.Execute();
        }
    }

    private void Add(IPulse pulse)
    {
        if (_count == _ring.Length)
        {
            throw new InvalidOperationException("More suspensions than the ring holds.");
        }

        _ring[(_head + _count++) % _ring.Length] = pulse;
    }
}

/// <summary>Suspensions that end on the thread pool, without bytes once the pool's own queues have grown.</summary>
public static class PoolPulses
{
    public static ValueTask<T> Later<T>(T value)
    {
        Pulse<T> pulse = Pulse<T>.Take(value, error: null);
        ValueTask<T> later = pulse.AsValueTaskOfT();
        ThreadPool.UnsafeQueueUserWorkItem(pulse, preferLocal: false);
        return later;
    }
}
