namespace FlowGen.CompilerServices;

/// <summary>
/// A part of a run that fails as one: the whole run, or a sub-workflow whose failure its parent handles. The first failure inside
/// cancels the others' token; the token also follows the region around it.
/// </summary>
internal sealed class FlowRegion
{
    private CancellationTokenSource? _source;
    private CancellationTokenRegistration _link;

    /// <summary>The token of the nodes in this region, once one of them has asked for it; default before.</summary>
    internal CancellationToken Token { get; private set; }

    /// <summary>The failure that decided, or the cancellation that came from outside.</summary>
    internal Exception? Error { get; private set; }

    internal bool IsCancelled { get; private set; }

    /// <summary>The step that decided.</summary>
    internal int FailedStep { get; set; }

    internal bool IsFailing => Error is not null;

    /// <summary>It is the region of a single step, which was withdrawn.</summary>
    internal bool IsWithdrawn { get; private set; }

    /// <summary>Withdraws the step that the region belongs to.</summary>
    internal void Withdraw()
    {
        IsWithdrawn = true;
        Fail(new OperationCanceledException(), cancelled: true);
    }

    internal bool IsCancellationRequested => _source is { IsCancellationRequested: true };

    /// <summary>The token of the nodes in this region; made on first use.</summary>
    internal CancellationToken TokenWithin(CancellationToken outer)
    {
        if (_source is null)
        {
            _source = new CancellationTokenSource();
            if (IsFailing)
            {
                _source.Cancel();
            }
        }

        if (outer.CanBeCanceled && _link == default)
        {
            // The callback gets this run's source and not the region: one that is late must not reach the next run.
            _link = outer.UnsafeRegister(static state => Cancellation.Request((CancellationTokenSource)state!), _source);
        }

        return Token = _source.Token;
    }

    /// <summary>Takes note of a failure and cancels the others.</summary>
    /// <returns>True for the first one: the region starts to fail now.</returns>
    internal bool Fail(Exception error, bool cancelled)
    {
        bool first = Record(error, cancelled);
        if (first)
        {
            Cancel();
        }

        return first;
    }

    /// <summary>Takes note of a failure. Not thread-safe.</summary>
    /// <returns>True for the first one: the caller must call <see cref="Cancel()"/>, outside of any lock.</returns>
    internal bool Record(Exception error, bool cancelled)
    {
        if (Error is null)
        {
            Error = error;
            IsCancelled = cancelled;
            return true;
        }

        if (!cancelled)
        {
            Suppression.Add(Error, error);
        }

        return false;
    }

    /// <summary>Makes the region ready for its next use. Every node in it has settled.</summary>
    internal void Close()
    {
        Token = default;
        Error = null;
        IsCancelled = false;
        IsWithdrawn = false;
        if (_link != default)
        {
            // A callback that ran or is running right now may still touch the source: it must not be used again.
            if (!_link.Unregister())
            {
                _source = null;
            }

            _link = default;
        }

        if (_source is not null && !_source.TryReset())
        {
            _source = null;
        }
    }

    internal void Cancel() => Cancellation.Request(_source);
}
