using System.Threading.Tasks.Sources;

namespace FlowGen.Testing;

/// <summary>
/// A suspension that costs no bytes after warm-up: a pooled value task source. It waits in a queue until <see cref="Pulses.Beat"/>
/// completes it on the calling thread, or completes itself on the thread pool.
/// </summary>
internal sealed class Pulse<T> : IValueTaskSource<T>, IValueTaskSource, IThreadPoolWorkItem, IPulse
{
    // An intrusive list: a pulse may be taken on one thread and given back on another, and neither may cost bytes.
    private static readonly Lock s_lock = new();
    private static Pulse<T>? s_unused;

    private Pulse<T>? _next;
    private ManualResetValueTaskSourceCore<T> _core;
    private T _value = default!;
    private Exception? _error;

    public static Pulse<T> Take(T value, Exception? error)
    {
        Pulse<T>? pulse;
        lock (s_lock)
        {
            pulse = s_unused;
            s_unused = pulse?._next;
        }

        pulse ??= new Pulse<T>();
        pulse._next = null;
        pulse._value = value;
        pulse._error = error;
        return pulse;
    }

    public ValueTask<T> AsValueTaskOfT() => new(this, _core.Version);

    public ValueTask AsValueTask() => new(this, _core.Version);

    public void Execute()
    {
        if (_error is null)
        {
            _core.SetResult(_value);
        }
        else
        {
            _core.SetException(_error);
        }
    }

    public T GetResult(short token)
    {
        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            _core.Reset();
            _value = default!;
            _error = null;
            GiveBack();
        }
    }

    void IValueTaskSource.GetResult(short token) => GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        => _core.OnCompleted(continuation, state, token, flags);

    private void GiveBack()
    {
        lock (s_lock)
        {
            _next = s_unused;
            s_unused = this;
        }
    }
}
