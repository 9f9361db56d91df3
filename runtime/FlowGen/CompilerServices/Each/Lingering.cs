using System.Threading.Tasks.Sources;

namespace FlowGen.CompilerServices;

/// <summary>What still goes on in a frame although nobody wants its result: the frame waits for it before it is left. Pooled with the frame.</summary>
internal sealed class Lingering : IValueTaskSource
{
    private readonly Lock _lock = new();
    private ManualResetValueTaskSourceCore<bool> _core;
    private int _count;
    private bool _isAwaited;

    /// <summary>Whether there is anything to wait for.</summary>
    internal bool Any
    {
        get
        {
            lock (_lock)
            {
                return _count > 0;
            }
        }
    }

    /// <inheritdoc/>
    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    /// <inheritdoc/>
    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    /// <inheritdoc/>
    void IValueTaskSource.GetResult(short token)
    {
        _core.GetResult(token);
        _core.Reset();
    }

    internal void Begin()
    {
        lock (_lock)
        {
            _count++;
        }
    }

    internal void End()
    {
        lock (_lock)
        {
            _count--;
            if (_count > 0 || !_isAwaited)
            {
                return;
            }

            _isAwaited = false;
        }

        _core.SetResult(true);
    }

    /// <summary>Completes when nothing is left; nothing new may begin meanwhile.</summary>
    internal ValueTask WaitAsync()
    {
        lock (_lock)
        {
            if (_count == 0)
            {
                return default;
            }

            _isAwaited = true;
            return new ValueTask(this, _core.Version);
        }
    }
}
