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

    private enum Phase
    {
        Take,
        TakePending,
        Execute,
        ExecutePending,
        Clean,
        CleanPending,
    }

    /// <summary>On the thread pool: bring in the next worker first, so that they start as fast as the pool takes them.</summary>
    public void Execute()
    {
        loop.StartAnother();
        Resume();
    }

    /// <summary>Hooks this worker to the source's next element.</summary>
    internal void AwaitSource(ConfiguredValueTaskAwaitable<bool>.ConfiguredValueTaskAwaiter source)
    {
        _source = source;
        _phase = Phase.TakePending;
        source.UnsafeOnCompleted(_callback ??= Resume);
    }

    /// <summary>Runs until this worker is suspended or has ended; in both cases it must not be touched afterwards.</summary>
    internal void Run()
    {
        while (true)
        {
            switch (_phase)
            {
                case Phase.Take:
                case Phase.TakePending:
                    Taken taken = Take();
                    if (taken == Taken.Later)
                    {
                        return;
                    }

                    if (taken == Taken.Nothing)
                    {
                        End();
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
        _phase = Phase.ExecutePending;
        try
        {
            _startedAt = loop.ElementStarted(_index);
            loop.Token.ThrowIfCancellationRequested();
            _scope ??= loop.RentScope();
            _element = loop.ExecuteAsync(_item, _index, _scope, loop.Token).ConfigureAwait(false).GetAwaiter();
        }
        catch (Exception error)
        {
            loop.ElementFailed(_index, error, _startedAt);
            _phase = Phase.Clean;
            return true;
        }

        if (_element.IsCompleted)
        {
            return true;
        }

        ConfiguredValueTaskAwaitable<TResult>.ConfiguredValueTaskAwaiter element = _element;
        InlineCompletion inline = InlineCompletion.OfThread;
        InlineCompletion.Hooking outer = inline.Begin(this, ++_hooks);
        element.UnsafeOnCompleted(_callback ??= Resume);
        return inline.End(outer);
    }

    private void TakeResult()
    {
        try
        {
            TResult result = _element.GetResult();
            loop.ElementCompleted(_index, result, _startedAt);
        }
        catch (Exception error)
        {
            loop.ElementFailed(_index, error, _startedAt);
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
        if (_cleanup.IsCompleted)
        {
            return true;
        }

        ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter cleanup = _cleanup;
        cleanup.UnsafeOnCompleted(_callback ??= Resume);
        return false;
    }

    private void FinishCleaning()
    {
        // Scopes report what their objects throw and never throw themselves.
        _cleanup.GetResult();
        _cleanup = default;
    }

    private void End()
    {
        ReleaseScope();
        loop.WorkerEnded();
    }
}

/// <summary>What a worker got from the source.</summary>
internal enum Taken
{
    Item,
    Nothing,
    Later,
}
