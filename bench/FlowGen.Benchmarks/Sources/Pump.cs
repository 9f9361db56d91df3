using System.Threading.Tasks.Sources;

namespace FlowGen.Benchmarks.Sources;

/// <summary>
/// Makes nodes that suspend without allocating and without another thread: <see cref="Later"/> returns a pending task and
/// <see cref="Drain"/> completes all that are pending, in place. What is left to measure is the code around the suspension.
/// For one thread.
/// </summary>
public sealed class Pump
{
    private Promise[] _pending = new Promise[64];
    private int _count;
    private Promise? _free;

    /// <summary>A task that yields <paramref name="value"/> once somebody drains the pump.</summary>
    public ValueTask<int> Later(int value)
    {
        Promise promise = _free ?? new Promise(this);
        _free = promise.Next;
        promise.Value = value;
        if (_count == _pending.Length)
            Array.Resize(ref _pending, _count * 2);
        _pending[_count++] = promise;
        return promise.Task;
    }

    /// <summary>Completes what is pending, and what becomes pending by that, until nothing is.</summary>
    public void Drain()
    {
        while (_count > 0)
            _pending[--_count].Complete();
    }

    private sealed class Promise(Pump pump) : IValueTaskSource<int>
    {
        private ManualResetValueTaskSourceCore<int> _core;

        public Promise? Next { get; private set; }

        public int Value { get; set; }

        public ValueTask<int> Task => new(this, _core.Version);

        public void Complete() => _core.SetResult(Value);

        public int GetResult(short token)
        {
            int value = _core.GetResult(token);
            _core.Reset();
            Next = pump._free;
            pump._free = this;
            return value;
        }

        public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

        public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
            => _core.OnCompleted(continuation, state, token, flags);
    }
}
