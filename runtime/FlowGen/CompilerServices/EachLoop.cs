using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace FlowGen.CompilerServices;

/// <summary>
/// Runs a node once per element of a collection with a bounded number of elements in flight. Workers take the next element themselves, so that
/// nothing waits in line behind a slow element; results keep the order of the source. Pooled by the emitted subclass.
/// </summary>
/// <typeparam name="TItem">Type of the elements.</typeparam>
/// <typeparam name="TResult">What the node returns per element; <see cref="FlowUnit"/> for nothing.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract partial class EachLoop<TItem, TResult> : FlowPooled, IValueTaskSource<TResult[]>, IValueTaskSource
{
    private readonly Lock _lock = new();
    private readonly List<EachWorker<TItem, TResult>> _workers = [];
    private readonly FlowRegion _region = new();
    private ManualResetValueTaskSourceCore<TResult[]> _core;
    private CancellationToken _outer;
    private ExecutionContext? _context;
    private int _degree;
    private int _started;
    private int _active;
    private bool _onPool;

    /// <summary>The frame whose node this is.</summary>
    protected FlowFrame Frame { get; private set; } = null!;

    /// <summary>The node in the frame's own graph.</summary>
    protected int Node { get; private set; }

    /// <summary>Emitted where the elements own objects: remembers where they stand, for reports of their cleanup.</summary>
    protected void Attribute(FlowScope scope, int firstNode)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (Frame.Observer is not null)
        {
            scope.Attribute(Frame, firstNode);
        }
    }

    /// <summary>The token of the elements: cancelled with the run, and by the first element that fails.</summary>
    internal CancellationToken Token { get; private set; }

    internal ExecutionContext? Context => _context;

    internal bool OnPool => _onPool;

    /// <summary>Emitted: runs the node for one element.</summary>
    /// <param name="item">The element.</param>
    /// <param name="index">Its position in the source.</param>
    /// <param name="scope">The node instances and state of the worker, where the node has any.</param>
    /// <param name="cancellationToken">The elements' token.</param>
    protected internal abstract ValueTask<TResult> ExecuteAsync(TItem item, int index, FlowScope? scope, CancellationToken cancellationToken);

    /// <summary>Emitted where each element in flight owns node instances or state.</summary>
    protected internal virtual FlowScope? RentScope() => null;

    /// <summary>Emitted: clears its own fields and gives the loop back to its pool. It is marked as returned already.</summary>
    protected abstract void Recycle();

    /// <inheritdoc/>
    ValueTaskSourceStatus IValueTaskSource<TResult[]>.GetStatus(short token) => _core.GetStatus(token);

    /// <inheritdoc/>
    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    /// <inheritdoc/>
    void IValueTaskSource<TResult[]>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    /// <inheritdoc/>
    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    /// <inheritdoc/>
    TResult[] IValueTaskSource<TResult[]>.GetResult(short token) => TakeResult(token);

    /// <inheritdoc/>
    void IValueTaskSource.GetResult(short token) => TakeResult(token);

    /// <summary>Prepares the loop. Called once after renting, before one of the Over methods.</summary>
    /// <param name="frame">The frame whose node this is.</param>
    /// <param name="node">The node in the frame's own graph.</param>
    /// <param name="degree">Elements in flight; 0 for no limit.</param>
    /// <param name="onPool">Whether elements run on the thread pool.</param>
    /// <param name="cancellationToken">The node's token.</param>
    /// <exception cref="FlowInputException">The degree is negative.</exception>
    protected void Prepare(FlowFrame frame, int node, int degree, bool onPool, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(frame);
        Frame = frame;
        Node = node;
        _degree = degree == 0 ? int.MaxValue : degree;
        _onPool = onPool;
        _outer = cancellationToken;
        Token = _region.TokenWithin(cancellationToken);
        _context = null;
        _started = 0;
        _active = 1;
    }

    /// <summary>Runs all elements; the first that fails cancels and awaits the others.</summary>
    protected ValueTask<TResult[]> RunAsync()
    {
        short version = _core.Version;
        return RunWorkers() ? new ValueTask<TResult[]>(FinishNow()) : new ValueTask<TResult[]>(this, version);
    }

    /// <summary>The same for a node that returns nothing.</summary>
    protected ValueTask RunWithoutResultAsync()
    {
        short version = _core.Version;
        if (!RunWorkers())
        {
            return new ValueTask(this, version);
        }

        FinishNow();
        return default;
    }

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
        }
    }

    internal bool IsFailing => _region.IsFailing;

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
            ThreadPool.UnsafeQueueUserWorkItem(worker, preferLocal: false);
        }
    }

    /// <summary>Starts workers on this thread until the degree is reached or there is nothing to take.</summary>
    internal void StartMore()
    {
        while (true)
        {
            EachWorker<TItem, TResult>? worker;
            lock (_lock)
            {
                worker = NextWorker();
            }

            if (worker is null)
            {
                return;
            }

            worker.Run();
        }
    }

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

        return Interlocked.Decrement(ref _active) == 0 && EndNow();
    }

    /// <summary>A worker that waits for its turn, or one more; null when there is nothing for it to do. Called under the lock.</summary>
    private EachWorker<TItem, TResult>? NextWorker()
    {
        if (!HasMore || IsFailing)
        {
            return null;
        }

        if (_waiting.TryDequeue(out EachWorker<TItem, TResult>? waiting))
        {
            return waiting;
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

    private TResult[] FinishNow()
    {
        Exception? error = _region.Error;
        TResult[] results = error is null ? TakeResults() : [];
        MarkReturned();
        Reset();
        if (error is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(error);
        }

        return results;
    }

    private void Complete()
    {
        if (_region.Error is { } error)
        {
            _core.SetException(error);
        }
        else
        {
            _core.SetResult(TakeResults());
        }
    }

    private TResult[] TakeResult(short token)
    {
        int generation = Generation;
        if (_core.GetStatus(token) == ValueTaskSourceStatus.Pending || (generation & 1) == 0 || !TryMarkReturned(generation))
        {
            throw new InvalidOperationException("The elements of an [Each] were awaited more than once.");
        }

        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            _core.Reset();
            Reset();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Reset()
    {
        ForgetSource();
        _region.Close();
        _outer = default;
        Token = default;
        _context = null;
        Frame = null!;
        Recycle();
    }
}
