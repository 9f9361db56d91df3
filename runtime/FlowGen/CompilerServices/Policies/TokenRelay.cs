namespace FlowGen.CompilerServices;

/// <summary>
/// Passes the caller's cancellation on to the node of a first pass that executes at the moment and has a token of its own: one registration serves all nodes of the run. Called by the
/// thread that runs the run, but for the callback.
/// </summary>
internal sealed class TokenRelay
{
    private CancellationTokenSource? _current;
    private CancellationTokenRegistration _link;

    /// <summary>It is registered with the caller's token.</summary>
    internal bool IsOpen { get; private set; }

    /// <summary>The caller's callback has run or still runs: it may cancel any source that the relay has been told of, so neither these nor the relay may serve another run.</summary>
    internal bool IsGivenUp { get; private set; }

    /// <summary>A node is about to take the token of a source.</summary>
    internal void Watch(CancellationToken caller, CancellationTokenSource source)
    {
        if (!IsOpen)
        {
            IsOpen = true;
            _link = caller.UnsafeRegister(static state => ((TokenRelay)state!).Pass(), this);
        }

        // A full fence: either the callback finds the source, or the source finds the token cancelled.
        Interlocked.Exchange(ref _current, source);
        if (caller.IsCancellationRequested)
        {
            Cancellation.Request(source);
        }
    }

    /// <summary>It has returned.</summary>
    internal void Unwatch() => Volatile.Write(ref _current, null);

    /// <summary>The pass is over, or has been left: from now on nobody listens here.</summary>
    internal void Close()
    {
        IsOpen = false;
        Unwatch();
        IsGivenUp = !_link.Unregister();
        _link = default;
    }

    private void Pass() => Cancellation.Request(Volatile.Read(ref _current));
}
