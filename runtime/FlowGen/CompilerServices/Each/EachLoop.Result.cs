using System.Runtime.ExceptionServices;
using System.Threading.Tasks.Sources;

namespace FlowGen.CompilerServices;

/// <content>How the loop is awaited, and what it yields: values, values without what failed, or outcomes.</content>
public abstract partial class EachLoop<TItem, TResult> : IValueTaskSource<TResult[]>, IValueTaskSource<Outcome<TResult>[]>, IValueTaskSource
{
    private ManualResetValueTaskSourceCore<bool> _core;

    // Who still needs the loop: whoever takes the result, and elements that go on after it is there.
    private int _holders;

    /// <inheritdoc/>
    ValueTaskSourceStatus IValueTaskSource<TResult[]>.GetStatus(short token) => _core.GetStatus(token);

    /// <inheritdoc/>
    ValueTaskSourceStatus IValueTaskSource<Outcome<TResult>[]>.GetStatus(short token) => _core.GetStatus(token);

    /// <inheritdoc/>
    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    /// <inheritdoc/>
    void IValueTaskSource<TResult[]>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    /// <inheritdoc/>
    void IValueTaskSource<Outcome<TResult>[]>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    /// <inheritdoc/>
    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    /// <inheritdoc/>
    TResult[] IValueTaskSource<TResult[]>.GetResult(short token)
    {
        Take(token);
        return LeaveWith(TakeResults());
    }

    /// <inheritdoc/>
    Outcome<TResult>[] IValueTaskSource<Outcome<TResult>[]>.GetResult(short token)
    {
        Take(token);
        return LeaveWith(TakeOutcomes());
    }

    /// <inheritdoc/>
    void IValueTaskSource.GetResult(short token)
    {
        Take(token);
        Leave();
    }

    /// <summary>Runs all elements; the first that fails cancels and awaits the others.</summary>
    protected ValueTask<TResult[]> RunAsync()
    {
        short version = _core.Version;
        if (!RunWorkers())
        {
            return new ValueTask<TResult[]>(this, version);
        }

        ThrowIfFailed();
        return new ValueTask<TResult[]>(LeaveWith(TakeResults()));
    }

    /// <summary>Runs all elements; those that fail are a part of the result.</summary>
    protected ValueTask<Outcome<TResult>[]> RunCollectingAsync()
    {
        short version = _core.Version;
        if (!RunWorkers())
        {
            return new ValueTask<Outcome<TResult>[]>(this, version);
        }

        ThrowIfFailed();
        return new ValueTask<Outcome<TResult>[]>(LeaveWith(TakeOutcomes()));
    }

    /// <summary>The same as <see cref="RunAsync"/> for a node that returns nothing.</summary>
    protected ValueTask RunWithoutResultAsync()
    {
        short version = _core.Version;
        if (!RunWorkers())
        {
            return new ValueTask(this, version);
        }

        ThrowIfFailed();
        Leave();
        return default;
    }

    /// <summary>Everything ended within the first call.</summary>
    private void ThrowIfFailed()
    {
        if (_region.Error is { } error)
        {
            Leave();
            ExceptionDispatchInfo.Throw(error);
        }
    }

    /// <summary>All workers have ended. The loop must not be touched afterwards.</summary>
    private void Complete()
    {
        if (_isEarly)
        {
            Leave();
        }
        else
        {
            Publish();
        }
    }

    private void Publish()
    {
        if (_region.Error is { } error)
        {
            _core.SetException(error);
        }
        else
        {
            _core.SetResult(true);
        }
    }

    /// <summary>Somebody takes the result: exactly once.</summary>
    private void Take(short token)
    {
        if (_core.GetStatus(token) == ValueTaskSourceStatus.Pending)
        {
            throw new InvalidOperationException("The elements of an [Each] have not ended. Await the ValueTask instead of asking for its result.");
        }

        try
        {
            _core.GetResult(token);
            _core.Reset();
        }
        catch
        {
            _core.Reset();
            Leave();
            throw;
        }
    }

    private T LeaveWith<T>(T result)
    {
        Leave();
        return result;
    }

    /// <summary>Somebody is done with the loop; after the last it goes back to its pool.</summary>
    private void Leave()
    {
        if (Interlocked.Decrement(ref _holders) > 0)
        {
            return;
        }

        FlowFrame frame = Frame;
        bool isEarly = _isEarly;
        MarkReturned();
        Reset();
        if (isEarly)
        {
            frame.EndLingering();
        }
    }
}
