using System.Threading.Tasks.Sources;

namespace FlowGen.CompilerServices;

/// <summary>
/// One request at a time, and its answer. Answers that come before the request are kept in order, unless the wait is transient. Who completes the request, an answer or a cancellation, is
/// decided under the lock; continuations run outside of it.
/// </summary>
/// <param name="asksOnce">There is one request at most in a run: what comes after its answer is nobody's.</param>
internal sealed class WaitPoint<TRequest, TResponse>(bool asksOnce) : WaitPoint, IValueTaskSource<TResponse>
{
    private readonly Lock _lock = new();
    private readonly Queue<TResponse> _early = new();
    private ManualResetValueTaskSourceCore<TResponse> _core;
    private CancellationTokenRegistration _link;
    private CancellationToken _token;
    private TaskCompletionSource<bool>? _asked;
    private TRequest? _request;
    private bool _isPending;
    private bool _isTransient;
    private bool _isClosed;
    private bool _isAnswered;

    internal bool IsPending
    {
        get
        {
            lock (_lock)
            {
                return _isPending;
            }
        }
    }

    internal TRequest? Request
    {
        get
        {
            lock (_lock)
            {
                return _request;
            }
        }
    }

    /// <inheritdoc/>
    ValueTaskSourceStatus IValueTaskSource<TResponse>.GetStatus(short token) => _core.GetStatus(token);

    /// <inheritdoc/>
    void IValueTaskSource<TResponse>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    /// <inheritdoc/>
    TResponse IValueTaskSource<TResponse>.GetResult(short token)
    {
        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            _core.Reset();
        }
    }

    /// <summary>The node asks.</summary>
    /// <exception cref="InvalidOperationException">It is asking already: another element of the same key.</exception>
    internal ValueTask<TResponse> AskAsync(TRequest request, bool isTransient, CancellationToken token)
    {
        short version;
        TaskCompletionSource<bool>? asked;
        lock (_lock)
        {
            if (_isPending)
            {
                throw new InvalidOperationException("Two requests of one [Wait] node are pending under one key. Give [Wait] a Key that tells them apart.");
            }

            if (_early.TryDequeue(out TResponse? answer))
            {
                return new ValueTask<TResponse>(answer);
            }

            _isTransient = isTransient;
            _request = request;
            _isPending = true;
            _token = token;
            version = _core.Version;
            asked = _asked;
            _asked = null;
        }

        asked?.TrySetResult(true);
        if (token.CanBeCanceled)
        {
            Link(token, version);
        }

        return new ValueTask<TResponse>(this, version);
    }

    /// <summary>The outside answers.</summary>
    /// <returns>Whether the answer was taken or kept; then the caller must call <see cref="Publish(TResponse)"/> if it was taken.</returns>
    internal bool TryTake(TResponse answer, out bool mustPublish)
    {
        lock (_lock)
        {
            mustPublish = _isPending;
            if (_isPending)
            {
                End();
                return true;
            }

            if (_isClosed || _isTransient || _isAnswered)
            {
                return false;
            }

            _isAnswered = asksOnce;
            _early.Enqueue(answer);
            return true;
        }
    }

    /// <summary>The outside answers with a failure.</summary>
    internal bool TryTakeFailure()
    {
        lock (_lock)
        {
            if (!_isPending)
            {
                return false;
            }

            End();
            return true;
        }
    }

    internal void Publish(TResponse answer)
    {
        Unlink();
        _core.SetResult(answer);
    }

    internal void Publish(Exception error)
    {
        Unlink();
        _core.SetException(error);
    }

    /// <summary>Completes with true once a request is pending, and with false once none can come.</summary>
    internal Task<bool> WhenPending()
    {
        lock (_lock)
        {
            return _isPending ? Task.FromResult(true)
                : _isClosed ? Task.FromResult(false)
                : (_asked ??= new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    internal override void Close()
    {
        TaskCompletionSource<bool>? asked;
        lock (_lock)
        {
            _isClosed = true;
            _early.Clear();
            asked = _asked;
            _asked = null;
        }

        asked?.TrySetResult(false);
    }

    internal override void Reset()
    {
        Close();
        lock (_lock)
        {
            _isClosed = false;
            _isTransient = false;
            _isAnswered = false;
            _request = default;
        }
    }

    internal void BeTransient()
    {
        lock (_lock)
        {
            _isTransient = true;
        }
    }

    private void Link(CancellationToken token, short version)
    {
        // A cancellation right now runs the callback here: it must find the request of this version.
        CancellationTokenRegistration link = token.UnsafeRegister(static (state, _) => ((WaitPoint<TRequest, TResponse>)state!).Cancelled(), this);
        lock (_lock)
        {
            if (_isPending && _core.Version == version)
            {
                _link = link;
                return;
            }
        }

        link.Unregister();
    }

    /// <summary>A late callback of an earlier request finds a token that is not cancelled.</summary>
    private void Cancelled()
    {
        CancellationToken token;
        lock (_lock)
        {
            token = _token;
            if (!_isPending || !token.IsCancellationRequested)
            {
                return;
            }

            End();
        }

        Unlink();
        _core.SetException(new OperationCanceledException(token));
    }

    private void End()
    {
        _isPending = false;
        _isAnswered = asksOnce;
        _request = default;
    }

    private void Unlink()
    {
        CancellationTokenRegistration link;
        lock (_lock)
        {
            link = _link;
            _link = default;
            _token = default;
        }

        link.Unregister();
    }
}
