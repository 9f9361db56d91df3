using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Threading.Tasks.Sources;

namespace FlowGen.CompilerServices;

/// <summary>
/// Runs the tries of a node with policies. A first try that completes at once costs a call; everything else (a try that suspends, fails or has to wait for its turn) goes through
/// the states below, on whatever thread comes along.
/// </summary>
/// <typeparam name="TResult">What the node returns; <see cref="FlowUnit"/> for nothing.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract partial class FlowPolicy<TResult> : FlowPolicy, IValueTaskSource<TResult>, IValueTaskSource, IThreadPoolWorkItem
{
    private ManualResetValueTaskSourceCore<TResult> _core;
    private ConfiguredValueTaskAwaitable<TResult>.ConfiguredValueTaskAwaiter _try;
    private CancellationTokenRegistration _wake;
    private ExecutionContext? _context;
    private Action? _callback;
    private Phase _phase;
    private TimeSpan _delay;
    private TResult _result = default!;
    private Exception? _error;
    private int _hooks;
    private bool _isIteration;

    /// <inheritdoc cref="FlowPolicy(FlowFrame, int, int, PolicyRules)"/>
    protected FlowPolicy(FlowFrame frame, int step, int node, PolicyRules rules)
        : base(frame, step, node, rules)
    {
    }

    private enum Phase
    {
        Enter,
        Entered,
        Refused,
        Try,
        TakeTry,
        Delay,
        EndDelay,
        Done,
    }

    /// <summary>Emitted: calls the body once.</summary>
    protected abstract ValueTask<TResult> TryAsync(CancellationToken token);

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

    /// <inheritdoc/>
    void IThreadPoolWorkItem.Execute() => Resume();

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

    private protected override void Wake() => Resume();

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

    private void Resume()
    {
        if (InlineCompletion.OfThread.TryResume(this, _hooks))
        {
            return;
        }

        ExecutionContext? outer = AmbientContext.Enter(_context);
        if (Run())
        {
            Complete();
        }

        AmbientContext.Restore(outer);
    }

    /// <summary>Runs until the node has ended (true) or has to wait (false; it may belong to another thread then).</summary>
    private bool Run()
    {
        while (true)
        {
            switch (_phase)
            {
                case Phase.Enter:
                    if (!Enter())
                    {
                        return false;
                    }

                    break;

                case Phase.Entered:
                    if (!Entered())
                    {
                        return false;
                    }

                    break;

                case Phase.Refused:
                    Decide(new OperationCanceledException(Outer));
                    break;

                case Phase.Try:
                    if (!BeginTry())
                    {
                        return false;
                    }

                    break;

                case Phase.TakeTry:
                    TakeTry();
                    break;

                case Phase.Delay:
                    if (!BeginDelay())
                    {
                        return false;
                    }

                    break;

                case Phase.EndDelay:
                    if (!EndDelay())
                    {
                        return false;
                    }

                    break;

                default:
                    return true;
            }
        }
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
        else if (HasExpired)
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

    /// <param name="error">Null for a value that came too late.</param>
    private void Decide(Exception? error)
    {
        if (TakeFault() is { } fault)
        {
            Suppression.Add(fault, error ?? fault);
            error = fault;
        }
        else if (MayRetry(ref error, out _delay))
        {
            TellFailed(error);
            Tell(NodeState.Waiting, error);
            _phase = _delay > TimeSpan.Zero || WillExpire ? Phase.Delay : Phase.Try;
            return;
        }

        _error = error;
        _phase = Phase.Done;
    }

    private bool BeginDelay()
    {
        _phase = Phase.EndDelay;
        if (IsOver)
        {
            return true;
        }

        Frame.ReleaseLeaf(Step);
        CancellationToken outer = Outer;
        if (outer.CanBeCanceled)
        {
            _wake = outer.UnsafeRegister(static state => ((FlowPolicy<TResult>)state!).StopWaiting(), this);
        }

        // Once the alarm is set, it may go on elsewhere. A cancellation before that has found no alarm to turn off.
        int setting = WatchDelay(_delay);
        return outer.IsCancellationRequested && TryEndDelay(setting);
    }

    /// <summary>The run is cancelled and does not wait for the next try.</summary>
    private void StopWaiting()
    {
        if (IsCancelled && TryEndDelay())
        {
            Resume();
        }
    }

    private bool EndDelay()
    {
        _wake.Unregister();
        _wake = default;
        if (ExpiredWaiting() is { } expired)
        {
            _error = expired;
            _phase = Phase.Done;
            return true;
        }

        // Between two iterations nothing has been entered yet.
        _phase = _isIteration ? Phase.Enter : Phase.Try;
        _isIteration = false;
        return Frame.TryRetakeLeaf(Step, this);
    }

    private void Complete()
    {
        TResult result = _result;
        Exception? error = _error;

        // Whose turn it is now is told afterwards: the node has ended then for whoever watches, and if it has failed, the run knows.
        List<ISeeker>? granted = Clear();
        if (error is null)
        {
            _core.SetResult(result);
        }
        else
        {
            _core.SetException(error);
        }

        granted?.ForEach(Places.Tell);
    }

    /// <returns>Those whose turn it is now in a section.</returns>
    private List<ISeeker>? Clear()
    {
        _result = default!;
        _error = null;
        _context = null;
        Close();
        List<ISeeker>? granted = null;
        _gates?.Leave(Owner, ref granted);
        return granted;
    }

    private TResult TakeResult(short token)
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
}
