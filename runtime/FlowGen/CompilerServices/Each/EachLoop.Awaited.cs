namespace FlowGen.CompilerServices;

/// <content>
/// Elements that are awaited: one worker at a time asks for the next, the others wait for their turn.
/// </content>
public abstract partial class EachLoop<TItem, TResult>
{
    private readonly Queue<EachWorker<TItem, TResult>> _waiting = new();
    private IAsyncEnumerator<TItem>? _asyncEnumerator;
    private bool _pulling;

    /// <summary>The elements are awaited, one at a time.</summary>
    protected void Over(IAsyncEnumerable<TItem>? source)
    {
        if (source is null)
        {
            FailWithoutSource();
            return;
        }

        try
        {
            _asyncEnumerator = source.GetAsyncEnumerator(TakingToken);
        }
        catch (Exception error)
        {
            SourceFailed(error);
        }
    }

    /// <summary>The awaited element is there, or the source has ended.</summary>
    internal Taken TakePulled(bool moved, out TItem item, out int index)
    {
        item = moved ? _asyncEnumerator!.Current : default!;
        index = _next;
        lock (_lock)
        {
            _pulling = false;
            if (!moved || IsFailing || _hasEnough)
            {
                _ended = true;
                item = default!;
                EndWaiting();
                return IsFailing || _hasEnough ? Taken.Nothing : TakeAdded(out item, out index);
            }

            _next++;
        }

        if (_onPool)
        {
            StartAnother();
        }

        return Taken.Item;
    }

    /// <summary>The thread that resumed a worker is free: workers that wait for an awaited source may go on here.</summary>
    internal void AfterResume()
    {
        if (_asyncEnumerator is null && !_rules.Grows)
        {
            return;
        }

        if (!_onPool)
        {
            StartMore();
        }

        lock (_lock)
        {
            if ((IsFailing || _hasEnough) && !_pulling)
            {
                EndWaiting();
            }
        }
    }

    private Taken TakeAwaited(EachWorker<TItem, TResult> worker, out TItem item, out int index)
    {
        item = default!;
        index = -1;
        lock (_lock)
        {
            if (_ended || (_pulling && _added.Count > 0))
            {
                return TakeAdded(out item, out index);
            }

            if (_pulling)
            {
                _waiting.Enqueue(worker);
                return Taken.Later;
            }

            _pulling = true;
        }

        var pending = _asyncEnumerator!.MoveNextAsync().ConfigureAwait(false).GetAwaiter();
        return pending.IsCompleted || worker.AwaitSource(pending)
            ? TakePulled(pending.GetResult(), out item, out index)
            : Taken.Later;
    }

    /// <summary>Workers that wait for their turn will not get one. Called under the lock.</summary>
    private void EndWaiting()
    {
        // The thread that calls this still counts as active, so the last of these cannot end the loop.
        while (_waiting.TryDequeue(out EachWorker<TItem, TResult>? worker))
        {
            worker.ReleaseScope();
            if (_rules.Grows)
            {
                _idle.Push(worker);
            }

            Interlocked.Decrement(ref _active);
        }
    }

    private async ValueTask DisposeAsync(IAsyncEnumerator<TItem> source)
    {
        try
        {
            await source.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception error)
        {
            Fail(error);
        }
    }

    private async Task CompleteAfterAsync(ValueTask disposal)
    {
        await disposal.ConfigureAwait(false);
        Complete();
    }
}
