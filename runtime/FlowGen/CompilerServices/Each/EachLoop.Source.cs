namespace FlowGen.CompilerServices;

/// <content>Where the elements come from and where the results go.</content>
public abstract partial class EachLoop<TItem, TResult>
{
    private TItem[]? _array;
    private IReadOnlyList<TItem>? _list;
    private IEnumerator<TItem>? _enumerator;
    private TResult[] _results = [];
    private int _count;
    private int _next;
    private bool _ended;

    private static bool ReturnsNothing => typeof(TResult) == typeof(FlowUnit);

    private bool HasPositions => _array is not null || _list is not null;

    /// <summary>Whether the position of an element is all that there is to taking it.</summary>
    private bool IsIndexed => HasPositions && !_rules.Grows;

    /// <summary>Whether somebody should try to take another element.</summary>
    private bool HasMore => HasPositions
        ? Volatile.Read(ref _next) < _count || _added.Count > 0
        : (!_ended && !_pulling) || _added.Count > 0;

    private int Positions => IsIndexed ? _count : _next;

    /// <summary>The elements are those of an array.</summary>
    protected void Over(TItem[]? source)
    {
        _array = source;
        ExpectOrFail(source?.Length);
    }

    /// <summary>The elements are those of a list, read by position.</summary>
    protected void Over(IReadOnlyList<TItem>? source)
    {
        _list = source;
        ExpectOrFail(source?.Count);
    }

    /// <summary>The elements are enumerated, one at a time.</summary>
    protected void Over(IEnumerable<TItem>? source)
    {
        switch (source)
        {
            case TItem[] array:
                Over(array);
                break;
            case IReadOnlyList<TItem> list:
                Over(list);
                break;
            case null:
                FailWithoutSource();
                break;
            default:
                Open(source);
                break;
        }
    }

    internal Taken Take(EachWorker<TItem, TResult> worker, out TItem item, out int index)
    {
        item = default!;
        index = -1;
        if (IsFailing || _hasEnough)
        {
            return Taken.Nothing;
        }

        if (IsIndexed)
        {
            index = Interlocked.Increment(ref _next) - 1;
            if (index >= _count)
            {
                return Taken.Nothing;
            }

            item = _array is not null ? _array[index] : _list![index];
            return Taken.Item;
        }

        if (HasPositions)
        {
            return TakeOneMore(out item, out index);
        }

        return _enumerator is not null ? TakeEnumerated(out item, out index) : TakeAwaited(worker, out item, out index);
    }

    /// <summary>The source itself threw: that belongs to the node, and there are no more elements.</summary>
    internal void SourceFailed(Exception error)
    {
        if (!_hasEnough)
        {
            Fail(error);
        }

        lock (_lock)
        {
            _ended = true;
            _pulling = false;
            EndWaiting();
        }
    }

    /// <summary>An element by its position, or one that was added.</summary>
    private Taken TakeOneMore(out TItem item, out int index)
    {
        lock (_lock)
        {
            if (_next >= _count)
            {
                return TakeAdded(out item, out index);
            }

            index = _next++;
            item = _array is not null ? _array[index] : _list![index];
            return Taken.Item;
        }
    }

    private Taken TakeEnumerated(out TItem item, out int index)
    {
        lock (_lock)
        {
            if (_ended || !_enumerator!.MoveNext())
            {
                _ended = true;
                return TakeAdded(out item, out index);
            }

            item = _enumerator.Current;
            index = _next++;
            return Taken.Item;
        }
    }

    private void Open(IEnumerable<TItem> source)
    {
        try
        {
            _enumerator = source.GetEnumerator();
        }
        catch (Exception error)
        {
            SourceFailed(error);
        }
    }

    private void ExpectOrFail(int? count)
    {
        if (count is { } known)
        {
            Expect(known);
        }
        else
        {
            FailWithoutSource();
        }
    }

    private void FailWithoutSource() => SourceFailed(new FlowInputException(
        $"The collection that [Each] node '{Frame.PathOf(Node)}' goes through is null.",
        Frame.Root.Descriptor.Id,
        Frame.PathOf(Node),
        Frame.Root.RunId,
        "Return an empty collection where there is nothing to go through."));

    private void Expect(int count)
    {
        _count = count;
        if (!ReturnsNothing && !_rules.HasGaps)
        {
            _results = count == 0 ? [] : new TResult[count];
        }
    }

    private void Store(int index, TResult result)
    {
        if (ReturnsNothing)
        {
            return;
        }

        if (IsIndexed)
        {
            _results[index] = result;
            return;
        }

        lock (_lock)
        {
            Room(ref _results, index);
            _results[index] = result;
        }
    }

    /// <summary>The last worker has ended within the first call.</summary>
    /// <returns>False when the end itself has to be awaited.</returns>
    private bool EndNow()
    {
        DisposeEnumerator();
        if (_asyncEnumerator is not { } source)
        {
            return true;
        }

        _asyncEnumerator = null;
        ValueTask disposal = DisposeAsync(source);
        if (disposal.IsCompletedSuccessfully)
        {
            return true;
        }

        _ = CompleteAfterAsync(disposal);
        return false;
    }

    private void End()
    {
        if (EndNow())
        {
            Complete();
        }
    }

    private void DisposeEnumerator()
    {
        if (_enumerator is { } enumerator)
        {
            _enumerator = null;
            try
            {
                enumerator.Dispose();
            }
            catch (Exception error)
            {
                Fail(error);
            }
        }
    }

    private void ForgetSource()
    {
        _array = null;
        _list = null;
        _enumerator = null;
        _asyncEnumerator = null;
        _results = [];
        _count = 0;
        _next = 0;
        _ended = false;
        _pulling = false;
        _waiting.Clear();
        _added.Clear();
        _idle.Clear();
    }
}
