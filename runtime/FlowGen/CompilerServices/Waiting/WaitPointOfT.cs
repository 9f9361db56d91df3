using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Threading.Tasks.Sources;

namespace FlowGen.CompilerServices;

/// <summary>One request at a time, and its answer. Answers that come before the request are kept in order, unless the wait is transient.</summary>
/// <param name="node">The node in the graph of the run; -1 for another.</param>
/// <param name="path">Path of a node that is not in the graph of the run.</param>
/// <param name="asksOnce">There is one request at most in a run: what comes after its answer is nobody's.</param>
internal sealed partial class WaitPoint<TRequest, TResponse>(int node, string? path, bool asksOnce) : WaitPoint(node, path), IValueTaskSource<TResponse>
{
    // Of the node, and of who has ended the question until the node goes on.
    private Action<object?>? _continuation;
    private object? _continuationState;
    private ExecutionContext? _context;
    private TRequest? _request;
    private CancellationToken _token;
    private CancellationTokenRegistration _link;
    private TResponse? _answer;
    private ExceptionDispatchInfo? _error;
    private int _isAsking;
    private short _version;
    private bool _isLinkedAlone;
    private bool _isAnswered;

    private Queue<TResponse>? _early;

    /// <inheritdoc/>
    ValueTaskSourceStatus IValueTaskSource<TResponse>.GetStatus(short token)
    {
        Check(token);
        return !_isAnswered ? ValueTaskSourceStatus.Pending
            : _error is null ? ValueTaskSourceStatus.Succeeded
            : _error.SourceException is OperationCanceledException ? ValueTaskSourceStatus.Canceled
            : ValueTaskSourceStatus.Faulted;
    }

    /// <inheritdoc/>
    TResponse IValueTaskSource<TResponse>.GetResult(short token)
    {
        Check(token);
        if (!_isAnswered)
        {
            throw new InvalidOperationException("The request has not been answered.");
        }

        TResponse answer = _answer!;
        ExceptionDispatchInfo? error = _error;
        _version++;
        _isAnswered = false;
        _answer = default;
        _error = null;
        Volatile.Write(ref _isAsking, 0);
        error?.Throw();
        return answer;
    }

    /// <summary>The node will go on with the answer: now the question is open.</summary>
    void IValueTaskSource<TResponse>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        Check(token);
        if (_continuation is not null || _isAnswered)
        {
            throw new InvalidOperationException("The request is awaited already.");
        }

        _continuation = continuation;
        _continuationState = state;
        if ((flags & ValueTaskSourceOnCompletedFlags.FlowExecutionContext) != ValueTaskSourceOnCompletedFlags.None)
        {
            _context = ExecutionContext.Capture();
        }

