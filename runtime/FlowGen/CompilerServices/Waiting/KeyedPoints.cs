namespace FlowGen.CompilerServices;

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
                point = new WaitPoint<TRequest, TResponse>(-1, path: null, asksOnce: false);
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
                if (point is WaitPoint<TRequest, TResponse> typed && typed.TryReadRequest(out TRequest? request))
                {
                    pending.Add(new(key, request!));
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
            foreach (WaitPoint point in _points.Values)
            {
                point.Reset();
            }

            _points.Clear();
            _isClosed = false;
        }
    }
}
