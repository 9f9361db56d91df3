using System.Runtime.InteropServices;

namespace FlowGen.CompilerServices;

/// <summary>
/// Decides which step of a parallel run is next, once something has been suspended. One thread at a time runs the steps of a run (the runner);
/// threads that complete a suspended step post it, and the first to post to an idle run becomes its runner. Everything but
/// <see cref="Post"/> belongs to the runner, so that counters and flags need no synchronisation.
/// </summary>
internal partial struct StepScheduler
{
    /// <summary>Nothing can go on before a suspended step completes: the runner leaves.</summary>
    internal const int Idle = -1;

    /// <summary>Every step has settled.</summary>
    internal const int Finished = -2;

    // The state word: who runs (top bit), how often the runner has left (15 bits, so that a decision made about one idle time is not carried
    // out in the next), how many completions are posted (16 bits), and the last of them (32 bits, as step + 1).
    private const long RunnerActive = long.MinValue;
    private const long PassMask = 0x7FFFL << 48;
    private const long OnePass = 1L << 48;
    private const long OnePosted = 1L << 32;

    // Scanning for the next moment that matters pays while it is cheaper than waking up for nothing.
    private const int ScanLimit = 32;

    // Up to so many words of ready bits are looked through one by one.
    private const int FewWords = 4;

    private StepTable _table;
    private ushort[] _waits;
    private ushort[] _orderWaits;
    private ushort[] _anyWaits;
    private ushort[] _inFlight;
    private StepStatus[] _status;
    private ulong[] _ready;
    private ulong[] _readyWords;
    private int[] _posted;
    private LeafLimits _limits;
    private StepSlot?[] _slots;
    private long _state;
    private long _pass;
    private int _wakeAt;
    private ScheduleStart? _start;
    private bool _isFirstIdle;
    private bool _needsEveryWake;
    private int _drained;
    private int _unsettled;

    // Kicks that will come. The run must not end before: a frame that has gone back to its pool is kicked by nobody.
    private int _kicks;

    internal readonly bool IsSettled(int step) => _status[step] >= StepStatus.Settled;

    internal readonly bool IsExecuting(int step) => _status[step] == StepStatus.Executing;

    /// <summary>The step has not started, and may still do so.</summary>
    internal readonly bool IsWaiting(int step) => _status[step] <= StepStatus.Ready;

    /// <summary>What a suspended step leaves behind; made once per frame and step.</summary>
    internal readonly StepSlot SlotOf(FlowFrame frame, int step) => _slots[step] ??= new StepSlot(frame, step);

    /// <summary>How many leaves a step that is about to start may execute at once; at least 1.</summary>
    internal readonly int FreeLeavesAt(int step) => Math.Max(1, _limits.FreeFor(step));

    /// <summary>Called by the first pass when the step <paramref name="position"/> suspends: all before it have settled, none after it has started.</summary>
    internal void Begin(FlowFrame frame, StepTable table, int position)
    {
        int count = table.Count;
        if (_status is null)
        {
            _table = table;
            _waits = new ushort[count];
            _orderWaits = new ushort[count];
            _anyWaits = table.HasAny ? new ushort[count] : [];
            _inFlight = new ushort[count];
            _status = new StepStatus[count];
            _ready = new ulong[(count + 63) / 64];
            _readyWords = _ready.Length <= FewWords ? [] : new ulong[(_ready.Length + 63) / 64];
            _posted = new int[count];
            _slots = new StepSlot?[count];
        }

        _limits.Begin(table, frame.Limit);

        // Limits, observers and skipping react to each completion, not only to the one that lets something start.
        _needsEveryWake = _limits.Any || table.HasEarly || frame.IsWatched;
        _drained = 0;
        _kicks = 0;
        _state = RunnerActive;
        _isFirstIdle = true;
        _unsettled = count - position;
        _start = table.Starts[position];
        if (_start is null)
        {
            Prepare(frame, position);
            if (!table.HasEarly && count <= ScanLimit)
            {
                _start = table.Starts[position] = new ScheduleStart(_unsettled, _waits, _orderWaits, _ready, _status);
            }
        }
        else
        {
            _start.CopyTo(_waits, _orderWaits, _ready, _status);
        }
    }

    /// <summary>The step has been handed to somebody else: an awaited operation or the thread pool.</summary>
    internal void Suspended(int step)
    {
        _status[step] = StepStatus.Executing;
        HoldLeaf(step);
    }

    /// <summary>The step runs several leaves at once, until it completes.</summary>
    internal readonly void Hold(int step, int leaves)
    {
        HoldLeaf(step);
        _limits.Hold(step, leaves);
    }

    /// <summary>From any thread: the step executes no leaf for a while.</summary>
    internal readonly bool TryReleaseLeaf(int step) => _limits.TryReleaseOne(step);

    /// <summary>From any thread: one of several leaves that the step executes rests for a while.</summary>
    internal readonly void ReleasePart(int step) => _limits.ReleasePart(step);

