using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace FlowGen.CompilerServices;

/// <content>
/// The nodes of long workflows that are nothing but a call to await. These methods are called rather than inlined, so that the emitted code of such a node is small: what
/// a run of thousands of them waits for is their code. Each answers with <see cref="InLine"/>, or with the code that says where to go on.
/// </content>
public abstract partial class SerialFrame<TResult>
{
    /// <summary>No code: the run goes on with the next node in line.</summary>
    protected const int InLine = -3;

    /// <summary>The node may start: nobody holds the run and nobody has cancelled it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected int Begin(int step)
    {
        bool observed = IsWatched;
        if (observed && IsHeld(3 * step))
        {
            return -1;
        }

        Step = step;
        Token.ThrowIfCancellationRequested();
        if (observed)
        {
            Executing(Steps.NodeOf(step));
        }

        return InLine;
    }

    /// <summary>Takes what the current node has returned, or leaves the thread until it completes. The frame must not be touched when it has.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    [StackTraceHidden]
    protected int Await<T>(ValueTask<T> pending, ref ConfiguredValueTaskAwaitable<T>.ConfiguredValueTaskAwaiter slot, ref T value)
    {
        if (!pending.IsCompleted)
        {
            Suspend((3 * Step) + 1, pending, ref slot);
            return -1;
        }

        value = pending.Result;
        return GoOn();
    }

    /// <summary>Takes the result of a node that was suspended.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    [StackTraceHidden]
    protected int Resumed<T>(int step, ref ConfiguredValueTaskAwaitable<T>.ConfiguredValueTaskAwaiter slot, ref T value)
    {
        Step = step;
        ConfiguredValueTaskAwaitable<T>.ConfiguredValueTaskAwaiter awaited = slot;
        slot = default;
        value = awaited.GetResult();
        return GoOn();
    }

    /// <summary>The current node is done. What goes straight on finds the step set, so that the emitted code need not set it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int GoOn()
    {
        if (IsWatched || Token.IsCancellationRequested)
        {
            return Turn();
        }

        Step++;
        return InLine;
    }

    /// <summary>The next node has to be begun.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Turn()
    {
        int step = Step;
        if (IsWatched)
        {
            Completed(Steps.NodeOf(step));
        }

        return 3 * (step + 1);
    }
}
