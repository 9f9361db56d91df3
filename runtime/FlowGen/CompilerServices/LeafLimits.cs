namespace FlowGen.CompilerServices;

/// <summary>
/// Counts the leaf nodes that execute in a parallel run against the limits that hold for them: the run's own, and those of the
/// sub-workflows around a node. The runner starts nodes; those that wait for another try come back from other threads.
/// </summary>
internal struct LeafLimits
{
    private StepLimit[] _limits;
    private int[] _executing;
    private int[] _held;
    private Rest[] _rests;
    private List<Waiting> _waiting;
    private long _tickets;
    private int _runLimit;

    /// <summary>How a step stands to the leaf that it executes while it does not.</summary>
    private enum Rest : byte
    {
        None,

        /// <summary>It began to rest before the runner counted it as suspended.</summary>
        Uncounted,

        Counted,

        /// <summary>It executes again, and the runner has not counted it yet.</summary>
        Over,

        /// <summary>It executes several, of which each may rest.</summary>
        InParts,
    }

    /// <summary>Whether there is anything to count.</summary>
    internal readonly bool Any => _limits is { Length: > 0 };

    /// <summary>Prepares for a run.</summary>
    /// <param name="table">The steps and the limits of the sub-workflows.</param>
    /// <param name="runLimit">The limit of the whole run; 0 for none.</param>
    internal void Begin(StepTable table, int runLimit)
    {
        if (_limits is null || _runLimit != runLimit)
        {
            _runLimit = runLimit;
            _limits = runLimit == 0 ? table.Limits : [.. table.Limits, new StepLimit(-1, table.Count, runLimit)];
            _executing = new int[_limits.Length];
            _held = _limits.Length == 0 ? [] : new int[table.Count];
            _rests = new Rest[_held.Length];
            _waiting ??= [];
        }

        Array.Clear(_executing);
        Array.Clear(_held);
        Array.Clear(_rests);
    }

    /// <summary>How many more leaves may execute where the step stands.</summary>
    internal readonly int FreeAt(int step)
    {
        lock (_executing)
        {
            return CountFree(step);
        }
    }

    /// <summary>How many leaves the step may execute, those that it does included.</summary>
    internal readonly int FreeFor(int step)
    {
        if (!Any)
        {
            return int.MaxValue;
        }

        lock (_executing)
        {
            int free = CountFree(step);
            return free == int.MaxValue ? free : free + _held[step];
        }
    }

    /// <summary>The step executes a leaf from now on, if it does not already.</summary>
    internal readonly void HoldOne(int step)
    {
        if (!Any)
        {
            return;
        }

        lock (_executing)
        {
            switch (_rests[step])
            {
                case Rest.Uncounted:
                    _rests[step] = Rest.Counted;
                    break;
                case Rest.Over:
                    _rests[step] = Rest.None;
                    break;
                case Rest.None when _held[step] == 0:
                    _held[step] = 1;
                    Count(step, 1);
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>The step executes up to so many leaves, those that it does already included, until it is released.</summary>
    internal readonly void Hold(int step, int leaves)
    {
        if (!Any)
        {
            return;
        }

        lock (_executing)
        {
            Count(step, leaves - _held[step]);
            _held[step] = leaves;
        }
    }

    /// <summary>The step has completed.</summary>
    internal readonly void Release(int step)
    {
        if (!Any)
        {
            return;
        }

        lock (_executing)
        {
            Count(step, -_held[step]);
            _held[step] = 0;
            _rests[step] = Rest.None;
            PutToWork();
        }
    }

    /// <summary>The step waits, and executes no leaf meanwhile.</summary>
    /// <returns>Whether it held one, so that another may start.</returns>
    internal readonly bool TryReleaseOne(int step)
    {
        if (!Any)
        {
            return false;
        }

        lock (_executing)
        {
            if (_held[step] == 0)
            {
                _rests[step] = Rest.Uncounted;
                return false;
            }

            _rests[step] = Rest.Counted;
            Count(step, -_held[step]);
            _held[step] = 0;
            PutToWork();
            return true;
        }
    }

    /// <summary>One of the leaves of a step that executes several waits, and does not execute meanwhile.</summary>
    internal readonly void ReleasePart(int step)
    {
        lock (_executing)
        {
            _rests[step] = Rest.InParts;
            _held[step]--;
            Count(step, -1);
            PutToWork();
        }
    }

    /// <summary>The step executes a leaf again.</summary>
    /// <param name="step">The step.</param>
    /// <param name="isPart">It is one of several.</param>
    /// <param name="node">Put to work when one is free; null not to wait for that.</param>
    /// <param name="ticket">With which to stop waiting.</param>
    /// <returns>False when none is free.</returns>
    internal bool TryTake(int step, bool isPart, IThreadPoolWorkItem? node, out long ticket)
    {
        ticket = 0;
        if (!Any)
        {
            return true;
        }

        lock (_executing)
        {
            if (_rests[step] == Rest.None)
            {
                return true;
            }

            if (CountFree(step) > 0)
            {
                Take(step, isPart);
                return true;
            }

            if (node is not null)
            {
                ticket = ++_tickets;
                _waiting.Add(new Waiting(step, isPart, node, ticket));
            }

            return false;
        }
    }

    /// <summary>It waits no longer.</summary>
    /// <param name="node">Who waits.</param>
    /// <param name="ticket">For which time; 0 for any.</param>
    /// <returns>False when it has been put to work already.</returns>
    internal readonly bool TryStopWaiting(IThreadPoolWorkItem node, long ticket)
    {
        lock (_executing)
        {
            return _waiting.RemoveAll(one => ReferenceEquals(one.Node, node) && (ticket == 0 || one.Ticket == ticket)) > 0;
        }
    }

    private readonly void PutToWork()
    {
        for (int i = 0; i < _waiting.Count;)
        {
            Waiting next = _waiting[i];
            if (CountFree(next.Step) <= 0)
            {
                i++;
                continue;
            }

            _waiting.RemoveAt(i);
            Take(next.Step, next.IsPart);
            PoolWork.Queue(next.Node);
        }
    }

    private readonly void Take(int step, bool isPart)
    {
        if (!isPart)
        {
            _rests[step] = _rests[step] == Rest.Uncounted ? Rest.Over : Rest.None;
        }

        _held[step]++;
        Count(step, 1);
    }

    private readonly int CountFree(int step)
    {
        int free = int.MaxValue;
        for (int i = 0; i < _limits.Length; i++)
        {
            if (_limits[i].Covers(step))
            {
                free = Math.Min(free, _limits[i].Leaves - _executing[i]);
            }
        }

        return free;
    }

    private readonly void Count(int step, int leaves)
    {
        for (int i = 0; i < _limits.Length; i++)
        {
            if (_limits[i].Covers(step))
            {
                _executing[i] += leaves;
            }
        }
    }

    /// <param name="Step">Whose leaf it is.</param>
    /// <param name="IsPart">One of several.</param>
    /// <param name="Node">Put to work when there is room.</param>
    /// <param name="Ticket">Sets it apart from other times.</param>
    private readonly record struct Waiting(int Step, bool IsPart, IThreadPoolWorkItem Node, long Ticket);
}
