using System.Runtime.CompilerServices;

namespace FlowGen.CompilerServices;

/// <summary>The places where the [Wait] nodes of one run meet the outside, made when either side comes first. Pooled with the frame of the run.</summary>
/// <param name="own">The graph of the run.</param>
internal sealed class WaitTable(FlowGraph own)
{
    private readonly Lock _lock = new();
    private readonly WaitPlaces _places = own.WaitPlaces;

    // Written under the lock, read without: what is there once stays with the frame.
    private readonly WaitPoint?[] _points = new WaitPoint?[own.WaitPlaces.Count];
    private KeyedPoints?[] _keyed = [];

    // Those of workflows that were chosen while the run goes on, by path. They are the next run's no longer.
    private Dictionary<string, WaitPoint>? _chosen;
    private Dictionary<string, KeyedPoints>? _chosenKeyed;

    private CancellationToken _linked;
    private CancellationTokenRegistration _link;

    /// <summary>Of a node in the graph of the run that waits once at a time, if it is there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal WaitPoint? Known(int node)
    {
        int place = _places.Of(node);
        return (uint)place < (uint)_points.Length ? Volatile.Read(ref _points[place]) : null;
    }

    /// <summary>Of a node that waits once at a time.</summary>
    internal WaitPoint<TRequest, TResponse> PointOf<TRequest, TResponse>(FlowGraph graph, int node, bool isTransient)
    {
        if (!ReferenceEquals(graph, own) || _places.Of(node) < 0)
        {
            return PointOf<TRequest, TResponse>(graph.Nodes[node].Path, isTransient);
        }

        lock (_lock)
        {
            ref WaitPoint? point = ref _points[_places.Of(node)];
            if (point is null)
            {
                bool asksOnce = (own.Traits[node] & NodeTraits.MayRunAgain) == NodeTraits.None;
                Volatile.Write(ref point, new WaitPoint<TRequest, TResponse>(node, path: null, asksOnce));
            }

            return Typed<TRequest, TResponse>(point!, isTransient);
        }
    }

    /// <summary>Of a node that is not in the graph of the run.</summary>
    internal WaitPoint<TRequest, TResponse> PointOf<TRequest, TResponse>(string path, bool isTransient)
    {
        lock (_lock)
        {
            _chosen ??= new(StringComparer.Ordinal);
            if (!_chosen.TryGetValue(path, out WaitPoint? point))
            {
                point = new WaitPoint<TRequest, TResponse>(-1, path, asksOnce: false);
                _chosen.Add(path, point);
            }

            return Typed<TRequest, TResponse>(point, isTransient);
        }
    }

    /// <summary>Of a node that may wait several times at once.</summary>
    internal KeyedPoints<TKey> PointsOf<TKey>(FlowGraph graph, int node)
        where TKey : notnull
    {
        if (!ReferenceEquals(graph, own) || _places.Of(node) < 0)
        {
            return PointsOf<TKey>(graph.Nodes[node].Path);
        }

        lock (_lock)
        {
            if (_keyed.Length == 0)
            {
                Volatile.Write(ref _keyed, new KeyedPoints?[_places.Count]);
            }

            ref KeyedPoints? points = ref _keyed[_places.Of(node)];
            if (points is null)
            {
                Volatile.Write(ref points, new KeyedPoints<TKey>());
            }

            return Typed<TKey>(points!);
        }
    }

    /// <inheritdoc cref="PointOf{TRequest, TResponse}(string, bool)"/>
    internal KeyedPoints<TKey> PointsOf<TKey>(string path)
        where TKey : notnull
    {
        lock (_lock)
        {
            _chosenKeyed ??= new(StringComparer.Ordinal);
            if (!_chosenKeyed.TryGetValue(path, out KeyedPoints? points))
            {
                points = new KeyedPoints<TKey>();
                _chosenKeyed.Add(path, points);
            }

            return Typed<TKey>(points);
        }
    }