        Open();
    }

    /// <summary>The node asks. The question is open as soon as somebody awaits what is returned.</summary>
    /// <param name="request">What it asks.</param>
    /// <param name="isTransient">Early answers are lost.</param>
    /// <param name="token">Cancels the question.</param>
    /// <param name="isLinked">Somebody calls <see cref="CancelIfRequested"/> when the token is cancelled; it stays what it is until the run ends.</param>
    /// <exception cref="InvalidOperationException">It is asking already: another element of the same key.</exception>
    internal ValueTask<TResponse> AskAsync(TRequest request, bool isTransient, CancellationToken token, bool isLinked)
    {
        // A node of the run itself asks once at a time; elements may do so at once.
        if (Node >= 0 ? _isAsking != 0 : Interlocked.Exchange(ref _isAsking, 1) != 0)
        {
            ThrowAskedTwice();
        }

        _isLinkedAlone = !isLinked;
        if (isTransient)
        {
            BeTransient();
        }

        if ((State & Kept) != 0 && TryTakeEarly(out TResponse? early))
        {
            Volatile.Write(ref _isAsking, 0);
            return new ValueTask<TResponse>(early!);
        }

        if (token.IsCancellationRequested)
        {
            Volatile.Write(ref _isAsking, 0);
            return ValueTask.FromException<TResponse>(new OperationCanceledException(token));
        }

        _isAsking = 1;
        _request = request;
        _token = token;
        if (!isLinked)
        {
            LinkAlone(token);
        }

        return new ValueTask<TResponse>(this, _version);
    }

    /// <summary>The outside answers what is asked.</summary>
    /// <returns>False when nothing is.</returns>
    internal bool TryAnswer(FlowRun run, TResponse answer)
    {
        if (!TryEnd(run, asksOnce ? Answered | Over : 0))
        {
            return false;
        }

        _answer = answer;
        Continue();
        return true;
    }

    /// <summary>The outside lets the node fail that asks.</summary>
    /// <returns>False when it does not.</returns>
    internal bool TryFail(FlowRun run, Exception error)
    {
        if (!TryEnd(run, asksOnce ? Answered : 0))
        {
            return false;
        }

        _error = ExceptionDispatchInfo.Capture(error);
        Continue();
        return true;
    }

    internal override void CancelIfRequested()
    {
        long seen = State;
        CancellationToken token = _token;

        // A token of a later question is read only when this one has ended, and then it is not cancelled here.
        if ((seen & Pending) != 0 && token.IsCancellationRequested && TryCancel(seen, token))
        {
            Continue();
        }
    }

    /// <summary>What is asked.</summary>
    /// <returns>False when nothing is.</returns>
    internal bool TryReadRequest(out TRequest? request)
    {
        while (true)
        {
            long seen = State;
            if ((seen & Pending) == 0)
            {
                request = default;
                return false;
            }

            request = _request;
            Interlocked.MemoryBarrier();
            if (State == seen)
            {
                return true;
            }
        }
    }

    internal override void Reset()
    {
        ResetState();
        _early?.Clear();
        Forget();
        _answer = default;
        _error = null;
        _isAnswered = false;
        _isOfAsker = false;
        _isAsking = 0;
    }

    protected override void Discard()
    {
        _early?.Clear();
        Remove(Kept);
    }

    /// <summary>Takes the question for the outside of a run.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryEnd(FlowRun run, long flags)
    {
        long seen = State;
        while ((seen & Pending) != 0)
        {
            // Alive after the word was read: then it is a question of this run.
            if (!run.IsReachable)
            {
                return false;
            }

            long now = Exchange((seen & ~Pending) | (_isLinkedAlone ? flags & ~Over : flags), seen);
            if (now == seen)
            {
                return true;
            }

            seen = now;
        }

        return false;
    }

    private bool TryCancel(long seen, CancellationToken token)
    {
        while ((seen & Pending) != 0)
        {
            long now = Exchange((seen & ~Pending) | (asksOnce ? Answered : 0), seen);
            if (now == seen)
            {
                _error = ExceptionDispatchInfo.Capture(new OperationCanceledException(token));
                return true;
            }

            if ((now & -Question) != (seen & -Question))
            {
                break;
            }

            seen = now;
        }

        return false;
    }

    private void Open()
    {
        CancellationToken token = _token;
        long seen = State;
        while (true)
        {
            if ((seen & Kept) != 0)
            {
                if (TryTakeEarly(out TResponse? early))
                {
                    // It came after the node had looked. Nobody goes on inside of the code that is about to leave.
                    _answer = early;
                    PoolWork.Queue(static point => point.Continue(), this);
                    return;
                }

                seen = State;
                continue;
            }

            long open = ((seen & ~Over) + Question) | Pending;
            long now = Exchange(open, seen);
            if (now == seen)
            {
                seen = open;
                break;
            }

            seen = now;
        }

        // It may be answered from here on, and the point serve the next question or the next run.
        TellIfAwaited();
        if (token.IsCancellationRequested && TryCancel(seen, token))
        {
            PoolWork.Queue(static point => point.Continue(), this);
        }
    }

    /// <summary>The question has ended here: the node goes on, on this thread.</summary>
    private void Continue()
    {
        if (_isOfAsker)
        {
            FlowFrame asker = _asker!;
            ForgetQuestion();
            asker.GoOnWithAnswer();
            return;
        }

        Action<object?> continuation = _continuation!;
        object? state = _continuationState;
        ExecutionContext? context = _context;
        Forget();
        _isAnswered = true;
        if (context is null)
        {
            continuation(state);
        }
        else
        {
            ExecutionContext.Run(context, static call => ((Continuation)call!).Run(), new Continuation(continuation, state));
        }
    }

    private void Forget()
    {
        _continuation = null;
        _continuationState = null;
        _context = null;
        ForgetQuestion();
    }

    private void ForgetQuestion()
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<TRequest>())
        {
            _request = default;
        }

        _token = default;
        if (_isLinkedAlone)
        {
            CancellationTokenRegistration link = _link;
            _link = default;
            link.Unregister();
        }
    }

    [DoesNotReturn]
    private static void ThrowAskedTwice() =>
        throw new InvalidOperationException("Two requests of one [Wait] node are pending under one key. Give [Wait] a Key that tells them apart.");

    private void Check(short token)
    {
        if (token != _version)
        {
            throw new InvalidOperationException("The answer of this request was taken before.");
        }
    }

    private sealed record Continuation(Action<object?> Action, object? State)
    {
        internal void Run() => Action(State);
    }
}
