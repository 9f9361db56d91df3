namespace FlowGen;

/// <summary>A run with its result. It can be awaited any number of times, by itself or through <see cref="Completion"/>.</summary>
/// <typeparam name="TResult">What the workflow returns; <see cref="FlowUnit"/> for nothing.</typeparam>
public abstract class FlowRun<TResult> : FlowRun
{
    private TResult _result = default!;
    private Exception? _error;
    private volatile bool _hasEnded;
    private TaskCompletionSource<TResult>? _completion;

    /// <summary>Called by generated code only.</summary>
    protected FlowRun()
    {
    }

    /// <summary>
    /// The result, when the run has ended and everything that it used has been given back; fails or is cancelled as the run is. Made when first asked for.
    /// </summary>
    public new Task<TResult> Completion
    {
        get
        {
            if (Volatile.Read(ref _completion) is { } known)
            {
                return known.Task;
            }

            TaskCompletionSource<TResult> made = new(TaskCreationOptions.RunContinuationsAsynchronously);
            made = Interlocked.CompareExchange(ref _completion, made, comparand: null) ?? made;
            if (_hasEnded)
            {
                Publish(made);
            }

            return made.Task;
        }
    }

    private protected sealed override Task Ended => Completion;

    /// <summary>Lets the run itself be awaited.</summary>
    public System.Runtime.CompilerServices.TaskAwaiter<TResult> GetAwaiter() => Completion.GetAwaiter();

    /// <summary>The run is plain code.</summary>
    internal async Task FollowAsync(ValueTask<TResult> run)
    {
        SetStatus(RunStatus.Running);
        try
        {
            TResult result = await run.ConfigureAwait(false);
            Detach(RunStatus.Completed);
            End(result, error: null);
        }
        catch (Exception error)
        {
            Detach(IsCancelledOutside(error) ? RunStatus.Cancelled : RunStatus.Failed);
            End(default!, error);
        }
    }

    /// <summary>The run has ended. Its frame is back in the pool.</summary>
    internal void End(TResult result, Exception? error)
    {
        _result = result;
        _error = error;
        _hasEnded = true;
        Interlocked.MemoryBarrier();
        if (_completion is { } waiting)
        {
            Publish(waiting);
        }
    }

    private void Publish(TaskCompletionSource<TResult> completion)
    {
        switch (_error)
        {
            case null:
                completion.TrySetResult(_result);
                break;
            case OperationCanceledException cancelled when Status == RunStatus.Cancelled:
                completion.TrySetCanceled(cancelled.CancellationToken);
                break;
            default:
                // Whoever holds the handle may never look at the task: that is not a fault of its own.
                completion.TrySetException(_error);
                _ = completion.Task.Exception;
                break;
        }
    }
}
