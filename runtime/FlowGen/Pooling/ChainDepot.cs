namespace FlowGen.Pooling;

/// <summary>
/// What threads have too much of, for those that have none. Chains come and go whole, so an object costs a share of one lock, and there
/// is no window in which two threads see the same head.
/// </summary>
/// <remarks>
/// It keeps at most as many objects as were outside of it at once in this period and the one before (<see cref="PoolTrimmer.Period"/>):
/// one period alone would forget a wave that its end happens to fall into.
/// </remarks>
internal sealed class ChainDepot(PoolAccount account)
{
    private const int LargeTable = 256;

    private readonly Lock _lock = new();
    private readonly Stack<Chain> _chains = new();
    private int _count;
    private int _peak;
    private int _previousPeak;

    /// <summary>Objects in it.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The most it keeps now.</summary>
    public int Limit
    {
        get
        {
            lock (_lock)
            {
                return Math.Max(_peak, _previousPeak);
            }
        }
    }

    /// <summary>Called when an object was made because there was none.</summary>
    public void NoteMade()
    {
        lock (_lock)
        {
            NoteOutside();
        }
    }

    public Chain Pop()
    {
        if (Count == 0)
        {
            return default;
        }

        lock (_lock)
        {
            if (!_chains.TryPop(out Chain chain))
            {
                return default;
            }

            _count -= chain.Count;
            NoteOutside();
            return chain;
        }
    }

    /// <summary>Takes the chain in, or drops its objects when there are enough.</summary>
    public void Push(Chain chain)
    {
        if (chain.Head is not null && !TryPush(chain))
        {
            chain.Drop();
        }
    }

    public void Push(ReadOnlySpan<Chain> chains)
    {
        foreach (Chain chain in chains)
        {
            Push(chain);
        }
    }

    /// <summary>Starts a new period: what the last one did not need goes.</summary>
    public void EndPeriod()
    {
        Chain surplus = default;
        lock (_lock)
        {
            _previousPeak = _peak;
            _peak = Outside;
            int limit = Math.Max(_peak, _previousPeak);
            while (_count > limit)
            {
                surplus = Chain.Join(TakeOne(), surplus);
            }

            ShrinkTable();
        }

        surplus.Drop();
    }

    /// <summary>Drops all there is.</summary>
    public void Clear()
    {
        Chain all = default;
        lock (_lock)
        {
            while (_chains.Count > 0)
            {
                all = Chain.Join(TakeOne(), all);
            }

            ShrinkTable();
        }

        all.Drop();
    }

    // Those that lie idle with a thread count as outside: their number is small and only the thread itself knows it.
    private int Outside => Math.Max(0, account.Live - _count);

    private void NoteOutside() => _peak = Math.Max(_peak, Outside);

    private Chain TakeOne()
    {
        Chain chain = _chains.Pop();
        _count -= chain.Count;
        return chain;
    }

    // Only what is far too long: the table of a steady program must not grow again and again.
    private void ShrinkTable()
    {
        if (_chains.Capacity > LargeTable && _chains.Count < _chains.Capacity / 4)
        {
            _chains.TrimExcess(Math.Max(LargeTable, _chains.Count * 2));
        }
    }

    private bool TryPush(Chain chain)
    {
        lock (_lock)
        {
            if (_count + chain.Count > Math.Max(_peak, _previousPeak))
            {
                return false;
            }

            _chains.Push(chain);
            _count += chain.Count;
            return true;
        }
    }
}
