namespace FlowGen.CompilerServices;

/// <summary>The places where the [Wait] nodes of one run meet the outside, made when either side comes first. Pooled with the frame of the run.</summary>
internal sealed class WaitTable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(FlowGraph Graph, int Node), WaitPoint> _points = [];
    private readonly Dictionary<(FlowGraph Graph, int Node), KeyedPoints> _keyed = [];

    /// <summary>Of a node that waits once at a time.</summary>
    internal WaitPoint<TRequest, TResponse> PointOf<TRequest, TResponse>(FlowGraph graph, int node, bool isTransient)
    {
        lock (_lock)
        {
            if (!_points.TryGetValue((graph, node), out WaitPoint? point))
            {
                point = new WaitPoint<TRequest, TResponse>();
                _points.Add((graph, node), point);
            }

            return Typed<TRequest, TResponse>(point, isTransient);
        }
    }

    /// <summary>Of a node that may wait several times at once.</summary>
    internal KeyedPoints<TKey> PointsOf<TKey>(FlowGraph graph, int node)
        where TKey : notnull
    {
        lock (_lock)
        {
            if (!_keyed.TryGetValue((graph, node), out KeyedPoints? points))
            {
                points = new KeyedPoints<TKey>();
                _keyed.Add((graph, node), points);
            }

            return (KeyedPoints<TKey>)points;
        }
    }

    internal void Close(FlowGraph graph, int node)
    {
        WaitPoint? point;
        KeyedPoints? points;
        lock (_lock)
        {
            _points.TryGetValue((graph, node), out point);
            _keyed.TryGetValue((graph, node), out points);
        }

        point?.Close();
        points?.Close();
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
    }

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
                point = new WaitPoint<TRequest, TResponse>();
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