    /// <summary>From any thread: the step executes a leaf again, or one of several.</summary>
    /// <returns>False when none is free: <paramref name="waiting"/> is put to work on the thread pool when one is.</returns>
    internal bool TryRetakeLeaf(int step, bool isPart, IThreadPoolWorkItem? waiting, out long ticket) => _limits.TryTake(step, isPart, waiting, out ticket);

    /// <summary>From any thread: it will not.</summary>
    /// <returns>False when it has been put to work already.</returns>
    internal readonly bool TryStopWaiting(IThreadPoolWorkItem waiting, long ticket) => _limits.TryStopWaiting(waiting, ticket);

    /// <summary>From any thread: the suspended step has completed.</summary>
    /// <param name="step">Which.</param>
    /// <param name="isUrgent">It has failed, or does more than let others start: somebody must look at it.</param>
    /// <returns>True when the caller must become the runner. A completion with which nothing can start yet only leaves a note.</returns>
    internal bool Post(int step, bool isUrgent)
    {
        long state = Volatile.Read(ref _state);
        while (true)
        {
            long count = ((state >> 32) & ushort.MaxValue) + 1;
            bool isIdle = (state & RunnerActive) == 0;
            bool wakes = isIdle && (isUrgent || count >= Volatile.Read(ref _wakeAt));
            _posted[step] = (int)(state & uint.MaxValue);
            long next = (isIdle && !wakes ? state & PassMask : RunnerActive) | (count * OnePosted) | (uint)(step + 1);
            long seen = Interlocked.CompareExchange(ref _state, next, state);
            if (seen == state)
            {
                return wakes;
            }

            state = seen;
        }
    }

    /// <summary>From any thread, while a step executes: somebody is about to call <see cref="Kick"/>.</summary>
    internal void ExpectKick() => Interlocked.Increment(ref _kicks);

    /// <summary>From any thread: something has changed that is no completion. Was announced by <see cref="ExpectKick"/>.</summary>
    /// <returns>True when the caller must become the runner.</returns>
    internal bool Kick()
    {
        long state = Volatile.Read(ref _state);
        while (true)
        {
            // Counted like a completion, so that a runner who is about to leave looks again.
            long next = RunnerActive | ((state & ~PassMask) + OnePosted);
            long seen = Interlocked.CompareExchange(ref _state, next, state);
            if (seen == state)
            {
                return (state & RunnerActive) == 0;
            }

            state = seen;
        }
    }

    /// <summary>A step that was about to start has to wait.</summary>
    internal readonly void PutBack(int step)
    {
        _limits.Release(step);
        MakeReady(step);
    }

    /// <summary>What to do next: <c>2 * step</c> starts a step, <c>2 * step + 1</c> takes up after its suspension, or <see cref="Idle"/> or <see cref="Finished"/>.</summary>
    internal int Next(FlowFrame frame)
    {
        while (true)
        {
            if (_drained > 0)
            {
                int step = _drained - 1;
                _drained = _posted[step];
                if (_needsEveryWake)
                {
                    _limits.Release(step);
                }
                else if ((_table.TraitsOf(step) & (StepTraits.Leaf | StepTraits.Acts)) == StepTraits.Leaf && _slots[step]!.Error is null)
                {
                    // Its value is in place and nobody watches: there is nothing to run for it.
                    Settle(frame, step);
                    continue;
                }

                return (2 * step) + 1;
            }

            bool isHeld = _needsEveryWake && _unsettled > 0 && frame.IsOnHold && TryPark(frame);
            int ready = isHeld ? -1 : TakeReady(frame);
            if (ready >= 0)
            {
                if (_status[ready] == StepStatus.Doomed)
                {
                    Settle(frame, ready);
                    MarkAbandoned(ready);
                    continue;
                }

                // From here on, not only once it is suspended: one that comes back to another try on another thread must not take its place.
                _status[ready] = StepStatus.Executing;
                HoldLeaf(ready);
                return 2 * ready;
            }

            if (_unsettled == 0 && !IsKickComing(frame))
            {
                return Finished;
            }

            if (Volatile.Read(ref _state) == RunnerActive)
            {
                _wakeAt = CompletionsUntilSomethingStarts();
                _pass = (_pass + OnePass) & PassMask;
                if (Interlocked.CompareExchange(ref _state, _pass, RunnerActive) == RunnerActive)
                {
                    return Idle;
                }
            }

            long taken = Interlocked.Exchange(ref _state, RunnerActive);
            _drained = InOrder((int)(taken & uint.MaxValue), out int completions);
            int kicks = (int)((taken >> 32) & ushort.MaxValue) - completions;
            if (kicks > 0)
            {
                Interlocked.Add(ref _kicks, -kicks);
            }
        }
    }

