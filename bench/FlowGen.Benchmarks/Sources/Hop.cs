using System.Collections.Concurrent;
using System.Threading.Tasks.Sources;

namespace FlowGen.Benchmarks.Sources;

/// <summary>
/// Makes nodes that suspend without allocating and resume on the thread pool: each is one hop through its queue. Instances are
/// pooled per thread, with a shared queue for what a thread collects beyond 64.
/// </summary>
public sealed class Hop : IValueTaskSource<int>, IThreadPoolWorkItem
{
    private const int MaxPerThread = 64;

    private static readonly ConcurrentQueue<Hop> Shared = new();

    [ThreadStatic]
    private static Hop? t_free;

    [ThreadStatic]
    private static int t_count;

    private ManualResetValueTaskSourceCore<int> _core;
    private Hop? _next;
    private int _value;

    private Hop()
    {
    }

    /// <summary>A task that yields <paramref name="value"/> on a thread of the pool.</summary>
    public static ValueTask<int> Later(int value)
    {
        Hop? hop = t_free;
        if (hop is not null)
        {
            t_free = hop._next;
            t_count--;
        }
        else if (!Shared.TryDequeue(out hop))
        {
            hop = new Hop();
        }

        hop._value = value;
        short version = hop._core.Version;   // read before queueing: afterwards the hop may be somebody else's
        ThreadPool.UnsafeQueueUserWorkItem(hop, preferLocal: true);
        return new ValueTask<int>(hop, version);
    }

    void IThreadPoolWorkItem.Execute() => _core.SetResult(_value);

    int IValueTaskSource<int>.GetResult(short token)
    {
        int value = _core.GetResult(token);
        _core.Reset();
        if (t_count < MaxPerThread)
        {
            _next = t_free;
            t_free = this;
            t_count++;
        }
        else
        {
            Shared.Enqueue(this);
        }

        return value;
    }

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        => _core.OnCompleted(continuation, state, token, flags);
}
