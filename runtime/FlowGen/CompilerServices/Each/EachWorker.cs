using System.Runtime.CompilerServices;

namespace FlowGen.CompilerServices;

/// <summary>One element in flight: takes an element, runs the node for it, cleans what it used, takes the next.</summary>
internal sealed class EachWorker<TItem, TResult>(EachLoop<TItem, TResult> loop) : IThreadPoolWorkItem
{
    private Action? _callback;
    private Phase _phase;
    private ConfiguredValueTaskAwaitable<TResult>.ConfiguredValueTaskAwaiter _element;
    private ConfiguredValueTaskAwaitable<bool>.ConfiguredValueTaskAwaiter _source;
    private ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter _cleanup;
    private TItem _item = default!;
    private int _index;
    private int _hooks;
    private long _startedAt;
    private FlowScope? _scope;
    private ElementPolicy<TItem, TResult>? _policy;

    private enum Phase
    {
        Take,
        TakePending,
        Execute,
        ExecutePending,
        Clean,
        CleanPending,
    }

    private int Attempt => _policy?.Attempt ?? 1;

    /// <summary>On the thread pool: bring in the next worker first, so that they start as fast as the pool takes them.</summary>
    public void Execute()
    {
        if (loop.OnPool)
        {
            loop.StartAnother();
        }

        Resume();
    }

    /// <summary>Hooks this worker to the source's next element.</summary>
    /// <returns>True when it is there meanwhile; otherwise this worker may have moved on, and must not be touched.</returns>
    internal bool AwaitSource(ConfiguredValueTaskAwaitable<bool>.ConfiguredValueTaskAwaiter source)
    {
        _source = source;
        _phase = Phase.TakePending;
        return Hook(source);
    }

    /// <summary>Runs until this worker is suspended or has ended; in both cases it must not be touched afterwards.</summary>
    internal void Run()
    {
        while (true)
        {
            switch (_phase)
            {
                case Phase.Take when loop.IsHeld(this):
                    return;

                case Phase.Take:
                case Phase.TakePending:
                    Taken taken = Take();
                    if (taken == Taken.Later)
                    {
                        return;
                    }

                    if (taken == Taken.Nothing)
                    {
                        if (!TryEnd())
                        {
                            break;
                        }

                        loop.WorkerEnded();
                        return;
                    }

                    _phase = Phase.Execute;
                    break;

                case Phase.Execute:
                    if (!Begin())
                    {
                        return;
                    }

                    break;

                case Phase.ExecutePending:
                    TakeResult();
                    _phase = Phase.Clean;
                    break;

                case Phase.Clean:
                    if (!Clean())
                    {
                        return;
                    }

                    break;

                default:
                    FinishCleaning();
                    _phase = Phase.Take;
                    break;
            }
        }
    }

    /// <summary>Gives back what this worker holds when it has no element.</summary>
    internal void ReleaseScope()
    {
        _phase = Phase.Take;
        _source = default;
        if (_scope is { } scope)
        {
            _scope = null;
            scope.ForgetOrigin();
            scope.Return();
        }
    }

    /// <summary>The loop goes back to its pool.</summary>
    internal void Forget() => _policy?.Leave();

    /// <summary>Another try begins.</summary>
    internal void TryAgain(int attempt) => _startedAt = loop.ElementStarted(_index, attempt);

    /// <summary>A try has failed, and there will be another.</summary>
    internal void TryFailed(Exception error)
    {
        loop.TryFailed(_index, error, _startedAt, Attempt - 1);
        _startedAt = 0;
    }

    private void Resume()
    {
        if (InlineCompletion.OfThread.TryResume(this, _hooks))
        {
            return;
        }

        EachLoop<TItem, TResult> owner = loop;
        owner.Hold();
        ExecutionContext? outer = AmbientContext.Enter(owner.Context);
        Run();
        owner.AfterResume();
        owner.WorkerEnded();
        AmbientContext.Restore(outer);
    }

    private Taken Take()
    {
        try
        {
            return _phase == Phase.Take
                ? loop.Take(this, out _item, out _index)
                : loop.TakePulled(_source.GetResult(), out _item, out _index);
        }
        catch (Exception error)
        {
            loop.SourceFailed(error);
            return Taken.Nothing;
        }
    }

    private bool Begin()
    {
        if (loop.IsStopping || !loop.TryBegin())
        {
            // It does not run, so nobody is told of it.
            loop.Refuse();
            _phase = Phase.Clean;
            return true;
        }

        _phase = Phase.ExecutePending;
        try
        {
            _startedAt = loop.ElementStarted(_index);
            _scope ??= loop.RentScope();
            ValueTask<TResult> element = loop.Rules.Policy is null
                ? loop.ExecuteAsync(_item, _index, _scope, attempt: 1, loop.Token)
                : (_policy ??= new ElementPolicy<TItem, TResult>(loop, this)).RunAsync(_item, _index, _scope);
            _element = element.ConfigureAwait(false).GetAwaiter();
        }
        catch (Exception error)
        {
            loop.ElementFailed(_index, error, _startedAt, Attempt);
            _phase = Phase.Clean;
            return true;
        }

        return _element.IsCompleted || Hook(_element);
    }

    /// <summary>What completes while it is being hooked is taken up here instead of further down the stack.</summary>
    /// <returns>True when it has completed, and this worker goes on; otherwise it may have moved on already.</returns>
    private bool Hook<TAwaiter>(TAwaiter awaiter)
        where TAwaiter : struct, ICriticalNotifyCompletion
    {
        InlineCompletion inline = InlineCompletion.OfThread;
        InlineCompletion.Hooking outer = inline.Begin(this, ++_hooks);
        awaiter.UnsafeOnCompleted(_callback ??= Resume);
        return inline.End(outer);
    }

    private void TakeResult()
    {
        try
        {
            TResult result = _element.GetResult();
            loop.ElementCompleted(_index, result, _startedAt, Attempt);
        }
        catch (Exception error)
        {
            loop.ElementFailed(_index, error, _startedAt, Attempt);
        }

        _element = default;
    }

    private bool Clean()
    {
        _item = default!;
        _phase = Phase.Take;
        if (_scope is null)
        {
            return true;
        }

        _cleanup = _scope.CleanAsync().ConfigureAwait(false).GetAwaiter();
        _phase = Phase.CleanPending;
        return _cleanup.IsCompleted || Hook(_cleanup);
    }

    private void FinishCleaning()
    {
        // Scopes report what their objects throw and never throw themselves.
        _cleanup.GetResult();
        _cleanup = default;
    }

    /// <returns>False when there is another element after all.</returns>
    private bool TryEnd()
    {
        ReleaseScope();
        return loop.TryRetire(this);
    }
}

/// <summary>What a worker got from the source.</summary>
internal enum Taken
{
    Item,
    Nothing,
    Later,
}