    /// <summary>The step completed, was skipped or has failed and that is handled.</summary>
    internal void Settle(FlowFrame frame, int step)
    {
        _status[step] = StepStatus.Settled;
        _unsettled--;
        _limits.Release(step);
        Release(frame, step);
    }

    /// <summary>A step that has settled did so because something has failed or was cancelled.</summary>
    internal readonly void MarkAbandoned(int step) => _status[step] = StepStatus.Abandoned;

    /// <summary>Whether some step from <paramref name="first"/> to <paramref name="last"/> has not completed because something has failed or was cancelled.</summary>
    internal readonly bool HasAbandoned(int first, int last) => MemoryMarshal.AsBytes(_status.AsSpan(first, last - first + 1)).Contains((byte)StepStatus.Abandoned);

    /// <summary>A step that has not started never will.</summary>
    internal void Drop(FlowFrame frame, int step)
    {
        Unmark(step);
        Settle(frame, step);
    }

    /// <summary>A sub-workflow will not run: none of its steps will.</summary>
    internal void SettleScope(FlowFrame frame, int enter, int exit)
    {
        for (int step = enter; step <= exit; step++)
        {
            _status[step] = StepStatus.Dropped;
        }

        _unsettled -= exit - enter + 1;
        Release(frame, exit);
    }

    /// <summary>
    /// The steps from <paramref name="first"/> to <paramref name="last"/> fail: what has not started never will, except for exits of what was
    /// entered. Each still settles in its turn, so that an exit runs after everything inside it, other exits included.
    /// </summary>
    internal void Abandon(int first, int last)
    {
        for (int step = first; step <= last; step++)
        {
            if (_status[step] <= StepStatus.Ready && !IsOpenExit(step))
            {
                _status[step] = StepStatus.Doomed;
            }
        }
    }

    /// <summary>A join of many is reached only when all have completed: until then nobody need run. 1 where more than counting is at stake.</summary>
    private int CompletionsUntilSomethingStarts()
    {
        bool isFirst = _isFirstIdle;
        _isFirstIdle = false;
        if (_needsEveryWake || (!isFirst && _status.Length > ScanLimit))
        {
            return 1;
        }

        if (!isFirst || _start is null || _unsettled != _start.Unsettled)
        {
            return Scan();
        }

        // Nothing has settled yet, so the same steps are in flight in every run that was first suspended here.
        if (_start.FirstWake == 0)
        {
            _start.FirstWake = Scan();
        }

        return _start.FirstWake;
    }

    private readonly int Scan()
    {
        // A step can start next if all that it still waits for is in flight; it does with the last of those completions.
        Array.Clear(_inFlight);
        int least = int.MaxValue;
        for (int step = 0; step < _status.Length; step++)
        {
            if (_status[step] != StepStatus.Executing)
            {
                continue;
            }

            foreach (ushort successor in _table.SuccessorsOf(step))
            {
                if (++_inFlight[successor] == _waits[successor])
                {
                    least = Math.Min(least, _waits[successor]);
                }
            }
        }

        return least == int.MaxValue ? 1 : least;
    }

    private readonly void HoldLeaf(int step)
    {
        if (_needsEveryWake && (_table.TraitsOf(step) & StepTraits.Leaf) != StepTraits.None)
        {
            _limits.HoldOne(step);
        }
    }

    /// <summary>Whether the step must run even though the run fails: the exit of the run itself, or of a sub-workflow that was entered.</summary>
    private readonly bool IsOpenExit(int step)
    {
        if ((_table.TraitsOf(step) & StepTraits.Exit) == StepTraits.None)
        {
            return false;
        }

        int enter = _table.EnterOf(step);
        return enter < 0 || _status[enter] == StepStatus.Settled;
    }

    /// <summary>Whoever holds the run has paused it.</summary>
    /// <returns>False when the run must go on all the same.</returns>
    private bool TryPark(FlowFrame frame)
    {
        // Announced first: once it is parked, the kick may come at any moment.
        ExpectKick();
        FlowRun.Parking parking = frame.Park();
        if (parking != FlowRun.Parking.Parked)
        {
            Interlocked.Decrement(ref _kicks);
        }

        return parking != FlowRun.Parking.Refused;
    }

    /// <summary>Whether somebody is about to kick this run, and must find it.</summary>
    private bool IsKickComing(FlowFrame frame)
    {
        if (Volatile.Read(ref _kicks) > 0 && frame.TryUnpark())
        {
            Interlocked.Decrement(ref _kicks);
        }

        return Volatile.Read(ref _kicks) > 0;
    }

    /// <summary>Posted steps come last in, first out; they are taken up in the order in which they completed.</summary>
    private readonly int InOrder(int head, out int count)
    {
        count = 0;
        int ordered = 0;
        while (head > 0)
        {
            int next = _posted[head - 1];
            _posted[head - 1] = ordered;
            ordered = head;
            head = next;
            count++;
        }

        return ordered;
    }
}
