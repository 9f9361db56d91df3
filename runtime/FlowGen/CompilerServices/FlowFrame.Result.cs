using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace FlowGen.CompilerServices;

/// <summary>A frame with its result: state machine and result source are one pooled object.</summary>
/// <typeparam name="TResult">What the entry returns; <see cref="FlowUnit"/> for nothing.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract partial class FlowFrame<TResult> : FlowFrame, IValueTaskSource<TResult>, IValueTaskSource
{
    private ManualResetValueTaskSourceCore<TResult> _core;

    /// <summary>Set by the last step of a run that succeeds.</summary>
    protected TResult Result = default!;

    /// <summary>
    /// The step that is being executed, so that a failure can be placed. Written before each step. A serial run keeps in it where to go on while it is not
    /// executed: there may be a million of them.
    /// </summary>
    protected int Step;

    /// <summary>Whether the run is on its way out because of a failure or a cancellation.</summary>
    protected bool Failing => KnownDetails is { } details && (details.Error is not null || details.HasEnded);

    /// <summary>How the run is going to end.</summary>
    protected RunStatus FailingStatus => StatusOf(FailingError, IsCancelled);

    /// <summary>Why the run is on its way out.</summary>
    protected Exception? FailingError => KnownDetails?.Error;

    private protected bool IsCancelled => KnownDetails is { IsCancelled: true };

    /// <summary>Tells this run from others of the same frame.</summary>
    protected short Version => _core.Version;

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
        return Returned(version, pass.Finished);
    }

    /// <summary>What the entry returns.</summary>
    /// <param name="version">Of the run, from before it was begun.</param>
    /// <param name="finished">Otherwise the frame may belong to another thread by now.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected ValueTask<TResult> Returned(short version, bool finished)
    {
        if (finished)
        {
            if (KnownDetails is not { } details || (details.IsUneventful && !TryKeep(details)))
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
        return ReturnedWithoutResult(version, pass.Finished);
    }

    /// <inheritdoc cref="Returned"/>
    protected ValueTask ReturnedWithoutResult(short version, bool finished)
    {
        if (finished)
        {
            if (KnownDetails is not { } details || (details.IsUneventful && !TryKeep(details)))
            {
                MarkReturned();
                Recycle();
                return default;
            }

            Complete();
        }

        return new ValueTask(this, version);
    }

    /// <summary>Runs the first pass of a run that somebody holds.</summary>
    protected void StartHeld()
    {
        var pass = new FirstPassMachine<TResult>(this);
        AmbientContext.Guard(ref pass);
        if (pass.Finished)
        {
            Complete();
        }
    }

    /// <summary>Runs on the caller's thread until the run has finished (true) or every started node is suspended.</summary>
    internal abstract bool FirstPass();

    /// <summary>Publishes the outcome. Nothing of the frame may be touched afterwards: its consumer may have recycled it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private protected void Complete()
    {
        (Exception? error, bool cancelled) = End();
        if (IsWatched)
        {
            RunEnded(error, cancelled);
        }

        LeaveGate();

        if (KnownDetails is { } details)
        {
            details.Error = null;
            details.IsCancelled = false;
        }

        if (error is not null && !cancelled && TryMakeResult(error))
        {
            error = null;
        }

        if (error is null && KnownDetails is { } known && UndoLog is not { IsKept: true })
        {
            TryKeep(known);
        }

        if (Handle is FlowRun<TResult> handle && KnownDetails is { Parent: null })
        {
            EndHeld(handle, error, StatusOf(error, cancelled));
        }
        else if (error is null)
        {
            _core.SetResult(Result);
        }
        else
        {
            _core.SetException(error);
        }
    }

    /// <summary>How the run ends, in the words of its caller.</summary>
    private (Exception? Error, bool IsCancelled) End()
    {
        if (KnownDetails is { HasEnded: true })
        {
            return (null, false);
        }

        Exception? error = FailingError;
        bool cancelled = IsCancelled;
        RunSource? source = KnownDetails?.Source;
        if (source is { IsExpired: true } && (error is null || (!source.Caller.IsCancellationRequested && (cancelled || KnownDetails!.IsLate))))
        {
            // What came too late does not count, and it is nobody's cancellation.
            return (TimedOut(source, error), false);
        }

        CancellationToken token = source is not null && source.Caller.IsCancellationRequested ? source.Caller : Token;
        if (cancelled && error is OperationCanceledException cancellation && cancellation.CancellationToken != token)
        {
            error = new OperationCanceledException(cancellation.Message, cancellation, token);
            Suppression.Move(cancellation, error);
        }

        return (error, cancelled);
    }

    private TimeoutException TimedOut(RunSource source, Exception? error)
    {
        string where = KnownDetails is { Parent: not null } ? $", node '{PathOfFrame()}' of run" : ", run";
        TimeoutException timeout = new($"Workflow '{Descriptor.Id}' has a limit of {source.Limit}, in which it did not complete{where} '{Root.RunId}'.", error);
        if (error is not null)
        {
            Suppression.Move(error, timeout);
        }

        return timeout;
    }

    /// <summary>The next run may begin.</summary>
    private void LeaveGate()
    {
        if (KnownDetails is { Gate: { } gate } details)
        {
            details.Gate = null;
            gate.Places.Leave();
        }
    }

    private void EndHeld(FlowRun<TResult> handle, Exception? error, RunStatus status)
    {
        TResult result = Result;
        handle.Detach(status);
        MarkReturned();
        Recycle();
        handle.End(result, error);
    }

    /// <summary>The first failure that nobody handles decides; later ones are kept with it.</summary>
    private protected void RecordError(Exception error, bool cancelled)
    {
        RunDetails details = Details;
        if (details.Error is null)
        {
            details.Error = error;
            details.IsCancelled = cancelled;
            details.IsLate = details.Source is { IsExpired: true };

            // What fails does not stay paused.
            Handle?.ReleaseParked();
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
        details.IsLate = false;
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

        bool isKept = UndoLog is { IsKept: true };
        if ((generation & 1) == 0 || (!isKept && !TryMarkReturned(generation)))
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
            if (!isKept)
            {
                Recycle();
            }
        }
    }
}
