using System.ComponentModel;
using FlowGen.CompilerServices;

namespace FlowGen;

/// <summary>
/// A run that somebody holds: what it is doing, and what can be done about it, from any thread at any time. Generated <c>Start</c> methods return a class of their own, which
/// adds the states of nodes, signals and streams by name.
/// </summary>
/// <remarks>A run goes on without anybody holding it. Disposing of the handle ends it.</remarks>
public abstract partial class FlowRun : IAsyncDisposable
{
    // Guards what the outside and the run exchange. Never held while foreign code runs.
    private SpinLock _gate = new(enableThreadOwnerTracking: false);
    private FlowFrame? _frame;
    private CancellationTokenSource? _outside;
    private CancellationTokenRegistration _outsideLink;
    private Guid _runId;
    private RunStatus _status;

    /// <summary>Called by generated code only.</summary>
    private protected FlowRun()
    {
    }

    /// <summary>Identity of the run, a version 7 GUID; the same in every sub-workflow that it calls.</summary>
    public Guid RunId
    {
        get
        {
            TimeProvider clock;
            using (Hold())
            {
                if (_runId != default)
                {
                    return _runId;
                }

                clock = _frame?.Runtime.TimeProvider ?? TimeProvider.System;
            }

            var made = Guid.CreateVersion7(clock.GetUtcNow());
            using Held held = Hold();
            return _runId = _runId == default ? made : _runId;
        }
    }

    /// <summary>What the workflow is that was started.</summary>
    public abstract FlowDescriptor Workflow { get; }

    /// <summary>Emitted: the graph that <see cref="NodeStates"/> is about.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected internal abstract FlowGraph Graph { get; }

    /// <summary>Where the run stands.</summary>
    public RunStatus Status
    {
        get
        {
            using Held held = Hold();
            return _status == RunStatus.Running && _isPaused && !_frame!.RunToken.IsCancellationRequested ? RunStatus.Paused : _status;
        }
    }

    /// <summary>Completes when the run has ended and everything that it used has been given back; fails or is cancelled as the run is.</summary>
    public Task Completion => Ended;

    /// <summary>What the run holds at the moment.</summary>
    public FlowRunMemory Memory
    {
        get
        {
            int nodes = Graph.Nodes.Count;
            using Held held = Hold();
            return FlowRunMemory.Of(_frame, _parts, nodes);
        }
    }

    private protected abstract Task Ended { get; }

    private bool IsAlive => _frame is not null;

    /// <summary>
    /// Cancels the run: its nodes' token is cancelled, they are awaited, what has completed is compensated. Nodes that take no token are not interrupted.
    /// </summary>
    /// <returns>False when the run has ended already.</returns>
    public bool Cancel()
    {
        CancellationTokenSource? source;
        using (Hold())
        {
            source = _frame is null ? _outside : _frame.TakeSource();
        }

        Cancellation.Request(source);
        ReleaseParked();
        return source is not null;
    }

    /// <summary>Cancels the run if it has not ended, and waits until it has.</summary>
    public async ValueTask DisposeAsync()
    {
        Cancel();
        await Ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        GC.SuppressFinalize(this);
    }

    /// <summary>The id and the status.</summary>
    public override string ToString() => $"{Workflow.Id} {RunId}: {Status}";

    /// <summary>A run that is plain code: its token can be cancelled here.</summary>
    internal CancellationToken OpenOutside(CancellationToken caller)
    {
        // Not a linked source: whoever cancels the run may do so when it is over, and a source that is never disposed of must not stay registered with the caller's.
        var source = new CancellationTokenSource();
        _outsideLink = caller.UnsafeRegister(static state => Cancellation.Request((CancellationTokenSource)state!), source);
        using Held held = Hold();
        _outside = source;
        return source.Token;
    }

    /// <summary>The run begins, or waits for a place.</summary>
    internal void Attach(FlowFrame frame, RunStatus status)
    {
        using (Hold())
        {
            _frame = frame;
            _outside = null;
            _status = status;
        }

        ForgetOutside();
    }

    /// <summary>A run that is plain code has ended with this exception: is it cancelled?</summary>
    private protected bool IsCancelledOutside(Exception error)
    {
        using Held held = Hold();
        return error is OperationCanceledException && _outside is { IsCancellationRequested: true };
    }

    private void ForgetOutside()
    {
        _outsideLink.Unregister();
        _outsideLink = default;
    }

    private protected void SetStatus(RunStatus status)
    {
        using Held held = Hold();
        _status = status;
    }

    /// <summary>The frame is about to serve other runs: the outside reaches it no longer.</summary>
    internal void Detach(RunStatus status)
    {
        bool hasParked;
        bool hasStreams;
        using (Hold())
        {
            _frame = null;
            _outside = null;
            _status = status;
            _isPaused = false;
            hasParked = _parked is not null || _unparks is not null;
            hasStreams = _streams is not null;
        }

        // Who comes later sees that the run is over.
        ForgetOutside();
        if (hasParked)
        {
            ReleaseParked();
        }

        if (hasStreams)
        {
            EndStreams();
        }
    }

    private Held Hold()
    {
        bool isTaken = false;
        _gate.Enter(ref isTaken);
        return new Held(this);
    }

    /// <summary>Gives the gate back.</summary>
    private readonly ref struct Held(FlowRun run)
    {
        public void Dispose() => run._gate.Exit(useMemoryBarrier: true);
    }
}
