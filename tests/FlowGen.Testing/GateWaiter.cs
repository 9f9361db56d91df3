using System.Threading.Tasks.Sources;

namespace FlowGen.Testing;

/// <summary>One wait at a <see cref="Gate"/>: a value task source that runs its continuation on the thread that completes it.</summary>
internal abstract class GateWaiter
{
    private CancellationTokenRegistration _registration;

    public abstract ValueTask AsValueTask();

    public abstract void Complete(Exception? error);

    public void WatchCancellation(Gate gate, CancellationToken ct)
    {
        if (ct.CanBeCanceled)
        {
            _registration = ct.UnsafeRegister(
                static (state, token) =>
                {
                    (Gate gate, GateWaiter waiter) = ((Gate, GateWaiter))state!;
                    gate.Abandon(waiter, token);
                },
                (gate, this));
        }
    }

    protected void StopWatching() => _registration.Unregister();
}

internal sealed class GateWaiter<T>(T value) : GateWaiter, IValueTaskSource<T>, IValueTaskSource
{
    private ManualResetValueTaskSourceCore<T> _core;

    public override ValueTask AsValueTask() => new(this, _core.Version);

    public ValueTask<T> AsValueTaskOfT() => new(this, _core.Version);

    public override void Complete(Exception? error)
    {
        StopWatching();
        if (error is null)
        {
            _core.SetResult(value);
        }
        else
        {
            _core.SetException(error);
        }
    }

    public T GetResult(short token) => _core.GetResult(token);

    void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        => _core.OnCompleted(continuation, state, token, flags);
}
