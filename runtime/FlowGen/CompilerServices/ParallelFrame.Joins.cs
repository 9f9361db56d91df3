using System.Runtime.CompilerServices;

namespace FlowGen.CompilerServices;

/// <content>Steps that take one of several, steps that are withdrawn, and a run that is paused or ends early.</content>
public abstract partial class ParallelFrame<TResult>
{
    /// <inheritdoc/>
    void IThreadPoolWorkItem.Execute()
    {
        if (_scheduler.Kick())
        {
            ExecutionContext? outer = AmbientContext.Enter(_context);
            Continue();
            AmbientContext.Restore(outer);
        }
    }

    /// <summary>Whether the step that a region belongs to was withdrawn.</summary>
    protected bool IsWithdrawn(int region) => _regions[region] is { IsWithdrawn: true };

    /// <summary>Withdraws steps that have not settled: because of the completion of <paramref name="by"/>, or because it need not wait for them.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected void Withdraw(int by, ReadOnlySpan<ushort> steps)
    {
        foreach (ushort step in steps)
        {
            // In the first pass everything before has settled, and nothing after has started.
            if (!Scheduled && step < by)
            {
                continue;
            }

            if (!Scheduled)
            {
                Schedule(by);
            }

            if (_scheduler.IsWaiting(step))
            {
                if (IsWatched)
                {
                    Withdrawn(Steps.NodeOf(step));
                }

                _scheduler.Drop(this, step);
            }
            else if (_scheduler.IsExecuting(step))
            {
                (_regions[Steps.Regions[step]] ??= new FlowRegion()).Withdraw();
            }
        }
    }

    /// <summary>The same for a loop that keeps what has finished: if it runs, it completes with that.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected void StopLoop(int by, ushort step, EachHandle loop)
    {
        if (Scheduled ? _scheduler.IsWaiting(step) : step > by)
        {
            Withdraw(by, [step]);
        }
        else
        {
            loop.Stop();
        }
    }

    /// <summary>The workflow ends with the result that is there.</summary>
    protected void EndEarly(int step)
    {
        if (!Scheduled)
        {
            Schedule(step);
        }

        EndEarly();
        FailRegion(0, step, new OperationCanceledException(), cancelled: true);
    }

    /// <summary>Where a step stands, for a rule that decides about another.</summary>
    protected NodeState StateOf(int step, bool hasCompleted, Exception? error)
    {
        if (hasCompleted)
        {
            return NodeState.Completed;
        }

        if (Scheduled && !_scheduler.IsSettled(step))
        {
            return _scheduler.IsExecuting(step) ? NodeState.Executing : NodeState.Pending;
        }

        return error is not null ? NodeState.Failed
            : IsWithdrawn(Steps.Regions[step]) ? NodeState.Cancelled
            : NodeState.Skipped;
    }

    /// <summary>A node that has failed is where the handler is that may stand in for it, unless that is skipped.</summary>
    protected static NodeState HandledBy(NodeState node, NodeState handler) => node == NodeState.Failed && handler != NodeState.Skipped ? handler : node;

    /// <summary>A node is about to start, and whoever holds the run may have paused it.</summary>
    protected bool IsHeld(int step) => IsOnHold;

    /// <summary>It waits until it may start. What comes next?</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected int Hold(int step)
    {
        if (!Scheduled)
        {
            Schedule(step);
        }

        _scheduler.PutBack(step);
        return _scheduler.Next(this);
    }

    internal sealed override FlowRun.Parking Park() => Handle!.Park(this, Token);

    internal sealed override bool TryUnpark() => Handle?.TryUnpark(this) == true;

    /// <summary>The region that fails when a step in <paramref name="region"/> does: a step that may be withdrawn has one to itself.</summary>
    private int RegionAround(int region) =>
        region != 0 && (Steps.TraitsOf(Steps.Bounds[2 * region]) & StepTraits.Enter) == StepTraits.None ? Steps.Bounds[(2 * region) + 1] : region;
}
