using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace FlowGen.CompilerServices;

/// <content>A try: how it begins, is waited for and is taken.</content>
public abstract partial class FlowPolicy<TResult>
{
    /// <summary>Emitted: calls the body once.</summary>
    protected abstract ValueTask<TResult> TryAsync(CancellationToken token);

    /// <summary>Goes on with a first try that has not completed, or whose task has failed.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected ValueTask<TResult> Continue(ValueTask<TResult> firstTry)
    {
        Start();
        _try = firstTry.ConfigureAwait(false).GetAwaiter();
        _phase = Phase.TakeTry;
        return Drive(hook: true);
    }

    /// <summary>Goes on after a first try that threw.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected ValueTask<TResult> Continue(Exception error)
    {
        Start();
        Decide(error);
        return Drive(hook: false);
    }

    /// <summary>Goes on with a first try that a pass without the policy has made, and that has not completed, or whose task has failed.</summary>
    /// <returns>What the node returns: a failure comes through it.</returns>
    public ValueTask<TResult> GoOn(CancellationToken outer, ValueTask<TResult> firstTry)
    {
        Open(outer);
        try
        {
            return Continue(firstTry);
        }
        catch (Exception error)
        {
            return ValueTask.FromException<TResult>(error);
        }
    }

    /// <summary>The same after a first try that threw.</summary>
    public ValueTask<TResult> GoOn(CancellationToken outer, Exception error)
    {
        Open(outer);
        try
        {
            return Continue(error);
        }
        catch (Exception last)
        {
            return ValueTask.FromException<TResult>(last);
        }
    }

    private ValueTask<TResult> Drive(bool hook)
    {
        short version = _core.Version;
        _context = ExecutionContext.Capture();
        if (!(hook ? Hook() && Run() : Run()))
        {
            return new ValueTask<TResult>(this, version);
        }

        TResult result = _result;
        Exception? error = _error;
        Clear()?.ForEach(Places.Tell);
        if (error is not null)
        {
            ExceptionDispatchInfo.Throw(error);
        }

        return new ValueTask<TResult>(result);
    }

    private bool BeginTry()
    {
        try
        {
            CancellationToken token = NextToken();

            // The token around the node first: its own may be the last to hear, of a cancellation that ends a delay for example.
            Outer.ThrowIfCancellationRequested();
            token.ThrowIfCancellationRequested();
            if (Attempt > 1)
            {
                TellAgain();
            }

            if (Rules.IsSynchronous)
            {
                WatchTry();
            }

            _phase = Phase.TakeTry;
            _try = TryAsync(token).ConfigureAwait(false).GetAwaiter();
        }
        catch (Exception error)
        {
            UnwatchTry();
            Decide(error);
            return true;
        }

        return Hook();
    }

    /// <returns>False when the try has to be waited for.</returns>
    private bool Hook()
    {
        if (_try.IsCompleted)
        {
            return true;
        }

        // A copy: whoever completes the try may take it up while it is being hooked.
        ConfiguredValueTaskAwaitable<TResult>.ConfiguredValueTaskAwaiter awaiter = _try;
        WatchTry();
        InlineCompletion inline = InlineCompletion.OfThread;
        InlineCompletion.Hooking outer = inline.Begin(this, ++_hooks);
        awaiter.UnsafeOnCompleted(_callback ??= Resume);
        return inline.End(outer);
    }

    private void TakeTry()
    {
        UnwatchTry();
        ConfiguredValueTaskAwaitable<TResult>.ConfiguredValueTaskAwaiter ended = _try;
        _try = default;
        TResult result;
        try
        {
            result = ended.GetResult();
        }
        catch (Exception error)
        {
            Decide(error);
            return;
        }

        if (TakeFault() is { } fault)
        {
            Discard(result);
            _error = fault;
            _phase = Phase.Done;
        }
        else if (IsTooLate)
        {
            Discard(result);
            Decide(error: null);
        }
        else
        {
            _result = result;
            _phase = Phase.Done;
        }
    }

    /// <summary>A value that came too late: the body has completed all the same, and may have to be undone.</summary>
    protected virtual void Discard(TResult result)
    {
    }
}
