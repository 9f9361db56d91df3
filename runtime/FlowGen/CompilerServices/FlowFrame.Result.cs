using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace FlowGen.CompilerServices;

/// <summary>A frame with its result: state machine and result source are one pooled object.</summary>
/// <typeparam name="TResult">What the entry returns; <see cref="FlowUnit"/> for nothing.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class FlowFrame<TResult> : FlowFrame, IValueTaskSource<TResult>, IValueTaskSource
{
    private ManualResetValueTaskSourceCore<TResult> _core;

    /// <summary>Set by the last step of a run that succeeds.</summary>
    protected TResult Result = default!;

    /// <summary>Whether the run is on its way out because of a failure or a cancellation.</summary>
    protected bool Failing => FailingError is not null;

    /// <summary>How the run is going to end.</summary>
    protected RunStatus FailingStatus => StatusOf(FailingError, IsCancelled);

    /// <summary>Why the run is on its way out.</summary>
    protected Exception? FailingError => KnownDetails?.Error;

    private protected bool IsCancelled => KnownDetails is { IsCancelled: true };

    private protected short Version => _core.Version;

    /// <summary>Clears every field and gives the frame back to its pool. It is marked as returned already.</summary>
    protected abstract void Recycle();

    /// <summary>Keeps the exception of a failure that somebody handles: a best-effort node, or one whose outcome is observed.</summary>
    protected virtual void Absorb(int step, Exception error)
    {
    }

    /// <summary>Emitted where the entry returns an <see cref="Outcome{T}"/>: makes a failure the result.</summary>
    protected virtual bool TryMakeResult(Exception error) => false;

    /// <inheritdoc/>
    ValueTaskSourceStatus IValueTaskSource<TResult>.GetStatus(short token) => _core.GetStatus(token);

    /// <inheritdoc/>
    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    /// <inheritdoc/>
    void IValueTaskSource<TResult>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    /// <inheritdoc/>
    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    /// <inheritdoc/>
    TResult IValueTaskSource<TResult>.GetResult(short token) => TakeResult(token);

    /// <inheritdoc/>
    void IValueTaskSource.GetResult(short token) => TakeResult(token);

    /// <summary>Runs the first pass and returns what the entry returns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected ValueTask<TResult> Start()
    {
        // An unfinished frame may belong to another thread by now: nothing of it may be read after the pass.
        short version = _core.Version;
        var pass = new FirstPassMachine<TResult>(this);
        AmbientContext.Guard(ref pass);
        if (pass.Finished)
        {
            if (KnownDetails is not { } details || (details.Error is null && details.Observer is null))
            {
                TResult result = Result;
                MarkReturned();
                Recycle();
                return new ValueTask<TResult>(result);
            }

            Complete();
        }

        return new ValueTask<TResult>(this, version);
    }

    /// <summary>The same for an entry that returns nothing.</summary>
    protected ValueTask StartWithoutResult()
    {
        short version = _core.Version;
        var pass = new FirstPassMachine<TResult>(this);
        AmbientContext.Guard(ref pass);
        if (pass.Finished)
        {
            if (KnownDetails is not { } details || (details.Error is null && details.Observer is null))
            {
                MarkReturned();
                Recycle();
                return default;
            }

            Complete();
        }

        return new ValueTask(this, version);
    }

    /// <summary>Runs on the caller's thread until the run has finished (true) or every started node is suspended.</summary>
    internal abstract bool FirstPass();

    /// <summary>Publishes the outcome. Nothing of the frame may be touched afterwards: its consumer may have recycled it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private protected void Complete()
    {
        Exception? error = FailingError;
        bool cancelled = IsCancelled;
        if (cancelled && error is OperationCanceledException cancellation && cancellation.CancellationToken != Token)
        {
            error = new OperationCanceledException(cancellation.Message, cancellation, Token);
        }

        if (Observer is not null)
        {
            RunEnded(error, cancelled);
        }

        if (error is not null)
        {
            Details.Error = null;
            Details.IsCancelled = false;
        }

        if (error is null || (!cancelled && TryMakeResult(error)))
        {
            _core.SetResult(Result);
        }
        else
        {
            _core.SetException(error);
        }
    }

    /// <summary>The first failure that nobody handles decides; later ones are kept with it.</summary>
    private protected void RecordError(Exception error, bool cancelled)
    {
        RunDetails details = Details;
        if (details.Error is null)
        {
            details.Error = error;
            details.IsCancelled = cancelled;
        }
        else if (!cancelled)
        {
            Suppression.Add(details.Error, error);
        }
    }

    private protected Exception TakeError()
    {
        RunDetails details = Details;
        Exception error = details.Error!;
        details.Error = null;
        details.IsCancelled = false;
        return error;
    }

    private TResult TakeResult(short token)
    {
        // Generation first: if the frame is recycled between the checks, the exchange below fails instead of harming its next run.
        int generation = Generation;
        if (_core.GetStatus(token) == ValueTaskSourceStatus.Pending)
        {
            throw new InvalidOperationException("The run has not completed. Await the ValueTask instead of asking for its result.");
        }

        if ((generation & 1) == 0 || !TryMarkReturned(generation))
        {
            throw new InvalidOperationException("The ValueTask of this run was consumed more than once.");
        }

        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            _core.Reset();
            Recycle();
        }
    }
}
