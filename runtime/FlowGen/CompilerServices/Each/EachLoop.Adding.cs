namespace FlowGen.CompilerServices;

/// <content>Elements that are added while the loop runs.</content>
public abstract partial class EachLoop<TItem, TResult>
{
    private readonly Queue<TItem> _added = new();

    // Workers that have ended for want of elements.
    private readonly Stack<EachWorker<TItem, TResult>> _idle = new();

    /// <summary>What adds elements to this loop.</summary>
    protected More<TItem> More() => new(this);

    private protected sealed override bool TryAdd(TItem item)
    {
        EachWorker<TItem, TResult>? worker = null;
        lock (_lock)
        {
            if (!_rules.Grows || IsFailing || _hasEnough)
            {
                return false;
            }

            _added.Enqueue(item);

            // A thread that is starting workers will see it.
            if (_starters == 0)
            {
                worker = NextWorker();
            }
        }

        if (worker is not null)
        {
            PoolWork.Queue(worker);
        }

        return true;
    }

    /// <summary>A worker has nothing to take.</summary>
    /// <returns>False when an element was added meanwhile, and it goes on.</returns>
    internal bool TryRetire(EachWorker<TItem, TResult> worker)
    {
        if (!_rules.Grows)
        {
            return true;
        }

        lock (_lock)
        {
            if (_added.Count > 0 && !IsFailing && !_hasEnough)
            {
                return false;
            }

            _idle.Push(worker);
            return true;
        }
    }

    /// <summary>Called under the lock.</summary>
    private Taken TakeAdded(out TItem item, out int index)
    {
        index = -1;
        if (!_added.TryDequeue(out item!))
        {
            return Taken.Nothing;
        }

        index = _next++;
        return Taken.Item;
    }
}
