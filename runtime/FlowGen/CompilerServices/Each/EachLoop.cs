using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace FlowGen.CompilerServices;

/// <summary>
/// Runs a node once per element of a collection with a bounded number of elements in flight. Workers take the next element themselves, so that
/// nothing waits in line behind a slow element; results keep the order of the source. Pooled by the emitted subclass.
/// </summary>
/// <typeparam name="TItem">Type of the elements.</typeparam>
/// <typeparam name="TResult">What the node returns per element; <see cref="FlowUnit"/> for nothing.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract partial class EachLoop<TItem, TResult> : EachLoop<TItem>
{
    private readonly Lock _lock = new();
    private readonly List<EachWorker<TItem, TResult>> _workers = [];
    private readonly FlowRegion _region = new();
    private readonly EachRules _rules;
    private CancellationToken _outer;
    private ExecutionContext? _context;
    private int _degree;
    private int _started;
    private int _starters;
    private int _active;
    private bool _onPool;

    /// <summary>Makes a loop.</summary>
    /// <param name="rules">How it goes; null where there is nothing special about it.</param>
    protected EachLoop(EachRules? rules = null) => _rules = rules ?? EachRules.Plain;

    /// <summary>The frame whose node this is.</summary>
    protected internal FlowFrame Frame { get; private set; } = null!;

    /// <summary>The node in the frame's own graph.</summary>
    protected internal int Node { get; private set; }

    internal EachRules Rules => _rules;

    /// <summary>The token of the elements: cancelled with the run, and by the first element that fails.</summary>
    internal CancellationToken Token { get; private set; }

    internal ExecutionContext? Context => _context;

    internal bool OnPool => _onPool;

    internal bool IsFailing => _region.IsFailing;

    /// <summary>No element may begin any more: one has failed, or the loop itself is cancelled, which its own token may be the last to hear.</summary>
    internal bool IsStopping => IsFailing || Token.IsCancellationRequested || _outer.IsCancellationRequested;

    /// <summary>Emitted: runs the node for one element.</summary>
    /// <param name="item">The element.</param>
    /// <param name="index">Its position in the source.</param>
    /// <param name="scope">The node instances and state of the worker, where the node has any.</param>
    /// <param name="attempt">Which try it is, from 1.</param>
    /// <param name="cancellationToken">The elements' token.</param>
    protected internal abstract ValueTask<TResult> ExecuteAsync(TItem item, int index, FlowScope? scope, int attempt, CancellationToken cancellationToken);

    /// <summary>Emitted where each element in flight owns node instances or state.</summary>
    protected internal virtual FlowScope? RentScope() => null;

    /// <summary>Emitted: clears its own fields and gives the loop back to its pool. It is marked as returned already.</summary>
    protected abstract void Recycle();

    /// <summary>Emitted where the elements own objects: remembers where they stand, for reports of their cleanup.</summary>
    protected void Attribute(FlowScope scope, int firstNode)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (Frame.IsWatched)
        {
            scope.Attribute(Frame, firstNode);
        }
    }

    /// <summary>Prepares the loop. Called once after renting, before one of the Over methods.</summary>
    /// <param name="frame">The frame whose node this is.</param>
    /// <param name="node">The node in the frame's own graph.</param>
    /// <param name="degree">Elements in flight; 0 for no limit.</param>
    /// <param name="onPool">Whether elements run on the thread pool.</param>
    /// <param name="cancellationToken">The node's token.</param>
    protected void Prepare(FlowFrame frame, int node, int degree, bool onPool, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(frame);
        Frame = frame;
        Node = node;
        _degree = degree == 0 ? int.MaxValue : degree;
        _onPool = onPool;
        _outer = cancellationToken;
        Token = _region.TokenWithin(cancellationToken);
        _started = 0;
        _holders = 1;
        Volatile.Write(ref _active, 1);
    }

    /// <summary>The loop, for somebody who may stop it.</summary>
    protected EachHandle Handle => new(this);

    /// <summary>An element failed, or its source did.</summary>
    internal void Fail(Exception error)
    {
        bool first;
        lock (_lock)
        {
            bool cancelled = error is OperationCanceledException && (_outer.IsCancellationRequested || _region.IsFailing);
            first = _region.Record(error, cancelled);
        }

        if (first)
        {
            _region.Cancel();

            // A loop that fails does not stay paused.
            Frame.Handle?.ReleaseParked();
        }
    }

    /// <summary>A worker found no more elements and has given everything back. The loop must not be touched afterwards.</summary>
    internal void WorkerEnded()
    {
        if (Interlocked.Decrement(ref _active) == 0)
        {
            End();
        }
    }

    /// <summary>Keeps the loop alive while a thread that resumed a worker looks for more to start.</summary>
    internal void Hold() => Interlocked.Increment(ref _active);

    /// <summary>The same for somebody outside, who may come too late.</summary>
    private protected sealed override bool TryHold()
    {
        int active = Volatile.Read(ref _active);
        while (active > 0)
        {
            int seen = Interlocked.CompareExchange(ref _active, active + 1, active);
            if (seen == active)
            {
                return true;
            }

            active = seen;
        }

        return false;
    }

    private protected sealed override void LetGo() => WorkerEnded();

    /// <summary>On the thread pool each worker brings in the next one, as long as there are elements.</summary>
    internal void StartAnother()
    {
        EachWorker<TItem, TResult>? worker;
        lock (_lock)
        {
            worker = NextWorker();
        }

        if (worker is not null)
        {
            PoolWork.Queue(worker);
        }
    }

    /// <summary>Starts workers on this thread until the degree is reached or there is nothing to take.</summary>
    internal void StartMore()
    {
        lock (_lock)
        {
            _starters++;
        }

        while (true)
        {
            EachWorker<TItem, TResult>? worker;
            lock (_lock)
            {
                worker = NextWorker();
                if (worker is null)
                {
                    _starters--;
                    return;
                }
            }

            worker.Run();
        }
    }

    /// <returns>Whether everything has ended, and the result can be taken at once.</returns>
    private bool RunWorkers()
    {
        _context = ExecutionContext.Capture();
        if (_onPool)
        {
            StartAnother();
        }
        else
        {
            StartMore();
        }

        if (Interlocked.Decrement(ref _active) != 0 || !EndNow())
        {
            return false;
        }

        if (!_isEarly)
        {
            return true;
        }

        // Whoever awaits the loop finds the result where it was published.
        Leave();
        return false;
    }

    /// <summary>A worker that waits for its turn, or one more; null when there is nothing for it to do. Called under the lock.</summary>
    private EachWorker<TItem, TResult>? NextWorker()
    {
        if (!HasMore || IsFailing || _hasEnough)
        {
            return null;
        }

        if (_waiting.TryDequeue(out EachWorker<TItem, TResult>? waiting))
        {
            return waiting;
        }

        if (_idle.TryPop(out EachWorker<TItem, TResult>? idle))
        {
            Interlocked.Increment(ref _active);
            return idle;
        }

        if (_started >= _degree)
        {
            return null;
        }

        if (_started == _workers.Count)
        {
            _workers.Add(new EachWorker<TItem, TResult>(this));
        }

        Interlocked.Increment(ref _active);
        return _workers[_started++];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Reset()
    {
        ForgetSource();
        ForgetEnds();
        if (_rules.Policy is not null)
        {
            foreach (EachWorker<TItem, TResult> worker in _workers)
            {
                worker.Forget();
            }
        }

        _region.Close();
        _outer = default;
        Token = default;
        _context = null;
        Frame = null!;
        Recycle();
    }
}
