namespace FlowGen.Pooling;

/// <summary>A pool without a fixed bound: a magazine per thread in front of a depot.</summary>
internal sealed class MagazineRack(PoolAccount account)
{
    private const int FirstSweep = 16;

    private readonly Lock _lock = new();
    private readonly List<Magazine> _magazines = [];
    private int _sweepAt = FirstSweep;

    public ChainDepot Depot { get; } = new(account);

    /// <summary>Objects in it; those with running threads only roughly.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return Depot.Count + _magazines.Sum(magazine => magazine.Count);
            }
        }
    }

    /// <summary>The magazine of this thread; a new one when it has none.</summary>
    public Magazine OfThisThread()
    {
        Chain[] left = [];
        Magazine? found;
        lock (_lock)
        {
            found = _magazines.Find(static magazine => magazine.IsOfThisThread);
            if (found is null)
            {
                if (_magazines.Count >= _sweepAt)
                {
                    left = TakeFromEndedThreads();
                    _sweepAt = Math.Max(FirstSweep, _magazines.Count * 2);
                }

                found = new Magazine(this);
                _magazines.Add(found);
            }
        }

        Depot.Push(left);
        return found;
    }

    public void Trim()
    {
        Chain[] left;
        lock (_lock)
        {
            left = TakeFromEndedThreads();
        }

        Depot.Push(left);
        Depot.EndPeriod();
    }

    /// <summary>Drops everything, also what other threads keep, except in magazines that are in use at this very moment.</summary>
    public void Clear()
    {
        Chain all = default;
        Chain[] left;
        lock (_lock)
        {
            left = TakeFromEndedThreads();
            foreach (Magazine magazine in _magazines)
            {
                magazine.Revoke();
            }

            Interlocked.MemoryBarrierProcessWide();
            foreach (Magazine magazine in _magazines)
            {
                all = Chain.Join(magazine.TakeRevoked(), all);
                magazine.Restore();
            }
        }

        all.Drop();
        Depot.Push(left);
        Depot.Clear();
    }

    private Chain[] TakeFromEndedThreads()
    {
        Magazine[] ended = [.. _magazines.Where(magazine => !magazine.HasLiveThread)];
        _magazines.RemoveAll(ended.Contains);
        return [.. ended.Select(magazine => magazine.TakeAll())];
    }
}
