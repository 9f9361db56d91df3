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
        WaitPoint<TRequest, TResponse>? point;
        using (Hold())
        {
            point = _frame?.Waits.PointOf<TRequest, TResponse>(Graph, node, isTransient);
        }

        CloseIfOver(point, null, node, string.Empty);
        return new FlowSignal<TRequest, TResponse>(this, point);
    }

    /// <summary>The signals of a [Wait] node that may ask several times at once.</summary>
    /// <param name="node">Its index in the graph.</param>
    /// <param name="isTransient">Early answers are lost.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected FlowSignals<TKey, TRequest, TResponse> Signals<TKey, TRequest, TResponse>(int node, bool isTransient)
        where TKey : notnull
    {
        KeyedPoints<TKey>? points;
        using (Hold())
        {
            points = _frame?.Waits.PointsOf<TKey>(Graph, node);
        }

        CloseIfOver(null, points, node, string.Empty);
        return new FlowSignals<TKey, TRequest, TResponse>(this, points, isTransient);
    }

    /// <summary>
    /// A signal by the path of its node, for code that does not know the workflow's class, and for workflows that are chosen while the run goes on; the handles of workflows
    /// have properties for theirs.
    /// </summary>
    /// <typeparam name="TRequest">What the node asks.</typeparam>
    /// <typeparam name="TResponse">What it is answered.</typeparam>
    /// <param name="path">Path of the [Wait] node: <c>Approve</c>, <c>Call.Approve</c>.</param>
    /// <exception cref="InvalidOperationException">The node asks something else.</exception>
    [EditorBrowsable(EditorBrowsableState.Advanced)]
    public FlowSignal<TRequest, TResponse> Signal<TRequest, TResponse>(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        int node = NodeAt(path);
        WaitPoint<TRequest, TResponse>? point;
        using (Hold())
        {
            point = node >= 0
                ? _frame?.Waits.PointOf<TRequest, TResponse>(Graph, node, isTransient: false)
                : _frame?.Waits.PointOf<TRequest, TResponse>(path, isTransient: false);
        }

        CloseIfOver(point, null, node, path);
        return new FlowSignal<TRequest, TResponse>(this, point);
    }

    /// <summary>The same for a node that may ask several times at once.</summary>
    /// <typeparam name="TKey">What tells the requests apart.</typeparam>
    /// <typeparam name="TRequest">What the node asks.</typeparam>
    /// <typeparam name="TResponse">What it is answered.</typeparam>
    /// <param name="path">Path of the [Wait] node.</param>
    [EditorBrowsable(EditorBrowsableState.Advanced)]
    public FlowSignals<TKey, TRequest, TResponse> Signals<TKey, TRequest, TResponse>(string path)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(path);
        int node = NodeAt(path);
        KeyedPoints<TKey>? points;
        using (Hold())
        {
            points = node >= 0 ? _frame?.Waits.PointsOf<TKey>(Graph, node) : _frame?.Waits.PointsOf<TKey>(path);
        }

        CloseIfOver(null, points, node, path);
        return new FlowSignals<TKey, TRequest, TResponse>(this, points, isTransient: false);
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

    internal FlowSignal<TRequest, TResponse> SignalAt<TKey, TRequest, TResponse>(KeyedPoints<TKey>? points, TKey key, bool isTransient)
        where TKey : notnull
    {
        using Held held = Hold();
        return new FlowSignal<TRequest, TResponse>(this, IsAlive ? points!.PointOf<TRequest, TResponse>(key, isTransient) : null);
    }

    /// <summary>The node, or a sub-workflow around it, runs several times; -1 for no node.</summary>
    internal static bool MayRunAgain(FlowGraph graph, int node)
    {
        for (int around = node; around >= 0; around = graph.Nodes[around].Parent)
        {
            if (graph.Nodes[around].Repeats)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Somebody has asked for the signal of a node that has settled before: it was not there to be closed.</summary>
    private void CloseIfOver(WaitPoint? point, KeyedPoints? points, int node, string path)
    {
        if (!WillNotAsk(node, path))
        {
            return;
        }

        using Held held = Hold();
        if (IsAlive)
        {
            point?.Close();
            points?.Close();
        }
    }

    private bool WillNotAsk(int node, string path)
    {
        int decisive = node;
        for (int around = node; around >= 0; around = Graph.Nodes[around].Parent)
        {
            decisive = Graph.Nodes[around].Repeats ? around : decisive;
        }

        return decisive >= 0 && HasName(decisive) ? HasSettled(decisive) : IsOver(node >= 0 ? Graph.Nodes[node].Path : path);
    }

    /// <summary>A node has settled: neither it nor what is in it asks any more, unless what is around it runs again.</summary>
    private void CloseWaits(int node)
    {
        // Its own frame says so: it cannot end meanwhile.
        if (_frame?.KnownWaits is not { } waits || MayRunAgain(Graph, Graph.Nodes[node].Parent))
        {
            return;
        }

        if (Graph.Nodes[node].Kind == FlowNodeKind.Wait)
        {
            waits.Close(Graph, node);
            return;
        }

        (int first, int count) = Graph.Inside(node);
        for (int inner = first; inner < first + count; inner++)
        {
            if (Graph.Nodes[inner].Kind == FlowNodeKind.Wait)
            {
                waits.Close(Graph, inner);
            }
        }

        waits.CloseWithin(Graph.Nodes[node].Path);
    }

    /// <summary>The node of a path; -1 for one of a workflow that nobody foresaw.</summary>
    private int NodeAt(string path)
    {
        for (int node = 0; node < Graph.Nodes.Count; node++)
        {
            if (string.Equals(Graph.Nodes[node].Path, path, StringComparison.Ordinal))
            {
                return node;
            }
        }

        return -1;
    }
}
