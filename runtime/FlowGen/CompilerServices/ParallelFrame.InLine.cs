using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace FlowGen.CompilerServices;

/// <content>
/// The nodes of long workflows that are nothing but a call to await, as in a <see cref="SerialFrame{TResult}"/>. Each method answers with <see cref="InLine"/>, or with
/// the code that says what comes next.
/// </content>
public abstract partial class ParallelFrame<TResult>
{
    /// <summary>No code: the run goes on with the next node in line.</summary>
    protected const int InLine = -3;

    /// <summary>The node may start: nobody holds the run and nobody has cancelled it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected int Begin(int step)
    {
        bool observed = IsWatched;
        if (observed && IsHeld(step))
        {
            return Hold(step);
        }

        Step = step;
        Token.ThrowIfCancellationRequested();
        if (observed)
        {
            Executing(Steps.NodeOf(step));
        }

        return InLine;
    }

    /// <summary>Takes what the current node has returned, or lets other steps go on until it completes.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    [StackTraceHidden]
    protected int Await<T>(ValueTask<T> pending, ref ConfiguredValueTaskAwaitable<T>.ConfiguredValueTaskAwaiter slot, ref T value)
    {
        if (!pending.IsCompleted)
        {
            return Suspend(Step, pending, ref slot);
        }

        value = pending.Result;
        if (Scheduled || IsWatched || Token.IsCancellationRequested)
        {
            return Turn(Step);
        }

        // What goes straight on finds the step set, so that the emitted code need not set it.
        Step++;
        return InLine;
    }

    /// <summary>A node that was suspended has completed; its result has been taken.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    [StackTraceHidden]
    protected int Resumed(int step)
    {
        Step = step;
        ThrowIfFailed(step);
        return Turn(step);
    }

    /// <summary>Takes the result of a node that has completed. Runs on the thread that completed it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    [StackTraceHidden]
    protected static void Take<T>(ref ConfiguredValueTaskAwaitable<T>.ConfiguredValueTaskAwaiter slot, ref T value)
    {
        ConfiguredValueTaskAwaitable<T>.ConfiguredValueTaskAwaiter awaited = slot;
        slot = default;
        value = awaited.GetResult();
    }

    /// <summary>The node is done, and another has to be begun.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Turn(int step)
    {
        if (IsWatched)
        {
            Completed(Steps.NodeOf(step));
        }

        return Scheduled ? Settle(step) : 2 * (step + 1);
    }
}
