using System.Numerics;

namespace FlowGen.CompilerServices;

/// <summary>
/// Decides which step of a parallel run is next, once something has been suspended. One thread at a time runs the steps of a run (the runner);
/// threads that complete a suspended step post it, and the first to post to an idle run becomes its runner. Everything but
/// <see cref="Post"/> belongs to the runner, so that counters and flags need no synchronisation.
/// </summary>
internal struct StepScheduler
{
    /// <summary>Nothing can go on before a suspended step completes: the runner leaves.</summary>
    internal const int Idle = -1;

    /// <summary>Every step has settled.</summary>
    internal const int Finished = -2;

    private const int NobodyRuns = 0;
    private const int RunnerActive = -1;

    private StepTable _table;
    private ushort[] _waits;
    private ushort[] _orderWaits;
    private StepStatus[] _status;
    private ulong[] _ready;
    private int[] _posted;
    private int[]? _held;
    private int _head;
    private int _drained;
    private int _unsettled;
    private int _leaves;
    private int _limit;

    private enum StepStatus : byte
    {
        Pending,
        Ready,
        Executing,
        Settled,
        Dropped,
    }

    internal readonly bool IsSettled(int step) => _status[step] >= StepStatus.Settled;

    /// <summary>Leaves of the limit that are free; at least 1.</summary>
    internal readonly int FreeLeaves => _limit == 0 ? int.MaxValue : Math.Max(1, _limit - _leaves);

    /// <summary>Called by the first pass when the step <paramref name="position"/> suspends: all before it have settled, none after it has started.</summary>
    internal void Begin(FlowFrame frame, StepTable table, int position)
    {
        int count = table.Count;
        if (_status is null)
        {
            _table = table;
            _waits = new ushort[count];
            _orderWaits = new ushort[count];
            _status = new StepStatus[count];
            _ready = new ulong[(count + 63) / 64];
            _posted = new int[count];
        }

        _limit = frame.Limit;
        if (_limit > 0)
        {
            _held ??= new int[count];
        }

        _leaves = 0;
        _drained = 0;
        _head = RunnerActive;
        _unsettled = count - position;
        table.Waits.AsSpan().CopyTo(_waits);
        table.OrderWaits.AsSpan().CopyTo(_orderWaits);
        _ready.AsSpan().Clear();
        _status.AsSpan(0, position).Fill(StepStatus.Settled);
        _status.AsSpan(position).Fill(StepStatus.Pending);
        for (int i = 0; i < table.Offsets[position]; i++)
        {
            int successor = table.Successors[i];
            _waits[successor]--;
            if ((table.Kinds[i] & 2) != 0)
            {
                _orderWaits[successor]--;
            }
        }

        _status[position] = StepStatus.Executing;
        for (int step = position + 1; step < count; step++)
        {
            if (_waits[step] == 0 || IsImpossible(frame, step))
            {
                MakeReady(step);
            }
        }
    }

    /// <summary>The step has been handed to somebody else: an awaited operation or the thread pool.</summary>
    internal void Suspended(int step)
    {
        _status[step] = StepStatus.Executing;
        if (_table.TraitsOf(step).HasFlag(StepTraits.Leaf))
        {
            _leaves++;
        }
    }

    /// <summary>Takes <paramref name="leaves"/> more of the limit until the step completes, for one that runs several nodes at once.</summary>
    internal void Hold(int step, int leaves)
    {
        if (_held is not null)
        {
            _held[step] = leaves;
            _leaves += leaves;
        }
    }

    /// <summary>From any thread: the suspended step has completed.</summary>
    /// <returns>True when the caller must become the runner.</returns>
    internal bool Post(int step)
    {
        int head = Volatile.Read(ref _head);
        while (true)
        {
            _posted[step] = head;
            int seen = Interlocked.CompareExchange(ref _head, step + 1, head);
            if (seen == head)
            {
                break;
            }

            head = seen;
        }

        // The new runner finds its own step, and whatever was posted after it, in the list.
        return head == NobodyRuns;
    }

