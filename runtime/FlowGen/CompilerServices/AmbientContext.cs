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

    /// <summary>Runs <paramref name="body"/> in the context of its run.</summary>
    internal static void Run<TState>(ExecutionContext? context, Action<TState> body, TState state)
    {
        ExecutionContext? current = ExecutionContext.Capture();
        if (context is null || ReferenceEquals(context, current))
        {
            body(state);
            Restore(current);
            return;
        }

        ExecutionContext.Restore(context);
        try
        {
            body(state);
        }
        finally
        {
            if (current is not null)
            {
                ExecutionContext.Restore(current);
            }
        }
    }
}
