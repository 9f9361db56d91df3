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
        // A place belongs to one frame for good. If that serves another run by now, this one is over, and everything that is done to a signal finds that out first.
        if (Volatile.Read(ref _frame)?.KnownWaits?.Known(node) is WaitPoint<TRequest, TResponse> known && (!isTransient || known.IsTransient))
        {
            return new FlowSignal<TRequest, TResponse>(this, known);
        }

        WaitPoint<TRequest, TResponse>? point;
        using (Hold())
        {
            point = _frame?.Waits.PointOf<TRequest, TResponse>(Graph, node, isTransient);
        }

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

        CloseIfOver(points, node, string.Empty);
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

        CloseIfOver(points, node, path);
        return new FlowSignals<TKey, TRequest, TResponse>(this, points, isTransient: false);
    }

    /// <summary>Whether the run can still be reached. Once it cannot, it never can again.</summary>
    internal bool IsReachable => Volatile.Read(ref _frame) is not null;

    internal bool IsPending(WaitPoint? point) => point is { IsPending: true } && IsReachable;

    internal TRequest? RequestAt<TRequest, TResponse>(WaitPoint<TRequest, TResponse>? point) =>
        point is not null && point.TryReadRequest(out TRequest? request) && IsReachable ? request : default;

    internal bool Answer<TRequest, TResponse>(WaitPoint<TRequest, TResponse>? point, TResponse response)
    {
        EarlyAnswer early = EarlyAnswer.IsAsked;
        while (early == EarlyAnswer.IsAsked)
        {
            if (point is null)
            {
                return false;
            }

            if (point.TryAnswer(this, response))
            {
                return true;
            }

            CloseIfOver(point);
            using (Hold())
            {
                early = IsAlive ? point.TryKeep(response) : EarlyAnswer.Refused;
            }
        }

        return early == EarlyAnswer.Kept;
    }

    internal bool Fail<TRequest, TResponse>(WaitPoint<TRequest, TResponse>? point, Exception error) => point is not null && point.TryFail(this, error);

    internal Task<bool> WhenPending(WaitPoint? point)
    {
        Task<bool>? pending = null;
        if (point is not null)
        {
            using (Hold())
            {
                pending = IsAlive ? point.WhenPending() : null;
            }

            // Who closes the place of a node that settles looks for who waits there after it has said that the node has.
            CloseIfOver(point);
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
    internal static bool MayRunAgain(FlowGraph graph, int node) => node >= 0 && (graph.Traits[node] & NodeTraits.MayRunAgain) != NodeTraits.None;

    /// <summary>Somebody waits for, or answers, a node that has settled before its place was there to be closed.</summary>
    private void CloseIfOver(WaitPoint point)
    {
        // The places of several requests are closed together.
        if (point is { Node: < 0, Path: null } || !WillNotAsk(point.Node, point.Path ?? string.Empty))
        {
            return;
        }

        using Held held = Hold();
        if (IsAlive)
        {
            point.Close();
        }
    }

    /// <summary>The same for the places of several requests.</summary>
    private void CloseIfOver(KeyedPoints? points, int node, string path)
    {
        if (points is null || !WillNotAsk(node, path))
        {
            return;
        }

        using Held held = Hold();
        if (IsAlive)
        {
            points.Close();
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
