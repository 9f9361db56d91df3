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

internal sealed class GateWaiter<T>(T value, bool keepsContext) : GateWaiter, IValueTaskSource<T>, IValueTaskSource
{
    private ManualResetValueTaskSourceCore<T> _core;

    public override ValueTask AsValueTask() => new(this, _core.Version);

    public ValueTask<T> AsValueTaskOfT() => new(this, _core.Version);

    public override void Complete(Exception? error)
    {
        StopWatching();

        // Tasks do not continue inline where a SynchronizationContext is current, and the test runner installs one.
        SynchronizationContext? runner = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            if (error is null)
            {
                _core.SetResult(value);
            }
            else
            {
                _core.SetException(error);
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(runner);
        }
    }

    public T GetResult(short token) => _core.GetResult(token);

    void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        => _core.OnCompleted(continuation, state, token, keepsContext ? flags : flags & ~ValueTaskSourceOnCompletedFlags.UseSchedulingContext);
}
