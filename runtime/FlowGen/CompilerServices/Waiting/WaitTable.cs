namespace FlowGen.CompilerServices;

/// <summary>The places where the [Wait] nodes of one run meet the outside, made when either side comes first. Pooled with the frame of the run.</summary>
/// <param name="own">The graph of the run.</param>
internal sealed class WaitTable(FlowGraph own)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, WaitPoint> _points = [];
    private readonly Dictionary<int, KeyedPoints> _keyed = [];

    // Those of workflows that were chosen while the run goes on, by path. They are the next run's no longer.
    private readonly Dictionary<string, WaitPoint> _chosen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, KeyedPoints> _chosenKeyed = new(StringComparer.Ordinal);

    /// <summary>Of a node that waits once at a time.</summary>
    internal WaitPoint<TRequest, TResponse> PointOf<TRequest, TResponse>(FlowGraph graph, int node, bool isTransient)
    {
        if (!ReferenceEquals(graph, own))
        {
            return PointOf<TRequest, TResponse>(graph.Nodes[node].Path, isTransient);
        }

        lock (_lock)
        {
            if (!_points.TryGetValue(node, out WaitPoint? point))
            {
                point = new WaitPoint<TRequest, TResponse>(asksOnce: !FlowRun.MayRunAgain(own, node));
                _points.Add(node, point);
            }

            return Typed<TRequest, TResponse>(point, isTransient);
        }
    }

    /// <summary>Of a node that is not in the graph of the run.</summary>
    internal WaitPoint<TRequest, TResponse> PointOf<TRequest, TResponse>(string path, bool isTransient)
    {
        lock (_lock)
        {
            if (!_chosen.TryGetValue(path, out WaitPoint? point))
            {
                point = new WaitPoint<TRequest, TResponse>(asksOnce: false);
                _chosen.Add(path, point);
            }

            return Typed<TRequest, TResponse>(point, isTransient);
        }
    }

    /// <summary>Of a node that may wait several times at once.</summary>
    internal KeyedPoints<TKey> PointsOf<TKey>(FlowGraph graph, int node)
        where TKey : notnull
    {
        if (!ReferenceEquals(graph, own))
        {
            return PointsOf<TKey>(graph.Nodes[node].Path);
        }

        lock (_lock)
        {
            if (!_keyed.TryGetValue(node, out KeyedPoints? points))
            {
                points = new KeyedPoints<TKey>();
                _keyed.Add(node, points);
            }

            return Typed<TKey>(points);
        }
    }

    /// <inheritdoc cref="PointOf{TRequest, TResponse}(string, bool)"/>
    internal KeyedPoints<TKey> PointsOf<TKey>(string path)
        where TKey : notnull
    {
        lock (_lock)
        {
            if (!_chosenKeyed.TryGetValue(path, out KeyedPoints? points))
            {
                points = new KeyedPoints<TKey>();
                _chosenKeyed.Add(path, points);
            }

            return Typed<TKey>(points);
        }
    }

    internal void Close(FlowGraph graph, int node)
    {
        WaitPoint? point = null;
        KeyedPoints? points = null;
        lock (_lock)
        {
            if (ReferenceEquals(graph, own))
            {
                _points.TryGetValue(node, out point);
                _keyed.TryGetValue(node, out points);
            }
        }

        point?.Close();
        points?.Close();
    }

    /// <summary>A node has settled in which a workflow was chosen.</summary>
    internal void CloseWithin(string path)
    {
        WaitPoint[] points;
        KeyedPoints[] keyed;
        lock (_lock)
        {
            points = [.. _chosen.Where(point => IsWithin(point.Key, path)).Select(point => point.Value)];
            keyed = [.. _chosenKeyed.Where(point => IsWithin(point.Key, path)).Select(point => point.Value)];
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
        foreach (WaitPoint point in _points.Values)
        {
            point.Reset();
        }

        foreach (KeyedPoints points in _keyed.Values)
        {
            points.Reset();
        }

        foreach (WaitPoint point in _chosen.Values)
        {
            point.Reset();
        }

        foreach (KeyedPoints points in _chosenKeyed.Values)
        {
            points.Reset();
        }

        _chosen.Clear();
        _chosenKeyed.Clear();
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

/// <summary>The places of one node, by key.</summary>
internal abstract class KeyedPoints
{
    internal abstract void Close();

    internal abstract void Reset();
}

/// <inheritdoc/>
internal sealed class KeyedPoints<TKey> : KeyedPoints
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, WaitPoint> _points = [];
    private bool _isClosed;

    internal WaitPoint<TRequest, TResponse> PointOf<TRequest, TResponse>(TKey key, bool isTransient)
    {
        lock (_lock)
        {
            if (!_points.TryGetValue(key, out WaitPoint? point))
            {
                point = new WaitPoint<TRequest, TResponse>(asksOnce: false);
                _points.Add(key, point);
                if (_isClosed)
                {
                    point.Close();
                }
            }

            return WaitTable.Typed<TRequest, TResponse>(point, isTransient);
        }
    }

    /// <summary>What is being asked at the moment.</summary>
    internal List<KeyValuePair<TKey, TRequest>> Pending<TRequest, TResponse>()
    {
        lock (_lock)
        {
            List<KeyValuePair<TKey, TRequest>> pending = [];
            foreach ((TKey key, WaitPoint point) in _points)
            {
                if (point is WaitPoint<TRequest, TResponse> { IsPending: true } typed)
                {
                    pending.Add(new(key, typed.Request!));
                }
            }

            return pending;
        }
    }

    internal override void Close()
    {
        WaitPoint[] points;
        lock (_lock)
        {
            _isClosed = true;
            points = [.. _points.Values];
        }

        foreach (WaitPoint point in points)
        {
            point.Close();
        }
    }

    internal override void Reset()
    {
        Close();
        lock (_lock)
        {
            // Keys are user data, and there may have been many.
            _points.Clear();
            _isClosed = false;
        }
    }
}
