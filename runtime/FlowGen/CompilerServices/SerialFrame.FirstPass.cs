using System.Runtime.CompilerServices;

namespace FlowGen.CompilerServices;

/// <content>How a frame takes over from a first pass that ran without it.</content>
public abstract partial class SerialFrame<TResult>
{
    /// <summary>Takes over from a first pass that ran without a frame: its first suspension.</summary>
    protected ValueTask<TResult> StartSuspended<T>(int state, ValueTask<T> pending, ref ConfiguredValueTaskAwaitable<T>.ConfiguredValueTaskAwaiter slot)
    {
        short version = Version;
        Suspend(state, pending, ref slot);
        return new ValueTask<TResult>(this, version);
    }

    /// <inheritdoc cref="StartSuspended{T}"/>
    protected ValueTask<TResult> StartSuspended(int state, ValueTask pending, ref ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter slot)
    {
        short version = Version;
        Suspend(state, pending, ref slot);
        return new ValueTask<TResult>(this, version);
    }

    /// <inheritdoc cref="StartSuspended{T}"/>
    protected ValueTask StartSuspendedWithoutResult<T>(int state, ValueTask<T> pending, ref ConfiguredValueTaskAwaitable<T>.ConfiguredValueTaskAwaiter slot)
    {
        short version = Version;
        Suspend(state, pending, ref slot);
        return new ValueTask(this, version);
    }

    /// <inheritdoc cref="StartSuspended{T}"/>
    protected ValueTask StartSuspendedWithoutResult(int state, ValueTask pending, ref ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter slot)
    {
        short version = Version;
        Suspend(state, pending, ref slot);
        return new ValueTask(this, version);
    }

    /// <summary>Takes over from a first pass that has left everything it did in the frame: goes on with what a step has returned.</summary>
    /// <returns>Whether the run has finished; otherwise the frame may belong to another thread by now.</returns>
    protected bool TakeUp<T>(int step, ValueTask<T> pending, ref ConfiguredValueTaskAwaitable<T>.ConfiguredValueTaskAwaiter slot)
    {
        Step = step;
        try
        {
            if (!pending.IsCompleted)
            {
                Suspend((3 * step) + 1, pending, ref slot);
                return false;
            }

            slot = pending.ConfigureAwait(false).GetAwaiter();
            Step = (3 * step) + 1;
            return MoveNext();
        }
        catch (Exception error)
        {
            return Recover(error);
        }
    }

    /// <inheritdoc cref="TakeUp{T}"/>
    protected bool TakeUp(int step, ValueTask pending, ref ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter slot)
    {
        Step = step;
        try
        {
            if (!pending.IsCompleted)
            {
                Suspend((3 * step) + 1, pending, ref slot);
                return false;
            }

            slot = pending.ConfigureAwait(false).GetAwaiter();
            Step = (3 * step) + 1;
            return MoveNext();
        }
        catch (Exception error)
        {
            return Recover(error);
        }
    }

    /// <summary>The same where the step has failed.</summary>
    protected bool TakeUp(int step, Exception error)
    {
        Step = step;
        return Recover(error);
    }
}
