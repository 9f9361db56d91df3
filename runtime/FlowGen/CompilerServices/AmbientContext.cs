using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace FlowGen.CompilerServices;

/// <summary>Flows the ExecutionContext of a run into its nodes and keeps what they set from leaking to whoever drives the run.</summary>
internal static class AmbientContext
{
    /// <summary>Undoes what nodes did to the context of the current thread.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Restore(ExecutionContext? before)
    {
        if (before is not null && !ReferenceEquals(ExecutionContext.Capture(), before))
        {
            ExecutionContext.Restore(before);
        }
    }

    /// <summary>Enters the context of a run.</summary>
    /// <returns>What to <see cref="Restore"/> afterwards.</returns>
    internal static ExecutionContext? Enter(ExecutionContext? context)
    {
        ExecutionContext? current = ExecutionContext.Capture();
        if (context is not null && !ReferenceEquals(context, current))
        {
            ExecutionContext.Restore(context);
        }

        return current;
    }

    /// <summary>
    /// Runs a machine once and undoes what it did to the context of the caller: what the runtime does around the first part of every async
    /// method, at the same small price.
    /// </summary>
    [DebuggerStepThrough]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Guard<TMachine>(ref TMachine machine)
        where TMachine : IAsyncStateMachine => AsyncValueTaskMethodBuilder.Create().Start(ref machine);
}

/// <summary>The first pass of a frame, as something that <see cref="AmbientContext.Guard"/> can run.</summary>
internal struct FirstPassMachine<TResult>(FlowFrame<TResult> frame) : IAsyncStateMachine
{
    internal bool Finished { get; private set; }

    public void MoveNext() => Finished = frame.FirstPass();

    public readonly void SetStateMachine(IAsyncStateMachine stateMachine)
    {
        // Only the first part of an async method is imitated; nothing is ever boxed.
    }
}