    /// <summary>Whether somebody comes here when a token is cancelled.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool IsLinkedTo(CancellationToken token) => token == _linked || !token.CanBeCanceled;

    /// <summary>
    /// One registration a run serves all questions with the token that its nodes have as long as it goes on. Called by the thread that runs the run only.
    /// </summary>
    /// <param name="token">The run's as long as that goes on.</param>
    /// <returns>False when it is another one that comes here.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal bool TryLink(CancellationToken token)
    {
        if (_linked.CanBeCanceled)
        {
            return false;
        }

        // Cancelled right now, it finds nothing to cancel: who opens a question looks at its token afterwards.
        _linked = token;
        _link = token.UnsafeRegister(static state => ((WaitTable)state!).Cancelled(), this);
        return true;
    }

    internal void Close(FlowGraph graph, int node)
    {
        if (!ReferenceEquals(graph, own) || _places.Of(node) < 0)
        {
            return;
        }

        Known(node)?.Close();
        KeyedPoints?[] keyed = Volatile.Read(ref _keyed);
        if (keyed.Length > 0)
        {
            Volatile.Read(ref keyed[_places.Of(node)])?.Close();
        }
    }

    /// <summary>A node has settled in which a workflow was chosen.</summary>
    internal void CloseWithin(string path)
    {
        if (Volatile.Read(ref _chosen) is null && Volatile.Read(ref _chosenKeyed) is null)
        {
            return;
        }

        WaitPoint[] points;
        KeyedPoints[] keyed;
        lock (_lock)
        {
            points = [.. (_chosen ?? []).Where(point => IsWithin(point.Key, path)).Select(point => point.Value)];
            keyed = [.. (_chosenKeyed ?? []).Where(point => IsWithin(point.Key, path)).Select(point => point.Value)];
        }

        foreach (WaitPoint point in points)
        {
            point.Close();
        }

        foreach (KeyedPoints point in keyed)
        {
            point.Close();
        }
    }

    internal void Reset()
    {
        // The run is over, so nobody adds any.
        _link.Unregister();
        _link = default;
        _linked = default;
        foreach (WaitPoint? point in _points)
        {
            point?.Reset();
        }

        foreach (KeyedPoints? points in _keyed)
        {
            points?.Reset();
        }

        if (_chosen is not null || _chosenKeyed is not null)
        {
            ResetChosen();
        }
    }

    private void ResetChosen()
    {
        foreach (KeyValuePair<string, WaitPoint> point in _chosen ?? [])
        {
            point.Value.Reset();
        }

        foreach (KeyValuePair<string, KeyedPoints> points in _chosenKeyed ?? [])
        {
            points.Value.Reset();
        }

        _chosen = null;
        _chosenKeyed = null;
    }

    /// <summary>A late callback of an earlier run finds questions whose tokens are not cancelled.</summary>
    private void Cancelled()
    {
        for (int place = 0; place < _points.Length; place++)
        {
            Volatile.Read(ref _points[place])?.CancelIfRequested();
        }
    }

    private static bool IsWithin(string inner, string path) =>
        inner.Length > path.Length && inner[path.Length] == '.' && inner.StartsWith(path, StringComparison.Ordinal);

    private static KeyedPoints<TKey> Typed<TKey>(KeyedPoints points)
        where TKey : notnull =>
        points as KeyedPoints<TKey> ?? throw new InvalidOperationException($"The requests of the node are not told apart by '{typeof(TKey)}'.");

    internal static WaitPoint<TRequest, TResponse> Typed<TRequest, TResponse>(WaitPoint point, bool isTransient)
    {
        WaitPoint<TRequest, TResponse> typed = point as WaitPoint<TRequest, TResponse>
            ?? throw new InvalidOperationException($"The node does not ask '{typeof(TRequest)}' and take '{typeof(TResponse)}'.");
        if (isTransient)
        {
            typed.BeTransient();
        }

        return typed;
    }
}
