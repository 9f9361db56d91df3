using System.ComponentModel;
using FlowGen.CompilerServices;

namespace FlowGen;

/// <content>What the outside answers. Everything looks first whether the run is still this one: its frame, and the places in it, serve other runs later.</content>
public abstract partial class FlowRun
{
    /// <summary>The signal of a [Wait] node.</summary>
    /// <param name="node">Its index in the graph.</param>
    /// <param name="isTransient">Early answers are lost.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected FlowSignal<TRequest, TResponse> Signal<TRequest, TResponse>(int node, bool isTransient)
    {
        using Held held = Hold();
        return new FlowSignal<TRequest, TResponse>(this, _frame?.Waits.PointOf<TRequest, TResponse>(Graph, node, isTransient));
    }

    /// <summary>The signals of a [Wait] node that may ask several times at once.</summary>
    /// <param name="node">Its index in the graph.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected FlowSignals<TKey, TRequest, TResponse> Signals<TKey, TRequest, TResponse>(int node)
        where TKey : notnull
    {
        using Held held = Hold();
        return new FlowSignals<TKey, TRequest, TResponse>(this, _frame?.Waits.PointsOf<TKey>(Graph, node));
    }

    internal bool IsPending<TRequest, TResponse>(WaitPoint<TRequest, TResponse>? point)
    {
        using Held held = Hold();
        return IsAlive && point!.IsPending;
    }

    internal TRequest? RequestAt<TRequest, TResponse>(WaitPoint<TRequest, TResponse>? point)
    {
        using Held held = Hold();
        return IsAlive ? point!.Request : default;
    }

    internal bool Answer<TRequest, TResponse>(WaitPoint<TRequest, TResponse>? point, TResponse response)
    {
        bool isTaken;
        bool mustPublish = false;
        using (Hold())
        {
            isTaken = IsAlive && point!.TryTake(response, out mustPublish);
        }

        if (mustPublish)
        {
            // The run cannot end before its node has the answer.
            point!.Publish(response);
        }

        return isTaken;
    }

    internal bool Fail<TRequest, TResponse>(WaitPoint<TRequest, TResponse>? point, Exception error)
    {
        bool isTaken;
        using (Hold())
        {
            isTaken = IsAlive && point!.TryTakeFailure();
        }

        if (isTaken)
        {
            point!.Publish(error);
        }

        return isTaken;
    }

    internal Task<bool> WhenPending<TRequest, TResponse>(WaitPoint<TRequest, TResponse>? point)
    {
        Task<bool>? pending;
        using (Hold())
        {
            pending = IsAlive ? point!.WhenPending() : null;
        }

        return pending ?? Task.FromResult(false);
    }

    internal IReadOnlyList<KeyValuePair<TKey, TRequest>> PendingAt<TKey, TRequest, TResponse>(KeyedPoints<TKey>? points)
        where TKey : notnull
    {
        using Held held = Hold();
        return IsAlive ? points!.Pending<TRequest, TResponse>() : [];
    }

    internal FlowSignal<TRequest, TResponse> SignalAt<TKey, TRequest, TResponse>(KeyedPoints<TKey>? points, TKey key)
        where TKey : notnull
    {
        using Held held = Hold();
        return new FlowSignal<TRequest, TResponse>(this, IsAlive ? points!.PointOf<TRequest, TResponse>(key, isTransient: false) : null);
    }

    private void CloseWait(int node)
    {
        // Its own frame says so: it cannot end meanwhile.
        if (Graph.Nodes[node] is { Kind: FlowNodeKind.Wait } wait && !MayRunAgain(wait))
        {
            _frame?.KnownWaits?.Close(Graph, node);
        }
    }

    /// <summary>The node, or a sub-workflow around it, runs several times.</summary>
    private bool MayRunAgain(FlowGraphNode node)
    {
        for (FlowGraphNode around = node; ; around = Graph.Nodes[around.Parent])
        {
            if (around.Repeats)
            {
                return true;
            }

            if (around.Parent < 0)
            {
                return false;
            }
        }
    }
}
