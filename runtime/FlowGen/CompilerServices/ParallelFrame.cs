using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace FlowGen.CompilerServices;

/// <summary>
/// A run in which nodes may overlap. The first pass goes through the steps in order as long as each completes at once; with the first
/// suspension a <see cref="StepScheduler"/> takes over and the emitted code asks it what comes next after each step.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract partial class ParallelFrame<TResult> : FlowFrame<TResult>, IThreadPoolWorkItem
{
    private StepScheduler _scheduler;
    private ExecutionContext? _context;

    // The runner is a thread of the pool that has just completed a step there.
    private bool _keepsStep;

    /// <summary>Whether the scheduler has taken over.</summary>
    protected bool Scheduled { get; private set; }

    /// <summary>Emitted: runs steps, beginning with what <paramref name="code"/> says, until the run has finished (true) or nothing can go on (false).</summary>
    protected abstract bool Advance(int code);

    /// <summary>Emitted: starts the body of a [RunOn.ThreadPool] node on the current thread.</summary>
    /// <returns>True when it has completed.</returns>
    protected virtual bool StartOnPool(int step) => true;

    /// <summary>Emitted: takes the result of a suspended step that has completed. Runs on the thread that completed it.</summary>
    protected virtual void Take(int step)
    {
    }

    /// <summary>Whether a step that others wait for has settled.</summary>
    protected bool IsSettled(int step) => _scheduler.IsSettled(step);

    /// <summary>The step is done, or will not run; what comes next?</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected int Settle(int step)
    {
        _scheduler.Settle(this, step);
        return _scheduler.Next(this);
    }

    /// <summary>The sub-workflow that would be entered by <paramref name="enter"/> will not run; what comes next?</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected int SettleScope(int enter)
    {
        _scheduler.SettleScope(this, enter, Steps.ExitOfScope(enter));
        return _scheduler.Next(this);
    }

    /// <summary>Lets other steps go on until <paramref name="pending"/> completes.</summary>
    /// <returns>What comes next.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected int Suspend<T>(int step, ValueTask<T> pending, ref ConfiguredValueTaskAwaitable<T>.ConfiguredValueTaskAwaiter slot)
    {
        Suspended(step);
        // A copy: the thread that completes the step may empty the slot while the hook is being set.
        var awaiter = pending.ConfigureAwait(false).GetAwaiter();
        slot = awaiter;
        awaiter.UnsafeOnCompleted(_scheduler.SlotOf(this, step).Callback);
        return _scheduler.Next(this);
    }

    /// <inheritdoc cref="Suspend{T}"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected int Suspend(int step, ValueTask pending, ref ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter slot)
    {
        Suspended(step);
        // A copy: the thread that completes the step may empty the slot while the hook is being set.
        var awaiter = pending.ConfigureAwait(false).GetAwaiter();
        slot = awaiter;
        awaiter.UnsafeOnCompleted(_scheduler.SlotOf(this, step).Callback);
        return _scheduler.Next(this);
    }

    /// <summary>Hands the body of a step to the thread pool.</summary>
    /// <returns>What comes next.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected int MoveToThreadPool(int step)
    {
        Suspended(step);
        StepSlot slot = _scheduler.SlotOf(this, step);
        if (!_keepsStep)
        {
            PoolWork.Queue(slot);
            return _scheduler.Next(this);
        }

        // The thread is one of the pool and would only go back to look for work: if nothing else is to be done here, it takes the step itself.
        bool isKept = false;
        _keepsStep = false;
        try
        {
            int next = _scheduler.Next(this);
            isKept = next == StepScheduler.Idle;
            return next;
        }
        finally
        {
            // With nothing left to do the frame may be another thread's by now.
            if (isKept)
            {
                slot.Keep();
            }
            else
            {
                _keepsStep = true;
                PoolWork.Queue(slot);
            }
        }
    }

    /// <summary>For <see cref="StartOnPool"/>: whether the operation has completed; if not, its completion is posted.</summary>
    protected bool AwaitOnPool<T>(int step, ValueTask<T> pending, ref ConfiguredValueTaskAwaitable<T>.ConfiguredValueTaskAwaiter slot)
    {
        ConfiguredValueTaskAwaitable<T>.ConfiguredValueTaskAwaiter awaiter = pending.ConfigureAwait(false).GetAwaiter();
        slot = awaiter;
        if (awaiter.IsCompleted)
        {
            return true;
        }

        awaiter.UnsafeOnCompleted(_scheduler.SlotOf(this, step).Callback);
        return false;
    }

    /// <inheritdoc cref="AwaitOnPool{T}"/>
    protected bool AwaitOnPool(int step, ValueTask pending, ref ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter slot)
    {
        ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter awaiter = pending.ConfigureAwait(false).GetAwaiter();
        slot = awaiter;
        if (awaiter.IsCompleted)
        {
            return true;
        }

        awaiter.UnsafeOnCompleted(_scheduler.SlotOf(this, step).Callback);
        return false;
    }

    /// <summary>Throws what a suspended step ended with, where that was not a result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected void ThrowIfFailed(int step)
    {
        if (_scheduler.SlotOf(this, step) is { Error: not null } slot)
        {
            Throw(slot);
        }
    }

    /// <summary>As <see cref="FlowFrame.Degree"/>; the elements take what other nodes in flight leave of the limit, and hold it until the loop ends.</summary>
    protected int Degree(int step, int node, int wanted)
    {
        int degree = Degree(node, wanted);
        if (!IsLimited)
        {
            return degree;
        }

        if (!Scheduled)
        {
            Schedule(step);
        }

        int free = _scheduler.FreeLeavesAt(step);
        if (free == int.MaxValue)
        {
            return degree;
        }

        degree = degree == 0 ? free : Math.Min(degree, free);
        _scheduler.Hold(step, degree);
        return degree;
    }

    /// <summary>Forgets the run's failure regions and scheduling. Emitted frames call it when they go back to their pool.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected void ForgetSchedule()
    {
        Scheduled = false;
        _context = null;
        foreach (FlowRegion? region in _regions)
        {
            region?.Close();
        }
    }

    internal override bool FirstPass()
    {
        try
        {
            return Advance(0);
        }
        catch (Exception error)
        {
            return Recover(error);
        }
    }

    internal sealed override void Post(StepSlot slot) => Post(slot, keepsStep: false);

    internal sealed override StepSlot? ExecuteOnPool(StepSlot slot, bool mayKeep)
    {
        ExecutionContext? outer = AmbientContext.Enter(_context);
        bool hasCompleted;
        try
        {
            // What it belongs to may have failed or been cancelled while it waited for a thread.
            hasCompleted = !IsCancellationRequested(Steps.Regions[slot.Step]) ? StartOnPool(slot.Step) : throw new OperationCanceledException(Token);
        }
        catch (Exception error)
        {
            slot.Error = error;
            hasCompleted = true;
        }

        StepSlot? kept = null;
        if (hasCompleted)
        {
            Post(slot, mayKeep && !PoolWork.IsDriven);
            kept = StepSlot.TakeKept();
        }

        AmbientContext.Restore(outer);
        return kept;
    }

    private void Post(StepSlot slot, bool keepsStep)
    {
        // A body that threw on the thread pool has left nothing to take.
        if (slot.Error is null)
        {
            TryTake(slot);
        }

        // Nor is one left as a note that goes on itself, withdraws others or ends the run.
        bool isUrgent = slot.Error is not null || (Steps.TraitsOf(slot.Step) & StepTraits.Acts) != StepTraits.None;
        if (_scheduler.Post(slot.Step, isUrgent))
        {
            ExecutionContext? outer = AmbientContext.Enter(_context);
            Continue(keepsStep);
            AmbientContext.Restore(outer);
        }
    }

    private void TryTake(StepSlot slot)
    {
        try
        {
            Take(slot.Step);
        }
        catch (Exception error)
        {
            slot.Error = error;
        }
    }

    private static void Throw(StepSlot slot)
    {
        Exception error = slot.Error!;
        slot.Error = null;
        ExceptionDispatchInfo.Throw(error);
    }

    private void Continue(bool keepsStep = false)
    {
        _keepsStep = keepsStep;
        bool finished;
        try
        {
            finished = Advance(_scheduler.Next(this));
        }
        catch (Exception error)
        {
            finished = Recover(error);
        }

        if (finished)
        {
            // Whoever waits for the run goes on here, and may have the frame start another.
            _keepsStep = false;
            Complete();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Recover(Exception error)
    {
        while (true)
        {
            Fail(Step, error);
            try
            {
                return Advance(_scheduler.Next(this));
            }
            catch (Exception next)
            {
                error = next;
            }
        }
    }

    private void Fail(int step, Exception error)
    {
        if (!Scheduled)
        {
            Schedule(step);
        }

        int region = Steps.Regions[step];
        bool cancelled = error is OperationCanceledException && IsCancellationRequested(region);
        bool isWithdrawn = IsWithdrawn(region);
        bool handled = isWithdrawn || (!cancelled && Steps.IsHandled(step) && Handles(step, error));
        StepFailed(step, error, cancelled);
        if (handled && !isWithdrawn)
        {
            Absorb(step, error);
        }

        // Settled first: what is abandoned next must not count this step again.
        if ((Steps.TraitsOf(step) & StepTraits.Enter) != StepTraits.None)
        {
            _scheduler.SettleScope(this, step, Steps.ExitOfScope(step));
        }
        else
        {
            _scheduler.Settle(this, step);
        }

        if (!handled)
        {
            _scheduler.MarkAbandoned(step);
            FailRegion(RegionAround(region), step, error, cancelled);
        }
    }

    private void Suspended(int step)
    {
        if (!Scheduled)
        {
            Schedule(step);
        }

        WatchTime();
        _scheduler.Suspended(step);
    }

    private void Schedule(int step)
    {
        Scheduled = true;
        _context = ExecutionContext.Capture();
        _scheduler.Begin(this, Steps, step);
    }
}