    /// <summary>What to do next: <c>2 * step</c> starts a step, <c>2 * step + 1</c> takes up after its suspension, or <see cref="Idle"/> or <see cref="Finished"/>.</summary>
    internal int Next()
    {
        while (true)
        {
            if (_drained > 0)
            {
                int step = _drained - 1;
                _drained = _posted[step];
                ReleaseLeaves(step);
                return (2 * step) + 1;
            }

            int ready = TakeReady();
            if (ready >= 0)
            {
                return 2 * ready;
            }

            if (_unsettled == 0)
            {
                return Finished;
            }

            if (Volatile.Read(ref _head) == RunnerActive && Interlocked.CompareExchange(ref _head, NobodyRuns, RunnerActive) == RunnerActive)
            {
                return Idle;
            }

            _drained = InOrder(Interlocked.Exchange(ref _head, RunnerActive));
        }
    }

    /// <summary>The step completed, was skipped or has failed and that is handled.</summary>
    internal void Settle(FlowFrame frame, int step)
    {
        _status[step] = StepStatus.Settled;
        _unsettled--;
        Release(frame, step);
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

    /// <summary>The steps from <paramref name="first"/> to <paramref name="last"/> fail: what has not started never will, except for exits of what was entered.</summary>
    internal void Abandon(FlowFrame frame, int first, int last)
    {
        for (int step = first; step <= last; step++)
        {
            if (_status[step] > StepStatus.Ready || IsOpenExit(step))
            {
                continue;
            }

            _ready[step >> 6] &= ~(1UL << step);
            _status[step] = StepStatus.Dropped;
            _unsettled--;
            Release(frame, step);
        }
    }

    private void ReleaseLeaves(int step)
    {
        if (_table.TraitsOf(step).HasFlag(StepTraits.Leaf))
        {
            _leaves--;
        }

        if (_held is not null)
        {
            _leaves -= _held[step];
            _held[step] = 0;
        }
    }

    /// <summary>Whether the step must run even though the run fails: the exit of the run itself, or of a sub-workflow that was entered.</summary>
    private readonly bool IsOpenExit(int step)
    {
        if (!_table.TraitsOf(step).HasFlag(StepTraits.Exit))
        {
            return false;
        }

        int enter = _table.EnterOf(step);
        return enter < 0 || _status[enter] == StepStatus.Settled;
    }

    private void Release(FlowFrame frame, int step)
    {
        int end = _table.Offsets[step + 1];
        for (int i = _table.Offsets[step]; i < end; i++)
        {
            int successor = _table.Successors[i];
            byte kind = _table.Kinds[i];
            int waits = --_waits[successor];
            if ((kind & 2) != 0)
            {
                _orderWaits[successor]--;
            }

            if (_status[successor] == StepStatus.Pending && (waits == 0 || (kind != 0 && IsImpossible(frame, successor))))
            {
                MakeReady(successor);
            }
        }
    }

    private readonly bool IsImpossible(FlowFrame frame, int step) =>
        _table.TraitsOf(step).HasFlag(StepTraits.Early) && _orderWaits[step] == 0 && frame.IsImpossible(step);

    private void MakeReady(int step)
    {
        _status[step] = StepStatus.Ready;
        _ready[step >> 6] |= 1UL << step;
    }

    private int TakeReady()
    {
        bool full = _limit > 0 && _leaves >= _limit;
        for (int word = 0; word < _ready.Length; word++)
        {
            ulong bits = _ready[word];
            while (bits != 0)
            {
                int step = (word << 6) + BitOperations.TrailingZeroCount(bits);
                if (!full || !_table.TraitsOf(step).HasFlag(StepTraits.Leaf))
                {
                    _ready[word] &= ~(1UL << step);
                    _status[step] = StepStatus.Executing;
                    return step;
                }

                bits &= bits - 1;
            }
        }

        return -1;
    }

    /// <summary>Posted steps come last in, first out; they are taken up in the order in which they completed.</summary>
    private readonly int InOrder(int head)
    {
        int ordered = 0;
        while (head > 0)
        {
            int next = _posted[head - 1];
            _posted[head - 1] = ordered;
            ordered = head;
            head = next;
        }

        return ordered;
    }
}
