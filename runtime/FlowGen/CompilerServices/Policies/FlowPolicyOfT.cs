using System.ComponentModel;
using System.Runtime.CompilerServices;
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
    // Not inlined: a policy is made once a frame, and asked for at each of its nodes.
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected FlowPolicy(FlowFrame frame, int step, int node, PolicyRules rules)
        : base(frame, step, node, rules)
    {
    }

    private enum Phase
    {
        Enter,
        Entered,
        GoOn,
        Retake,
        Retaken,
        Refused,
        Try,
        TakeTry,
        Delay,
        EndDelay,
        Done,
    }

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
                    Entered();
                    break;

                case Phase.GoOn:
                    if (!GoOn())
                    {
                        return false;
                    }

                    break;

                case Phase.Retake:
                    if (!Retake())
                    {
                        return false;
                    }

                    break;

                case Phase.Retaken:
                    Retaken();
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
