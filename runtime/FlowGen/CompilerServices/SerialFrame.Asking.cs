using System.Runtime.CompilerServices;

namespace FlowGen.CompilerServices;

/// <content>How the [Wait] nodes of a serial run wait: the place of the question knows the frame, and the frame goes on with what is there.</content>
public abstract partial class SerialFrame<TResult>
{
    /// <summary>A [Wait] node asks.</summary>
    /// <param name="state">Where the run goes on with the answer.</param>
    /// <param name="node">The node in the frame's own graph.</param>
    /// <param name="request">What it asks.</param>
    /// <param name="isTransient">Early answers are lost.</param>
    /// <param name="token">Cancels the question.</param>
    /// <param name="answer">Where an answer goes that is there already.</param>
    /// <param name="slot">Holds what is awaited where the frame is not the run itself.</param>
    /// <returns>Whether it has been answered. If not, the run has left the thread, and the frame must not be touched afterwards.</returns>
    protected bool Ask<TRequest, TResponse>(
        int state,
        int node,
        TRequest request,
        bool isTransient,
        CancellationToken token,
        ref TResponse answer,
        ref ConfiguredValueTaskAwaitable<TResponse>.ConfiguredValueTaskAwaiter slot)
    {
        if (OwnPoint<TRequest, TResponse>(node) is not { } point)
        {
            return AskElsewhere(state, node, request, isTransient, token, ref answer, ref slot);
        }

        if (point.TryAsk(request, isTransient, token, IsLinkedTo(token), out TResponse? early))
        {
            answer = early!;
            return true;
        }

        Leave(state);
        WatchTime();
        point.Open(this);
        return false;
    }

    /// <summary>The answer with which the run goes on.</summary>
    /// <inheritdoc cref="Ask"/>
    protected TResponse Answered<TRequest, TResponse>(int node, ref ConfiguredValueTaskAwaitable<TResponse>.ConfiguredValueTaskAwaiter slot)
    {
        if (OwnPoint<TRequest, TResponse>(node) is { IsOfAsker: true } point)
        {
            return point.Take();
        }

        ConfiguredValueTaskAwaitable<TResponse>.ConfiguredValueTaskAwaiter awaited = slot;
        slot = default;
        return awaited.GetResult();
    }

    internal override void GoOnWithAnswer() => Resume();

    /// <summary>For the first time, or from a part of a run: the place may be that of several at once, or of none.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool AskElsewhere<TRequest, TResponse>(
        int state,
        int node,
        TRequest request,
        bool isTransient,
        CancellationToken token,
        ref TResponse answer,
        ref ConfiguredValueTaskAwaitable<TResponse>.ConfiguredValueTaskAwaiter slot)
    {
        ValueTask<TResponse> pending = AskAnywhereAsync<TRequest, TResponse>(node, request, isTransient, token);
        if (pending.IsCompleted)
        {
            answer = pending.Result;
            return true;
        }

        Suspend(state, pending, ref slot);
        return false;
    }
}
