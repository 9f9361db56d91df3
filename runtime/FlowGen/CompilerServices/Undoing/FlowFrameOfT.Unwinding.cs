namespace FlowGen.CompilerServices;

/// <content>The end of a frame that has something to undo or to handle, or that ends early.</content>
public abstract partial class FlowFrame<TResult>
{
    /// <summary>Whether there is anything to wait for, to undo or to handle.</summary>
    protected bool IsUnwinding => KnownDetails is { Lingering.Any: true } || HasFailed;

    private bool HasFailed => Failing || KnownDetails is { Source: { } source } && source.StopWatching();

    /// <summary>Emitted where the workflow handles its own failure.</summary>
    /// <returns>Whether the failure is handled, and the result is there.</returns>
    protected virtual ValueTask<bool> HandleAsync(Exception error, CancellationToken token) => default;

    /// <summary>Whether a node that has completed ends the workflow: not where a failure, another end or the time limit came first.</summary>
    protected bool MayEnd => !Failing && KnownDetails is not { Source.IsExpired: true };

    /// <summary>The workflow ends with the result that is there: what is still going on is of no interest.</summary>
    protected void EndEarly() => Details.HasEnded = true;

    /// <summary>The node that handles the failure now, so that its own failure can be placed.</summary>
    protected void HandleAt(int node)
    {
        Details.HandlerNode = node;
        if (IsWatched)
        {
            Executing(node);
        }
    }

    /// <summary>Everything has settled. Undoes what has completed if the run has not, and lets the workflow handle its failure. Never throws.</summary>
    protected async ValueTask UnwindAsync()
    {
        RunDetails details = Details;
        if (details.Lingering is { } lingering)
        {
            await lingering.WaitAsync().ConfigureAwait(false);
        }

        if (details.HasEnded || !HasFailed)
        {
            ReleaseUndoing();
            return;
        }

        (Exception? ended, bool cancelled) = End();
        Exception error = ended!;
        (details.Error, details.IsCancelled, details.IsLate) = (error, cancelled, false);
        await CompensateAsync(error).ConfigureAwait(false);
        if (cancelled)
        {
            return;
        }

        CancellationToken token = details.TokenOfHandlers(Token);
        try
        {
            details.HandlerNode = -1;
            if (await HandleAsync(error, token).ConfigureAwait(false))
            {
                details.HasEnded = true;
            }
        }
        catch (Exception another)
        {
            Suppression.Add(another, error);
            details.Error = another;
            details.IsCancelled = another is OperationCanceledException && token.IsCancellationRequested;
            NodeFailed(details.HandlerNode, another, details.IsCancelled);
        }
    }

    /// <summary>Everything has completed: nothing will be undone, unless whoever called this part of a run has to.</summary>
    protected void ReleaseUndoing()
    {
        if (!IsPart)
        {
            UndoLog?.Release();
        }
    }

    internal sealed override void ReleaseKept()
    {
        UndoLog!.IsKept = false;
        UndoLog.Release();
        MarkReturned();
        Recycle();
    }

    /// <summary>A part of a run has completed.</summary>
    /// <returns>Whether its frame stays, because something in it may have to be undone.</returns>
    private bool TryKeep(RunDetails details)
    {
        if (details.Parent is not { } parent || UndoLog is not { IsEmpty: false } log)
        {
            return false;
        }

        if (parent.UndoLog is not { } above)
        {
            log.Release();
            return false;
        }

        log.IsKept = true;
        above.Keep(this);
        return true;
    }
}
