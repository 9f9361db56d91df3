using System.Runtime.CompilerServices;

namespace FlowGen.CompilerServices;

/// <content>How elements have ended, where not each of them has a place in the result, and whether there are enough of them.</content>
public abstract partial class EachLoop<TItem, TResult>
{
    private readonly FlowRegion _taking = new();

    // Whether there is enough is asked of one completion at a time: what completes meanwhile comes too late if there is.
    private readonly Lock _deciding = new();
    private bool[] _hasResult = [];
    private Outcome<TResult>[] _outcomes = [];
    private int _begun;
    private int _completed;
    private int _failed;
    private volatile bool _hasEnough;
    private bool _isFinishing;
    private bool _isEarly;

    private bool Collects => _rules.OnError == EachError.Collect;

    /// <summary>Emitted: whether there is enough.</summary>
    protected virtual bool HasEnough(EachProgress progress) => false;

    /// <summary>Whether elements that end now count.</summary>
    private bool StillCounts => !_hasEnough || _isFinishing;

    private protected sealed override void StopNow()
    {
        if (TryStop(EachRest.Cancel))
        {
            LetGo(EachRest.Cancel);
        }
    }

    /// <summary>An element was taken, and does not begin: the loop is cancelled.</summary>
    internal void Refuse()
    {
        if (!_hasEnough || _outer.IsCancellationRequested)
        {
            Fail(new OperationCanceledException(Token));
        }
    }

    /// <summary>The token of the source: with enough elements, nobody waits for more.</summary>
    private CancellationToken TakingToken => _rules.Rest is EachRest.Finish or EachRest.Ignore ? _taking.TokenWithin(Token) : Token;

    /// <summary>An element that was taken begins, unless there is enough meanwhile.</summary>
    internal bool TryBegin()
    {
        if (_rules.Rest is null)
        {
            return true;
        }

        lock (_lock)
        {
            if (_hasEnough)
            {
                return false;
            }

            _begun++;
            return true;
        }
    }

    private void NoteCompleted(int index, TResult result)
    {
        if (_rules.Rest is null)
        {
            Count(index, result);
            return;
        }

        bool hasEnough;
        Exception? fault;
        lock (_deciding)
        {
            hasEnough = Decide(Count(index, result), out fault);
        }

        Conclude(hasEnough, fault);
    }

    private EachProgress Count(int index, TResult result)
    {
        lock (_lock)
        {
            _completed++;
            if (StillCounts)
            {
                Keep(index, result);
            }

            return Progress;
        }
    }

    private void NoteFailed(int index, Exception error)
    {
        bool hasEnough = false;
        Exception? fault = null;
        lock (_deciding)
        {
            if (!TryCount(index, error, out bool isOver, out EachProgress progress))
            {
                return;
            }

            if (isOver)
            {
                fault = error;
            }
            else
            {
                hasEnough = Decide(progress, out fault);
            }
        }

        Conclude(hasEnough, fault);
    }

    /// <returns>False when it does not count any more.</returns>
    private bool TryCount(int index, Exception error, out bool isOver, out EachProgress progress)
    {
        lock (_lock)
        {
            bool isStopped = error is OperationCanceledException && Token.IsCancellationRequested;
            isOver = isStopped || _rules.OnError == EachError.Stop;
            progress = Progress;
            if (isStopped ? _hasEnough && !_outer.IsCancellationRequested && !IsFailing : !StillCounts)
            {
                return false;
            }

            if (!isOver)
            {
                _failed++;
                progress = Progress;
                if (Collects)
                {
                    KeepOutcome(index, Outcome<TResult>.Failed(error));
                }
            }

            return true;
        }
    }

    private EachProgress Progress => new(_begun, _completed, _failed);

    private void Keep(int index, TResult result)
    {
        if (Collects)
        {
            KeepOutcome(index, Outcome<TResult>.Completed(result));
        }
        else if (!ReturnsNothing)
        {
            Room(ref _results, index);
            Room(ref _hasResult, index);
            _results[index] = result;
            _hasResult[index] = true;
        }
    }

    private void KeepOutcome(int index, Outcome<TResult> outcome)
    {
        Room(ref _outcomes, index);
        Room(ref _hasResult, index);
        _outcomes[index] = outcome;
        _hasResult[index] = true;
    }

    /// <summary>Asks the author, of one completion at a time.</summary>
    private bool Decide(EachProgress progress, out Exception? fault)
    {
        fault = null;
        if (_rules.Rest is not { } rest || _hasEnough || IsFailing)
        {
            return false;
        }

        try
        {
            return HasEnough(progress) && TryStop(rest);
        }
        catch (Exception error)
        {
            fault = error;
            return false;
        }
    }

    /// <summary>What follows from a decision, outside of every lock.</summary>
    private void Conclude(bool hasEnough, Exception? fault)
    {
        if (fault is not null)
        {
            Fail(fault);
        }
        else if (hasEnough)
        {
            LetGo(_rules.Rest!.Value);
        }
    }

    private bool TryStop(EachRest rest)
    {
        lock (_lock)
        {
            if (_hasEnough || IsFailing)
            {
                return false;
            }

            _hasEnough = true;
            _isFinishing = rest == EachRest.Finish;
            _isEarly = rest == EachRest.Ignore && Progress.InFlight > 0;
            _added.Clear();
            if (_isEarly)
            {
                // Those who go on, and whoever takes the result.
                _holders = 2;
            }

            return true;
        }
    }

    private void LetGo(EachRest rest)
    {
        if (rest == EachRest.Cancel)
        {
            _region.Cancel();
        }
        else
        {
            _taking.Cancel();
        }

        Frame.Handle?.ReleaseParked();
        if (_isEarly)
        {
            Frame.BeginLingering();
            Publish();
        }
    }

    private TResult[] TakeResults()
    {
        if (ReturnsNothing)
        {
            return [];
        }

        TResult[] results = _results;
        _results = [];
        if (!_rules.HasGaps)
        {
            if (results.Length != Positions)
            {
                Array.Resize(ref results, Positions);
            }

            return results;
        }

        lock (_lock)
        {
            return Kept(results);
        }
    }

    private Outcome<TResult>[] TakeOutcomes()
    {
        lock (_lock)
        {
            Outcome<TResult>[] outcomes = _outcomes;
            _outcomes = [];
            return Kept(outcomes);
        }
    }

    private T[] Kept<T>(T[] all)
    {
        ReadOnlySpan<bool> isKept = _hasResult.AsSpan(0, Math.Min(_hasResult.Length, all.Length));
        int kept = isKept.Count(true);
        if (kept == all.Length)
        {
            return all;
        }

        var result = new T[kept];
        for (int i = 0, next = 0; next < kept; i++)
        {
            if (isKept[i])
            {
                result[next++] = all[i];
            }
        }

        return result;
    }

    private void Room<T>(ref T[] array, int index)
    {
        if (index >= array.Length)
        {
            Array.Resize(ref array, Math.Max(Math.Max(IsIndexed ? _count : 16, index + 1), array.Length * 2));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ForgetEnds()
    {
        if (_rules.HasGaps)
        {
            ForgetGaps();
        }
    }

    private void ForgetGaps()
    {
        Array.Clear(_hasResult);
        _outcomes = [];
        _begun = 0;
        _completed = 0;
        _failed = 0;
        _hasEnough = false;
        _isFinishing = false;
        _isEarly = false;
        _taking.Close();
    }
}
