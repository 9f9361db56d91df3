using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace FlowGen.CompilerServices;

/// <summary>
/// A run in which at most one node is in flight: nothing can go on while a node is suspended. A suspension needs no synchronisation;
/// whoever completes the awaited node continues the run.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract partial class SerialFrame<TResult> : FlowFrame<TResult>, IThreadPoolWorkItem
{
    private Action? _resume;
    private ExecutionContext? _context;

    /// <summary>Where <see cref="MoveNext"/> enters: <c>3 * step</c> starts a step, <c>+ 1</c> takes up after its suspension, <c>+ 2</c> goes on without its value.</summary>
    protected int State => Step;

    /// <summary>Emitted: runs until the run has finished (true) or suspended (false; the frame may belong to another thread).</summary>
    protected abstract bool MoveNext();

    /// <summary>Leaves the thread until <paramref name="pending"/> completes. The frame must not be touched afterwards.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected void Suspend<T>(int state, ValueTask<T> pending, ref ConfiguredValueTaskAwaitable<T>.ConfiguredValueTaskAwaiter slot)
    {
        ConfiguredValueTaskAwaitable<T>.ConfiguredValueTaskAwaiter awaiter = pending.ConfigureAwait(false).GetAwaiter();
        slot = awaiter;
        Leave(state);
        WatchTime();
        try
        {
            awaiter.UnsafeOnCompleted(_resume ??= Resume);
        }
        catch
        {
            // It does not take a continuation, say because it has been awaited before: a failure of this step.
            Step = state / 3;
            throw;
        }
    }

    /// <inheritdoc cref="Suspend{T}"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected void Suspend(int state, ValueTask pending, ref ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter slot)
    {
        ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter awaiter = pending.ConfigureAwait(false).GetAwaiter();
        slot = awaiter;
        Leave(state);
        WatchTime();
        try
        {
            awaiter.UnsafeOnCompleted(_resume ??= Resume);
        }
        catch
        {
            // It does not take a continuation, say because it has been awaited before: a failure of this step.
            Step = state / 3;
            throw;
        }
    }

    /// <summary>Forgets where the run was. Emitted frames call it when they go back to their pool.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected void ForgetPosition()
    {
        Step = 0;
        _context = null;
    }

    /// <summary>Continues at <paramref name="state"/> on the thread pool. The frame must not be touched afterwards.</summary>
    protected void MoveToThreadPool(int state)
    {
        Leave(state);
        WatchTime();
        PoolWork.Queue(this);
    }

    /// <summary>A node is about to start, and whoever holds the run may have paused it.</summary>
    /// <returns>True when it has to wait: the frame goes on at <paramref name="state"/> later, and must not be touched before.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected bool IsHeld(int state)
    {
        if (!IsOnHold)
        {
            return false;
        }

        Leave(state);
        return Handle!.Park(this, Token) != FlowRun.Parking.Refused;
    }

    /// <summary>At the exit of a sub-workflow whose failure somebody handles: whether the run goes on without its value.</summary>
    protected bool Forgive(int step)
    {
        if (IsCancelled || !Handles(step, FailingError!))
        {
            return false;
        }

        Absorb(step, TakeError());
        return true;
    }

    /// <inheritdoc/>
    void IThreadPoolWorkItem.Execute() => Resume();

    internal override bool FirstPass()
    {
        try
        {
            return MoveNext();
        }
        catch (Exception error)
        {
            return Recover(error);
        }
    }

    private void Leave(int state)
    {
        Step = state;
        _context ??= ExecutionContext.Capture();
    }

    private void Resume()
    {
        // What completes while it is being hooked, node after node, nests; as in any async method, the pool gives it a fresh stack in time.
        if (!StackRoom.IsEnough())
        {
            PoolWork.Queue(this);
            return;
        }

        ExecutionContext? outer = AmbientContext.Enter(_context);
        Continue();

        // Only locals from here on: the frame may be running again, or serve another run.
        AmbientContext.Restore(outer);
    }

    private void Continue()
    {
        bool finished;
        try
        {
            finished = MoveNext();
        }
        catch (Exception error)
        {
            finished = Recover(error);
        }

        if (finished)
        {
            Complete();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Recover(Exception error)
    {
        while (true)
        {
            int step = Step;
            bool cancelled = error is OperationCanceledException && Token.IsCancellationRequested;
            StepFailed(step, error, cancelled);
            if (!cancelled && !Failing && Steps.IsHandled(step) && Handles(step, error))
            {
                Absorb(step, error);
                Step = (3 * step) + 2;
            }
            else
            {
                RecordError(error, cancelled);
                Step = 3 * Steps.ExitOf(step);
            }

            try
            {
                return MoveNext();
            }
            catch (Exception next)
            {
                error = next;
            }
        }
    }
}
