using System.Runtime.CompilerServices;

namespace FlowGen.CompilerServices;

/// <content>Questions of a serial run itself: its frame goes on with the answer, and there is no task between the two.</content>
internal sealed partial class WaitPoint<TRequest, TResponse>
{
    // The frame of the run whose place this is: always the same one.
    private FlowFrame? _asker;
    private bool _isOfAsker;

    /// <summary>Whether what was answered is there for the frame to take.</summary>
    internal bool IsOfAsker => _isOfAsker;

    /// <summary>The frame asks.</summary>
    /// <returns>True when the answer is there already. Otherwise <see cref="Open(FlowFrame)"/> follows.</returns>
    /// <exception cref="InvalidOperationException">It is asking already.</exception>
    /// <exception cref="OperationCanceledException">The token is cancelled.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryAsk(TRequest request, bool isTransient, CancellationToken token, bool isLinked, out TResponse? early)
    {
        if (_isAsking != 0)
        {
            ThrowAskedTwice();
        }

        _isLinkedAlone = !isLinked;
        if (isTransient)
        {
            BeTransient();
        }

        if ((State & Kept) != 0 && TryTakeEarly(out early))
        {
            return true;
        }

        token.ThrowIfCancellationRequested();
        early = default;
        _isAsking = 1;
        _request = request;
        _token = token;
        if (!isLinked)
        {
            LinkAlone(token);
        }

        return false;
    }

    /// <summary>The frame has left its thread: the question is open, and the frame may be at work elsewhere before this returns.</summary>
    internal void Open(FlowFrame asker)
    {
        if (!ReferenceEquals(_asker, asker))
        {
            _asker = asker;
        }

        _isOfAsker = true;
        Open();
    }

    /// <summary>The frame takes the answer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal TResponse Take()
    {
        TResponse answer = _answer!;
        _isOfAsker = false;
        _isAnswered = false;
        if (RuntimeHelpers.IsReferenceOrContainsReferences<TResponse>())
        {
            _answer = default;
        }

        _isAsking = 0;
        if (_error is not null)
        {
            ThrowError();
        }

        return answer;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void LinkAlone(CancellationToken token) =>

        // A cancellation right now finds nothing to cancel yet: who opens the question looks at the token again.
        _link = token.UnsafeRegister(static state => ((WaitPoint)state!).CancelIfRequested(), this);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ThrowError()
    {
        System.Runtime.ExceptionServices.ExceptionDispatchInfo error = _error!;
        _error = null;
        error.Throw();
    }
}
