namespace FlowGen.Pooling;

/// <summary>Things that may die: remembered weakly, forgotten when the list would grow.</summary>
internal sealed class WeakList<T>
    where T : class
{
    private const int FirstSweep = 16;

    private readonly Lock _lock = new();
    private readonly List<WeakReference<T>> _items = [];
    private int _sweepAt = FirstSweep;

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _items.Count;
            }
        }
    }

    public void Add(T item)
    {
        WeakReference<T> reference = new(item);
        lock (_lock)
        {
            if (_items.Count >= _sweepAt)
            {
                _items.RemoveAll(other => !other.TryGetTarget(out _));
                _sweepAt = Math.Max(FirstSweep, _items.Count * 2);
            }

            _items.Add(reference);
        }
    }

    /// <summary>Those alive now.</summary>
    public List<T> Snapshot()
    {
        lock (_lock)
        {
            List<T> alive = new(_items.Count);
            foreach (WeakReference<T> reference in _items)
            {
                if (reference.TryGetTarget(out T? item))
                {
                    alive.Add(item);
                }
            }

            return alive;
        }
    }
}
